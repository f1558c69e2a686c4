import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockRepo } from '../../src/git/lock.ts';
import { openRepo } from '../../src/git/open.ts';
import { collect, commit, contentOf, temporaryFolder } from './fixture.ts';

describe('lockRepo', () => {
  it('R12 keeps a second run out, in the same process too, until it is released', async () => {
    const gitDir = temporaryFolder();
    const first = await lockRepo(gitDir);
    await expect(lockRepo(gitDir)).rejects.toMatchObject({
      code: 'git.locked',
      kind: 'failed',
      params: { pid: process.pid },
    });
    first.release();
    first.release();
    expect(existsSync(join(gitDir, 'ctx/lock.json'))).toBe(false);
    {
      await using second = await lockRepo(gitDir);
      expect(second.release).toBeTypeOf('function');
    }
    (await lockRepo(gitDir)).release();
  });

  it('R12 names the process that holds it, and is free as soon as that is killed', async () => {
    const gitDir = temporaryFolder();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-child.ts'), gitDir]);
    onTestFinished(() => void child.kill('SIGKILL'));
    let talk = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      talk += text;
    });
    await once(child.stdout, 'data');
    const refused = await lockRepo(gitDir).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'git.locked', params: { pid: child.pid } });
    expect(String(refused)).toMatch(new RegExp(`process ${child.pid}, since 2\\d{3}-`));
    child.kill('SIGKILL');
    await once(child, 'close');
    (await lockRepo(gitDir)).release();
    expect(talk).toBe('');
  });

  it('R12 keeps no reader out', async () => {
    const path = temporaryFolder();
    const made = await commit(await openRepo({ path, branch: 'main' }), { 'a.md': 'a' });
    await using held = await lockRepo(join(path, '.git'));
    const reader = await openRepo({ path, branch: 'main' });
    expect(await reader.head()).toBe(made?.id);
    expect((await collect(reader.tree())).map((entry) => entry.path)).toEqual(['a.md']);
    expect(contentOf(path, '.git/ctx/lock.json')).toContain(String(process.pid));
    held.release();
  });
});
