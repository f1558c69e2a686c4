import { seededRandom } from '../faults.ts';
import { emptyFernhollow } from './company.ts';
import { createRepository, oidOf } from './edits.ts';
import { createShelf, type Facts } from './shelf.ts';
import {
  type ChangedFile,
  type GithubWorkspace,
  type Issue,
  isoOf,
  type PullRequest,
  type Review,
  type ReviewThread,
  type Written,
} from './workspace.ts';

export interface GithubScale {
  readonly pullRequests: number;
  readonly seed: number;
}

const END = Date.parse('2026-03-02T07:30:00Z');
const SPAN_MS = 3 * 365 * 86_400_000;

/** Every fourth number is an issue. */
const isIssue = (number: number): boolean => number % 4 === 0;

const THINGS = [
  'order',
  'basket',
  'ledger',
  'alert',
  'index',
  'queue',
  'certificate',
  'reservation',
  'plant',
];
const DEEDS = ['checks', 'writes', 'moves', 'keeps', 'reads', 'drops', 'repeats', 'measures', 'loads'];
const LABELS = ['bug', 'enhancement', 'tests'];

/**
 * One repository of any size with the people of the demo: as many pull requests as asked for, and a third as many issues, over three
 * years. Each is made from its number when it is asked for, and forgotten afterwards; nothing is kept but what edits make of them.
 */
export function githubScale({ pullRequests, seed }: GithubScale): GithubWorkspace {
  const workspace = emptyFernhollow(isoOf(END - SPAN_MS));
  const writers = [...workspace.accounts.values()].filter(({ kind }) => kind === 'User');
  const logins = writers.map(({ login }) => login);
  const count = pullRequests === 0 ? 0 : pullRequests + Math.floor((pullRequests - 1) / 3);
  const making = (number: number): Making => ({ number, total: count, seed, logins });
  createRepository(workspace, {
    ...{ name: 'fernhollow/monolith', description: 'Everything', language: 'TypeScript' },
    labels: LABELS.map((name) => ({ name, color: 'ededed', description: null })),
    files: { 'README.md': '# Monolith\n' },
    items: createShelf({
      count,
      make: (number) => makeItem(making(number)),
      factsOf: (number) => beginningOf(making(number)).facts,
    }),
  });
  workspace.now = END;
  workspace.revision = 0;
  return workspace;
}

interface Making {
  readonly number: number;
  /** How many items there are: what `number` says of time. */
  readonly total: number;
  readonly seed: number;
  readonly logins: readonly string[];
}

/** What is decided first, before the texts. */
function beginningOf({ number, total, seed }: Making) {
  const random = seededRandom(seed * 7_919 + number);
  const from = END - SPAN_MS + Math.floor((SPAN_MS * (number - 1)) / total);
  const until = Math.min(END, from + Math.floor(random() * 20 * 86_400_000) + 4 * 3_600_000);
  const kind = isIssue(number) ? 'issue' : 'pull';
  const state = until > END - 14 * 86_400_000 ? 'OPEN' : kind === 'pull' ? 'MERGED' : 'CLOSED';
  const facts: Facts = { number, kind, state, createdAt: isoOf(from), updatedAt: isoOf(until) };
  return { random, from, until, facts };
}

function makeItem(making: Making): Issue | PullRequest {
  const { number, seed, logins } = making;
  const { random, from, until, facts } = beginningOf(making);
  const isOpen = facts.state === 'OPEN';
  const author = pick(logins, random);
  const voice: Voice = { random, logins, from, until, id: number * 1_000 };
  const closedAt = isOpen ? null : facts.updatedAt;
  const comments = writtenBy(voice, Math.floor(random() * 4), 0);
  const common = {
    ...{ number, title: title(random), author, closedAt, comments, milestone: null, events: [] },
    body: () => paragraphs(seed * 31 + number, 3),
    ...{ createdAt: facts.createdAt, updatedAt: facts.updatedAt, editedAt: null, editor: null },
    ...{ assignees: random() < 0.5 ? [author] : [], labels: random() < 0.4 ? [pick(LABELS, random)] : [] },
    ...{ locked: false, lockReason: null },
    reactions: random() < 0.1 ? [{ content: 'HEART' as const, users: [pick(logins, random)] }] : [],
  };
  if (isIssue(number)) {
    const state = isOpen ? 'OPEN' : 'CLOSED';
    const stateReason = isOpen ? null : 'COMPLETED';
    return { ...common, kind: 'issue', state, stateReason, parent: null, subIssues: [] };
  }
  return { ...common, ...pullPart(making, voice, isOpen) };
}

