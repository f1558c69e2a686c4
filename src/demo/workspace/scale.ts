import { seededRandom } from '../faults.ts';
import { companyWorkspace } from './company.ts';
import type { AdfNode, Issue, Page, Workspace } from './model.ts';

export interface Scale {
  readonly pages: number;
  readonly tickets: number;
  readonly seed: number;
  /** How many of the demo's spaces there are. Default: all. */
  readonly spaces?: number;
}

const NOUNS = [
  'order',
  'basket',
  'ledger',
  'alert',
  'index',
  'queue',
  'certificate',
  'reservation',
  'maker',
  'plant',
];
const VERBS = [
  'checks',
  'writes',
  'moves',
  'keeps',
  'reads',
  'drops',
  'repeats',
  'measures',
  'rotates',
  'loads',
];
const PARAGRAPHS = 14;
const MINUTE = 60_000;

/**
 * A workspace of any size with the people and projects of the demo. Bodies of several KB are made when they
 * are asked for and forgotten afterwards, so that serving it takes little memory.
 */
export function scaleWorkspace({ pages, tickets, seed, spaces: kept }: Scale): Workspace {
  const workspace = companyWorkspace();
  workspace.content.clear();
  workspace.comments.clear();
  workspace.attachments.clear();
  workspace.issues.clear();
  for (const id of [...workspace.spaces.keys()].slice(kept ?? workspace.spaces.size))
    workspace.spaces.delete(id);
  const spaces = [...workspace.spaces.values()];
  const homes = new Map<string, string>();
  for (let index = 0; index < pages; index += 1) {
    const space = spaces[index % spaces.length];
    if (space === undefined) break;
    const page = makePage(workspace, index, seed, space.id, homes);
    workspace.content.set(page.id, page);
  }
  for (const [spaceId, homepageId] of homes) {
    const space = workspace.spaces.get(spaceId);
    if (space !== undefined) workspace.spaces.set(spaceId, { ...space, homepageId });
  }
  const projects = [...workspace.projects.values()];
  for (let index = 0; index < tickets; index += 1) {
    const project = projects[index % projects.length];
    if (project === undefined) break;
    const key = `${project.key}-${Math.floor(index / projects.length) + 1}`;
    const issue = makeIssue(workspace, index, seed, project.id, key);
    workspace.issues.set(issue.id, issue);
  }
  return workspace;
}

/** Every page but a space's first hangs below one of the 50 before it in its space, up to seven levels deep. */
function makePage(
  workspace: Workspace,
  index: number,
  seed: number,
  spaceId: string,
  homes: Map<string, string>,
): Page {
  const id = String(2_000_000 + index);
  const home = homes.get(spaceId);
  if (home === undefined) homes.set(spaceId, id);
  const random = seededRandom(seed * 7_919 + index);
  const perSpace = workspace.spaces.size;
  const ordinal = Math.floor(index / perSpace);
  const parentOrdinal = Math.floor(ordinal / 7);
  const parentId =
    home === undefined ? null : String(2_000_000 + parentOrdinal * perSpace + (index % perSpace));
  const createdAt = new Date(workspace.now - (index + 1) * 37 * MINUTE).toISOString();
  const authorId = pick([...workspace.people.keys()], random);
  const title = `${capital(pick(NOUNS, random))} ${pick(VERBS, random)} ${index + 1}`;
  const body = () => storageText(seed, index);
  return {
    kind: 'page',
    id,
    status: 'current',
    spaceId,
    parentId,
    position: index,
    authorId,
    createdAt,
    versions: [{ number: 1 + (index % 5), createdAt, authorId, message: '', title, body }],
    labels: index % 4 === 0 ? [{ id: `9${id}`, name: pick(NOUNS, random) }] : [],
    readers: { users: [], groups: [] },
  };
}

function makeIssue(workspace: Workspace, index: number, seed: number, projectId: string, key: string): Issue {
  const random = seededRandom(seed * 104_729 + index);
  const people = [...workspace.people.keys()];
  const created = new Date(workspace.now - (index + 2) * 53 * MINUTE).toISOString();
  const isDone = random() < 0.4;
  return {
    id: String(3_000_000 + index),
    key,
    formerKeys: [],
    projectId,
    summary: `${capital(pick(NOUNS, random))} ${pick(VERBS, random)} the ${pick(NOUNS, random)}`,
    description: () => adfText(seed, index),
    typeName: pick(['Task', 'Bug', 'Story'], random),
    statusName: isDone ? 'Done' : pick(['To Do', 'In Progress', 'In Review'], random),
    resolutionName: isDone ? 'Done' : null,
    priorityName: 'Medium',
    assigneeId: index % 3 === 0 ? workspace.accountId : pick(people, random),
    reporterId: pick(people, random),
    created,
    updated: created,
    resolved: isDone ? created : null,
    due: null,
    labels: [],
    components: [],
    fixVersions: [],
    parentId: null,
    sprintIds: [],
    storyPoints: null,
    severity: null,
    watchers: index % 5 === 0 ? [workspace.accountId] : [],
    links: [],
    comments: [],
    attachments: [],
    changes: [],
    levelId: null,
  };
}

function* sentences(seed: number, index: number): Generator<string, never> {
  const random = seededRandom(seed * 31 + index);
  for (;;) {
    const clauses = Array.from(
      { length: 4 },
      () => `the ${pick(NOUNS, random)} ${pick(VERBS, random)} the ${pick(NOUNS, random)}`,
    );
    yield `${capital(clauses.join(', then '))}.`;
  }
}

function storageText(seed: number, index: number): string {
  const source = sentences(seed, index);
  const paragraphs = Array.from({ length: PARAGRAPHS }, (_, number) => {
    const heading = number % 4 === 0 ? `<h2>Part ${number / 4 + 1}</h2>` : '';
    return `${heading}<p>${source.next().value} ${source.next().value}</p>`;
  });
  return paragraphs.join('\n');
}

function adfText(seed: number, index: number): AdfNode {
  const source = sentences(seed, index);
  const content = Array.from({ length: PARAGRAPHS }, () => ({
    type: 'paragraph',
    content: [{ type: 'text', text: `${source.next().value} ${source.next().value}` }],
  }));
  return { type: 'doc', version: 1, content };
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
