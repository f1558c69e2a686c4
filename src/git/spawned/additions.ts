import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Addition } from '../repo.ts';
import { git, startGit } from './command.ts';

/** As `ContextRepo.additions`, by one `git log` that reads trees and no contents. */
export async function* additions(cwd: string, branchRef: string, folder: string): AsyncGenerator<Addition> {
  const cut = await cutCommits(cwd);
  const child = startGit(
    [
      ...['log', '--reverse', '--root', '--format=%H %aI', '--no-show-signature', '--no-color'],
      ...['--raw', '--no-abbrev', '--no-renames', '--diff-filter=A', branchRef, '--', `${folder}/`],
    ],
    { cwd },
  );
  child.stdin.end();
  let commit = { id: '', date: '' };
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [, id, date] = /^([0-9a-f]{40,64}) (\S+)$/.exec(line) ?? [];
      if (id !== undefined && date !== undefined) commit = { id, date };
      // git quotes no path that we would write; a quoted one is somebody else's.
      const [, oid, path] = /^:\d+ 100\d+ \w+ (\w+) A\t([^"].*)$/.exec(line) ?? [];
      if (oid !== undefined && path !== undefined)
        yield { path, oid, date: new Date(commit.date), isCut: cut.has(commit.id) };
    }
    await child.done;
  } finally {
    child.kill();
  }
}

/** The commits whose parents a shallow clone has not. */
async function cutCommits(cwd: string): Promise<Set<string>> {
  const file = (await git(['rev-parse', '--git-path', 'shallow'], { cwd })).trim();
  try {
    return new Set((await readFile(resolve(cwd, file), 'utf8')).split('\n'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}
