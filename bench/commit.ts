import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { simpleGit } from 'simple-git';
import { openRepo } from '../src/git/open.ts';
import { type Bench, compared, median } from './row.ts';

const AUTHOR = { name: 'bench', email: 'bench@localhost' };
const CHANGED = 100;

/** 100 changed documents of many: one run's commit, beside writing the files and `add` and `commit` by simple-git. */
export const commit: Bench = async ({ quick }) => {
  const documents = quick ? 500 : 10_000;
  const rounds = quick ? 1 : 5;
  const root = mkdtempSync(join(tmpdir(), 'ctx-bench-'));
  try {
    const value = await ours(join(root, 'ours'), documents, rounds);
    const peerValue = await theirs(join(root, 'theirs'), documents, rounds);
    const bar = { text: 'ratio <= 1', holds: (ratio: number) => ratio <= 1 };
    const name = `commit ${CHANGED} of ${documents}`;
    return [compared({ name, value, unit: 'ms' }, 'simple-git add + commit', peerValue, bar)];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

async function ours(path: string, documents: number, rounds: number): Promise<number> {
  const repo = await openRepo({ path, branch: 'main', remote: null });
  const commitAll = (count: number, round: number) =>
    repo.commit({
      changes: changes(count, round),
      message: `Round ${round}`,
      author: AUTHOR,
      date: new Date(),
    });
  await commitAll(documents, 0);
  let round = 0;
  return median(rounds, () => commitAll(CHANGED, ++round));
}

async function theirs(path: string, documents: number, rounds: number): Promise<number> {
  mkdirSync(path);
  execFileSync('git', ['init', '--quiet', path]);
  const git = simpleGit(path);
  await git.addConfig('user.name', AUTHOR.name);
  await git.addConfig('user.email', AUTHOR.email);
  const commitAll = async (count: number, round: number) => {
    for (const { path: name, content } of changes(count, round)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    await git.add('.');
    await git.commit(`Round ${round}`);
  };
  await commitAll(documents, 0);
  let round = 0;
  return median(rounds, () => commitAll(CHANGED, ++round));
}

/** Documents of 4.5 KB, 1,000 to a folder; those that change are spread over all folders. */
function* changes(count: number, round: number): Generator<{ path: string; content: string }> {
  for (let index = 0; index < count; index += 1) {
    const number = round === 0 ? index : (index * 97) % 500;
    const text = `Line of document ${number} in round ${round}.\n`.repeat(120);
    yield { path: `source/${number % 10}/document-${number}.md`, content: text };
  }
}
