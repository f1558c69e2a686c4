import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { simpleGit } from 'simple-git';
import { openRepo } from '../src/git/open.ts';
import type { ContextRepo } from '../src/git/repo.ts';
import { atMost, type Bench, compared, measured, timesOf } from './row.ts';

const AUTHOR = { name: 'bench', email: 'bench@localhost' };
const CHANGED = 100;
/** How often they change. */
const CHANGES = 3;

/**
 * The first commit of many documents and the next one of 100 changed ones, work tree included: beside writing the files
 * and `add -A` and `commit` by simple-git, and beside the engine for machines without git, which makes the same commits.
 */
export const commit: Bench = async ({ quick }) => {
  const documents = quick ? 500 : 50_000;
  const rounds = quick ? 1 : 3;
  const [own, peer] = await sideBySide(rounds, documents, [ours('git'), theirs]);
  // Fewer documents: each commit of this engine reads the whole index.
  const few = Math.min(documents, 5000);
  const [fast, slow] = await sideBySide(rounds, few, [ours('git'), ours('isomorphic-git')]);
  if (own.tree !== peer.tree) throw new Error('simple-git made another tree');
  if (fast.head !== slow.head) throw new Error('the engines made other commits');
  const simple = 'simple-git add -A + commit';
  const row = (name: string, times: readonly number[]) => measured(`${name} of ${documents}`, 'ms', times);
  const engine = (name: string, times: readonly number[]) =>
    measured(`isomorphic-git: ${name} of ${few}`, 'ms', times);
  return [
    compared(row('first commit', own.first), simple, peer.first, atMost(1.2)),
    compared(row(`commit ${CHANGED}`, own.next), simple, peer.next, atMost(0.7)),
    compared(engine('first commit', slow.first), 'git', fast.first, atMost(6)),
    compared(engine(`commit ${CHANGED}`, slow.next), 'git', fast.next, atMost(6)),
  ];
};

/** Those of a first commit and of the next ones, in milliseconds. */
interface Times {
  readonly first: readonly number[];
  readonly next: readonly number[];
  readonly head: string;
  readonly tree: string;
}

/** Opens a repository in an absent folder, and answers what commits there. */
type Committer = (path: string) => Promise<(count: number, round: number) => Promise<unknown>>;

const ours =
  (engine: ContextRepo['engine']): Committer =>
  async (path) => {
    const repo = await openRepo({ path, branch: 'main', engine, remote: null });
    return (count, round) =>
      repo.commit({
        changes: changes(count, round),
        ...{ message: `Round ${round}`, author: AUTHOR, date: new Date(1_767_323_045_000 + round * 1000) },
      });
  };

const theirs: Committer = async (path) => {
  mkdirSync(path);
  execFileSync('git', ['init', '--quiet', path]);
  const git = simpleGit(path);
  await git.addConfig('user.name', AUTHOR.name);
  await git.addConfig('user.email', AUTHOR.email);
  return async (count, round) => {
    for (const { path: name, content } of changes(count, round)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    await git.add('-A');
    await git.commit(`Round ${round}`);
  };
};

/** The times of all commits, in `rounds` repositories of each committer. */
async function sideBySide<const C extends readonly Committer[]>(
  rounds: number,
  documents: number,
  committers: C,
): Promise<{ readonly [index in keyof C]: Times }> {
  const times = committers.map((): Times[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, committer] of committers.entries()) {
      const root = mkdtempSync(join(tmpdir(), 'ctx-bench-'));
      try {
        // What is still to be written for the one before is none of this one's time.
        execFileSync('sync');
        times[index]?.push(await commitTimes(join(root, 'repo'), documents, committer));
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    }
  }
  return times.map(([any, ...others]) => ({
    ...(any as Times),
    first: [any as Times, ...others].flatMap(({ first }) => first),
    next: [any as Times, ...others].flatMap(({ next }) => next),
  })) as { readonly [index in keyof C]: Times };
}

async function commitTimes(path: string, documents: number, committer: Committer): Promise<Times> {
  const commitAll = await committer(path);
  const [first] = await timesOf(1, [() => commitAll(documents, 0)]);
  let round = 0;
  const [next] = await timesOf(CHANGES, [() => commitAll(CHANGED, ++round)]);
  expectSound(path);
  return { first, next, head: git(path, 'rev-parse', 'HEAD'), tree: git(path, 'rev-parse', 'HEAD^{tree}') };
}

/** Throws unless the repository is whole and its work tree is its commit's. */
export function expectSound(path: string): void {
  git(path, 'fsck', '--strict', '--no-dangling');
  const status = git(path, 'status', '--porcelain');
  if (status !== '') throw new Error(`the work tree is not clean: ${status.slice(0, 200)}`);
}

export function git(path: string, ...args: string[]): string {
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  return execFileSync('git', args, {
    cwd: path,
    encoding: 'utf8',
    stdio: [...stdio],
    maxBuffer: 1 << 28,
  }).trim();
}

/** Documents of 4.5 KB, 1,000 to a folder; those that change are spread over all folders. */
function* changes(count: number, round: number): Generator<{ path: string; content: string }> {
  for (let index = 0; index < count; index += 1) {
    const number = round === 0 ? index : (index * 97) % 500;
    yield {
      path: `source/${Math.floor(number / 1000)}/document-${number}.md`,
      content: documentText(number, round),
    };
  }
}

export function documentText(number: number, round: number): string {
  return `Line of document ${number} in round ${round}.\n`.repeat(120);
}
