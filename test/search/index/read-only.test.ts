import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFile, writtenRepository } from '../../harness/written-repository.ts';

const MAIN = new URL('../../../src/cli/main.ts', import.meta.url).pathname;
const NOBODY = 65_534;

const FILES = {
  'confluence/ENG/shipping.md': documentFile({ title: 'Shipping' }, 'Parcels leave at noon.\n'),
};

// Only root can be somebody else.
test.skipIf(process.getuid?.() !== 0)(
  'R12 another user searches a repository that it may only read: by its index, and once that is old, by one of its own',
  async () => {
    await using repository = writtenRepository();
    const { root, path } = repository;
    repository.commit(FILES);
    await repository.run(['index']);
    chmodSync(root, 0o755);
    const home = join(root, 'home');
    mkdirSync(home);
    chownSync(home, NOBODY, NOBODY);
    const search = (words: string) => {
      const run = spawnSync(process.execPath, [MAIN, 'search', words, '--json', '--repo', path], {
        ...{ uid: NOBODY, gid: NOBODY, cwd: home, encoding: 'utf8' },
        env: { PATH: process.env.PATH, HOME: home },
      });
      if (run.status !== 0) throw new Error(run.stderr);
      return (JSON.parse(run.stdout) as { results: { title: string }[] }).results.map(({ title }) => title);
    };
    const index = join(path, '.git', 'ctx', 'search.sqlite');
    const before = statSync(index).mtimeMs;
    expect(search('parcels')).toEqual(['Shipping']);
    expect(existsSync(join(home, '.cache', 'context-sync', 'search'))).toBe(false);
    repository.commit({ 'confluence/ENG/barn.md': documentFile({ title: 'Barn' }, 'Where parcels wait.\n') });
    expect(search('parcels').sort()).toEqual(['Barn', 'Shipping']);
    expect(existsSync(join(home, '.cache', 'context-sync', 'search'))).toBe(true);
    expect(statSync(index).mtimeMs).toBe(before);
    // Only its owner can make it anew.
    writeFileSync(index, 'nonsense');
    expect(search('parcels').sort()).toEqual(['Barn', 'Shipping']);
  },
);