type PullPart = Omit<PullRequest, keyof Omit<Issue, 'kind' | 'state'>>;

function pullPart({ number, seed, logins }: Making, voice: Voice, isOpen: boolean): PullPart {
  const { random, from, until } = voice;
  const merged = isOpen ? null : isoOf(until);
  const commits = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => ({
    ...{ oid: oidOf(`${seed} ${number} ${index}`), message: title(random) },
    author: { name: 'Somebody', email: 'somebody@fernhollow.example', login: pick(logins, random) },
    committedAt: isoOf(from + index * 600_000),
  }));
  const oid = commits.at(-1)?.oid ?? '';
  const reviews = writtenBy(voice, 1 + Math.floor(random() * 2), 100).map(
    (written): Review => ({ ...written, oid, state: random() < 0.7 ? 'APPROVED' : 'COMMENTED' }),
  );
  const threads = reviews.flatMap((review, index) => threadsOf(voice, review, 200 + index * 100));
  const files = 1 + Math.floor(random() * 12);
  return {
    ...{ kind: 'pull', state: isOpen ? 'OPEN' : 'MERGED', isDraft: false, mergedAt: merged },
    ...{
      mergedBy: isOpen ? null : pick(logins, random),
      mergeOid: isOpen ? null : oidOf(`${seed} merge ${number}`),
    },
    ...{ baseRef: 'main', headRef: `change-${number}`, commits, reviews, threads },
    files: { count: files, additions: files * 7, deletions: files * 2, at: (index) => fileAt(number, index) },
    ...{ reviewRequests: [], closes: isIssue(number - 1) ? [number - 1] : [] },
  };
}

function fileAt(number: number, index: number): ChangedFile {
  const thing = THINGS[(number + index) % THINGS.length];
  return { path: `src/${thing}/part-${index}.ts`, change: 'MODIFIED', additions: 7, deletions: 2 };
}

function threadsOf(voice: Voice, review: Review, offset: number): ReviewThread[] {
  const { random } = voice;
  return Array.from({ length: Math.floor(random() * 3) }, (_, index) => {
    const written = writtenBy(voice, 1 + Math.floor(random() * 2), offset + index * 10);
    const line = 10 + Math.floor(random() * 200);
    return {
      ...{ id: voice.id + offset + index * 10 + 9, path: `src/${pick(THINGS, random)}/part-0.ts` },
      ...{
        line,
        originalLine: line,
        startLine: null,
        originalStartLine: null,
        side: 'RIGHT',
        subject: 'LINE',
      },
      ...{ outdated: false, diffHunk: `@@ -${line},2 +${line},2 @@\n-before\n+after` },
      ...(random() < 0.6 ? { resolvedBy: review.author } : {}),
      comments: written.map((each) => ({ ...each, review: review.id, oid: review.oid })),
    };
  });
}

interface Voice {
  readonly random: () => number;
  readonly logins: readonly string[];
  /** In milliseconds. */
  readonly from: number;
  readonly until: number;
  /** Ids of what is written are this one's successors. */
  readonly id: number;
}

function writtenBy({ random, logins, from, until, id }: Voice, count: number, offset: number): Written[] {
  return Array.from({ length: count }, (_, index) => {
    const own = id + offset + index;
    const at = from + Math.floor(((until - from) * (index + 1)) / (count + 1));
    return { id: own, author: pick(logins, random), body: () => paragraphs(own, 1), createdAt: isoOf(at) };
  });
}

const title = (random: () => number): string =>
  `The ${pick(THINGS, random)} ${pick(DEEDS, random)} the ${pick(THINGS, random)}`;

function paragraphs(seed: number, count: number): string {
  const random = seededRandom(seed);
  const sentence = () => `${title(random)}, then ${title(random).toLowerCase()}.`;
  return Array.from({ length: count }, () => [sentence(), sentence(), sentence()].join(' ')).join('\n\n');
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}
