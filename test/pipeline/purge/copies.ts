import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { git } from '../../harness/git.ts';
import { complaints, wordsInStore } from './harness.ts';
import { makeHistory, WORDS } from './history.ts';

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ctx-purge-'));
  await makeHistory(join(root, 'made'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy of the history that every test begins with. */
export function copy(): string {
  const path = mkdtempSync(join(root, 'copy-'));
  cpSync(join(root, 'made'), path, { recursive: true, preserveTimestamps: true });
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Everything that a purge could change, but for the lock's own files. */
export const stateOf = (path: string) =>
  [
    git(path, ['for-each-ref']),
    git(path, ['reflog', '--all']),
    git(path, ['cat-file', '--batch-all-objects', '--batch-check', '--unordered'])
      .toString()
      .split('\n')
      .sort(),
    git(path, ['status', '--porcelain']),
  ].join('\n');

/** Nothing of the document is left, and git finds no fault. */
export const gone = (path: string) => {
  expect(wordsInStore(path, WORDS)).toEqual([]);
  expect(complaints(path)).toBe('');
};
