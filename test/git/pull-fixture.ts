import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type PullOptions, type PullResult, pull } from '../../src/git/pull.ts';
import { git, put, temporaryFolder } from './fixture.ts';

/** A bare repository with documents, someone who commits to it, and a folder in which hosts clone it. */
export interface World {
  readonly root: string;
  readonly bare: string;
  /** As `file://`, so that git takes its protocol's way: of a path it would copy, and ignore depth and filter. */
  readonly url: string;
  readonly author: string;
  /** The folder of the clone that `pull` makes. */
  readonly host: string;
  pull(options?: Partial<PullOptions>): Promise<PullResult>;
  /** Commits the files of the author and pushes them; null removes. */
  publish(files: Readonly<Record<string, string | null>>, message?: string): string;
  /** Replaces the last commit at the remote, as a purge does. */
  replace(files: Readonly<Record<string, string | null>>): string;
  onHost(...args: string[]): string;
}

export const FIRST = {
  'INDEX.md': 'index\n',
  'confluence/ENG/one.md': 'one\n',
  'confluence/ENG/deep/two.md': 'two\n',
  'jira/ASSIGNED/three.md': 'three\n',
  'jira/four.md': 'four\n',
};

export function newWorld(): World {
  const root = temporaryFolder();
  const [bare, author, host] = [join(root, 'remote.git'), join(root, 'author'), join(root, 'host')];
  git(root, 'init', '-q', '--bare', '-b', 'main', bare);
  git(bare, 'config', 'uploadpack.allowFilter', 'true');
  git(root, 'init', '-q', '-b', 'main', author);
  const url = `file://${bare}`;
  const write = (files: Readonly<Record<string, string | null>>) => {
    const [gone, written] = [
      Object.keys(files).filter((path) => files[path] === null),
      Object.entries(files),
    ];
    if (gone.length > 0) git(author, 'rm', '-q', ...gone);
    for (const [path, content] of written) if (content !== null) put(author, path, content);
    git(author, 'add', '--all');
  };
  const push = (...options: string[]) => {
    git(author, 'push', '-q', ...options, bare, 'HEAD:main');
    return git(author, 'rev-parse', 'HEAD').trim();
  };
  const world: World = {
    root,
    bare,
    url,
    author,
    host,
    pull: (options) => pull({ path: host, branch: 'main', ...options }),
    publish(files, message = 'A run') {
      write(files);
      git(author, 'commit', '-q', '--allow-empty', '-m', message);
      return push();
    },
    replace(files) {
      write(files);
      git(author, 'commit', '-q', '--allow-empty', '--amend', '-m', 'Rewritten');
      return push('--force');
    },
    onHost: (...args) => git(host, ...args),
  };
  world.publish(FIRST, 'First');
  return world;
}

/** Work tree = index = HEAD, the remote's branch is known, nothing is broken and nothing of the pull is left. */
export function expectSettled({ host, onHost }: World, head: string): void {
  expect(onHost('rev-parse', 'HEAD').trim()).toBe(head);
  expect(onHost('status', '--porcelain', '--untracked-files=all')).toBe('');
  expect(onHost('for-each-ref', '--format=%(refname)', 'refs/ctx')).toBe('');
  onHost('fsck', '--strict', '--no-dangling');
  const left = readdirSync(join(host, '.git/ctx')).filter((name) => name !== 'lock.db');
  expect(left).toEqual([]);
}

/** The files of a folder but git's own, with their bytes as text. */
export function filesOn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Whether any object of the clone, packed or not, held or not, has the text. */
export function hasObjectWith(folder: string, text: string): boolean {
  return git(folder, 'cat-file', '--batch', '--batch-all-objects', '--buffer').includes(text);
}

export const append = (folder: string, path: string, text: string): void =>
  appendFileSync(join(folder, path), text);

export const SECRET = 'the-quetzal-flies';

/** A host that has a commit which the remote has replaced since by one without the text. */
export async function purged(): Promise<World & { readonly old: string; readonly head: string }> {
  const world = newWorld();
  const old = world.publish({ 'jira/secret.md': `${SECRET}\n` });
  await world.pull({ remote: world.url });
  expect(hasObjectWith(world.host, SECRET)).toBe(true);
  const head = world.replace({ 'jira/secret.md': null, 'jira/other.md': 'other\n' });
  return { ...world, old, head };
}
