import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRepo } from '../../../src/git/open.ts';
import { git } from '../../harness/git.ts';
import { commitsOf, complaints, purgeFrom, wordsInStore } from './harness.ts';
import { commitDocuments, makeHistory, SECRET, WORDS } from './history.ts';
import type { PurgeOrder } from './purge-child.ts';

const CHILD = join(import.meta.dirname, 'purge-child.ts');

let root: string;
let expected: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ctx-purge-kill-'));
  const made = join(root, 'made');
  const repo = await makeHistory(made);
  // At the end it is there, so that the work tree changes too.
  await commitDocuments(repo, [{ id: SECRET, title: 'Zanzibar plan', body: 'Quetzal is back.\n' }], 9);
  const whole = join(root, 'whole');
  cpSync(made, whole, { recursive: true, preserveTimestamps: true });
  await purgeFrom(whole, [SECRET]);
  expected = commitsOf(whole).at(-1) as string;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ['excluded', 1],
  ['written', 1],
  ['recorded', 1],
  ['intent', 1],
  ['file', 1],
  ['file', 3],
  ['work-tree', 1],
  ['index', 1],
  ['branch', 1],
  ['dropped', 1],
  ['cleared', 1],
  ['pushed', 1],
] as const)(
  'R2 R10 killed after step %s (%i), the next command ends it',
  { timeout: 60_000 },
  async (step, count) => {
    const path = join(root, `killed-${step}-${count}`);
    const remote = join(root, `remote-${step}-${count}.git`);
    cpSync(join(root, 'made'), path, { recursive: true, preserveTimestamps: true });
    git(root, ['clone', '-q', '--bare', path, remote]);
    const order: PurgeOrder = { path, names: [SECRET], step, count, remote };
    const { signal, stderr } = spawnSync(process.execPath, [CHILD], {
      input: JSON.stringify(order),
      encoding: 'utf8',
    });
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });

    // Any writing command begins so.
    const repo = await openRepo({ path, branch: 'main' });
    await repo.recover();
    expect(git(path, ['status', '--porcelain', '--untracked-files=all']).toString()).toBe('');

    const { problems, to } = await purgeFrom(path, [SECRET], { push: { remote, branch: 'main' } });
    expect(problems).toEqual([]);
    expect(to).toBe(expected);
    expect(wordsInStore(path, WORDS)).toEqual([]);
    expect(complaints(path)).toBe('');
    expect(git(remote, ['rev-parse', 'main']).toString().trim()).toBe(expected);
  },
);
