import { confluenceModel } from '../../../src/connectors/confluence/model.ts';
import { jiraModel } from '../../../src/connectors/jira/model.ts';
import type { Facts } from '../../../src/core/document.ts';
import { writeDocument } from '../../../src/frontmatter/write.ts';
import { openRepo } from '../../../src/git/open.ts';
import type { Change, ContextRepo } from '../../../src/git/repo.ts';
import { generatedFiles } from '../../../src/pipeline/generated/files.ts';
import { commitMessage } from '../../../src/pipeline/message.ts';
import { person } from './harness.ts';

/** The document that has to go, and what stands in it alone. */
export const SECRET = '66001';
export const KEY = 'OPS-66';
export const WORDS = ['Quetzal', 'Zanzibar', 'zanzibar'];

interface Draft extends Partial<Facts> {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

const MODELS = [confluenceModel('confluence'), jiraModel('jira')];

const page = ({ body, ...facts }: Draft): [string, string, Facts] => {
  const slug = facts.title.toLowerCase().replaceAll(' ', '-');
  const full: Facts = {
    source: 'confluence',
    type: 'page',
    url: `https://team.atlassian.net/wiki/spaces/ENG/pages/${facts.id}`,
    created: '2026-01-02T03:04:05Z',
    space: 'ENG',
    ...facts,
  };
  const path = full.source === 'jira' ? `jira/ALL/${full.key}-${slug}.md` : `confluence/ENG/${slug}.md`;
  return [path, writeDocument(full, body), full];
};

export const ticket = (draft: Draft): Draft => ({
  source: 'jira',
  type: 'ticket',
  key: KEY,
  views: ['ALL'],
  url: `https://team.atlassian.net/browse/${KEY}`,
  ...draft,
});

/** Commits these documents, as a build would have, with nothing else of its folders left. */
export async function commitDocuments(
  repo: ContextRepo,
  drafts: readonly Draft[],
  day: number,
): Promise<void> {
  const pages = drafts.map(page);
  const contents = new Map(pages.map(([path, text]) => [path, text]));
  const placed = pages.map(([path, , facts]) => ({ path, facts }));
  for (const [path, text] of generatedFiles(MODELS, placed)) contents.set(path, text);
  const before = new Set<string>();
  for await (const { path } of repo.tree()) before.add(path);
  const changes: Change[] = [...contents].map(([path, content]) => ({ path, content }));
  for (const path of before)
    if (/^(confluence|jira)\//.test(path) && !contents.has(path)) changes.push({ path, content: null });
  const changed = placed
    .filter(({ path }) => path.includes('zanzibar') || path.includes('quetzal'))
    .map(
      ({ path, facts }) => ({ kind: 'modified', source: facts.source, path, title: facts.title }) as const,
    );
  await repo.commit({
    changes,
    message: commitMessage(changed, ['confluence', 'jira']),
    author: { name: 'context-sync', email: 'context-sync@localhost' },
    date: new Date(Date.UTC(2026, 0, day)),
  });
}

const OTHER: Draft = { id: '100', title: 'Other', body: 'Text.\n' };
const LINKING: Draft = {
  id: '101',
  title: 'Linking',
  body: 'See [it](zanzibar-plan.md#why) and [other](other.md).\n',
};
const PLAN: Draft = { id: SECRET, title: 'Zanzibar plan', body: 'Quetzal lives here.\n' };

/**
 * A history without any site: two builds before the document, two with it, a person's branch merged, one in which it is
 * gone again, and one after.
 */
export async function makeHistory(path: string): Promise<ContextRepo> {
  const repo = await openRepo({ path, branch: 'main' });
  await commitDocuments(repo, [OTHER], 1);
  await commitDocuments(repo, [OTHER, { ...LINKING, body: 'Nothing yet.\n' }], 2);
  await commitDocuments(repo, [OTHER, LINKING, PLAN], 3);
  person(path, 'switch', '-qc', 'notes');
  person(path, 'commit', '-q', '--allow-empty', '-m', 'Think');
  person(path, 'switch', '-q', 'main');
  await commitDocuments(
    repo,
    [{ ...OTHER, body: 'More.\n' }, LINKING, { ...PLAN, body: 'Quetzal moved.\n' }],
    4,
  );
  person(path, 'merge', '-q', '--no-ff', '-m', 'Bring notes', 'notes');
  person(path, 'branch', '-qD', 'notes');
  const gone = {
    ...LINKING,
    body: 'See [it](https://team.atlassian.net/wiki/pages/viewpage.action?pageId=66001#why).\n',
  };
  await commitDocuments(repo, [OTHER, gone], 5);
  await commitDocuments(repo, [{ ...OTHER, body: 'Last.\n' }, gone], 6);
  return repo;
}
