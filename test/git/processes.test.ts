import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openRepo } from '../../src/git/open.ts';
import { collect, commit, temporaryFolder } from './fixture.ts';

/** Puts a git into PATH that notes each command before it runs it; answers the commands since the last time. */
function noted(): () => string[] {
  const folder = temporaryFolder();
  const notes = join(folder, 'notes');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  // The command is the first word that is neither `-c` nor a setting.
  const script = `#!/bin/sh
for word; do case "$word" in -c|*.*=*) ;; *) echo "$word" >> "${notes}"; break;; esac; done
exec "${real}" "$@"
`;
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
  writeFileSync(notes, '');
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => {
    const commands = readFileSync(notes, 'utf8').split('\n').slice(0, -1);
    writeFileSync(notes, '');
    return commands;
  };
}

/** Each process costs more than most of what it is asked; a small run is made of little else. */
it('starts no more processes of git than it needs', async () => {
  const commands = noted();
  const path = join(temporaryFolder(), 'repo');
  await openRepo({ path, branch: 'main' });
  expect(commands()).toEqual(['version', 'init', 'rev-parse']);

  const repo = await openRepo({ path, branch: 'main' });
  expect(commands()).toEqual(['rev-parse']);

  expect([await repo.recover(), await repo.head(), await repo.readAt('a.md')]).toEqual(['clean', null, null]);
  expect([...(await collect(repo.tree())), ...(await collect(repo.read([])))]).toEqual([]);
  expect(commands()).toEqual([]);

  const made = await commit(repo, { 'a.md': 'a', 'b.md': 'b' });
  expect(commands()).toEqual([
    ...['fast-import', 'diff-index'],
    ...['update-index', 'update-index', 'update-ref'],
  ]);

  expect([await repo.recover(), await repo.head()]).toEqual(['clean', made?.id]);
  expect(await collect(repo.read(repo.tree()))).toHaveLength(2);
  expect(commands()).toEqual(['ls-tree', 'cat-file']);

  expect(await repo.localEdits(['a.md', 'b.md'])).toEqual([]);
  expect(commands()).toEqual(['status']);

  expect(await commit(repo, { 'a.md': 'a' })).toBeNull();
  expect(commands()).toEqual(['cat-file']);
});
