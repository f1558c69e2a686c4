import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepo } from '../src/git/open.ts';
import type { Revision } from '../src/git/repo.ts';
import { documentText, expectSound, git } from './commit.ts';
import { atMost, type Bench, compared, measured, timesOf } from './row.ts';

const DOCUMENTS = 500;
const COMMITTER = { name: 'bench', email: 'bench@localhost' };

/**
 * Revisions by many authors, streamed into a new repository, work tree and index included: beside `git fast-import`
 * reading the same commits from a file, which writes none of the files.
 */
export const replay: Bench = async ({ quick }) => {
  const count = quick ? 500 : 10_000;
  const root = mkdtempSync(join(tmpdir(), 'ctx-bench-'));
  try {
    const [own, peer, stream] = [join(root, 'ours'), join(root, 'theirs'), join(root, 'stream')];
    const [times] = await timesOf(1, [
      async () => {
        const repo = await openRepo({ path: own, branch: 'main', engine: 'git', remote: null });
        const run = { message: 'Run', author: COMMITTER, date: new Date(1_800_000_000_000) };
        await repo.commit({ revisions: revisions(count), changes: [], ...run });
      },
    ]);
    expectSound(own);
    withFile(stream, 'w', (file) =>
      execFileSync('git', ['fast-export', '--use-done-feature', 'main'], {
        cwd: own,
        stdio: ['ignore', file, 'inherit'],
      }),
    );
    mkdirSync(peer);
    const [peerTimes] = await timesOf(1, [
      () => {
        git(peer, 'init', '--quiet', '--initial-branch=main');
        withFile(stream, 'r', (file) =>
          execFileSync('git', ['fast-import', '--quiet', '--done'], {
            cwd: peer,
            stdio: [file, 'ignore', 'inherit'],
          }),
        );
      },
    ]);
    git(peer, 'reset', '--quiet', '--hard', 'main');
    expectSound(peer);
    if (git(own, 'rev-parse', 'main') !== git(peer, 'rev-parse', 'main'))
      throw new Error('other commits were made');
    const row = measured(`replay of ${count} revisions`, 'ms', times);
    return [compared(row, 'git fast-import from a file', peerTimes, atMost(1.5))];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

async function* revisions(count: number): AsyncGenerator<Revision> {
  for (let n = 0; n < count; n += 1) {
    const number = (n * 97) % DOCUMENTS;
    yield {
      changes: [{ path: `source/${number % 10}/document-${number}.md`, content: documentText(number, n) }],
      message: `Document ${number}: version ${Math.floor(n / DOCUMENTS)}\n\nDocument: source/${number}`,
      author: { name: `Author ${n % 40}`, email: `author-${n % 40}@site.example` },
      date: new Date(1_700_000_000_000 + n * 60_000),
    };
  }
}

function withFile(path: string, flags: string, work: (file: number) => void): void {
  const file = openSync(path, flags);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}
