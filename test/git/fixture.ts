import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Change, Commit, ContextRepo } from '../../src/git/repo.ts';

export type EngineName = ContextRepo['engine'];

/** A folder of the test's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What real git says, run as a person would, but with an identity. */
export function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test'];
  return execFileSync('git', ['-c', 'core.quotePath=false', ...who, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    maxBuffer: 64 << 20,
  });
}

export const AUTHOR = { name: 'context-sync', email: 'ctx@example.test' };
export const DATE = new Date('2026-01-02T03:04:05Z');

/** Commits the given contents; null removes. */
export function commit(
  repo: ContextRepo,
  files: Record<string, string | null>,
  message = 'A run',
): Promise<Commit | null> {
  const changes: Change[] = Object.entries(files).map(([path, content]) => ({ path, content }));
  return repo.commit({ changes, message, author: AUTHOR, date: DATE });
}

export function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

export const contentOf = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
