import { join } from 'node:path';
import { readDocument } from '../../../src/frontmatter/read.ts';
import { git, put, temporaryFolder } from '../../git/fixture.ts';
import { serveRepositories } from '../../git/http-remote.ts';
import type { LocalContext } from '../../harness/local-sources.ts';

/** A work tree to commit to. */
export interface Project {
  readonly path: string;
  /** Writes and commits the files; null removes one. */
  commit(
    files: Readonly<Record<string, string | Buffer | null>>,
    options?: { author?: string; date?: string },
  ): void;
  git(...args: string[]): string;
}

export function project(files: Readonly<Record<string, string | Buffer | null>> = {}): Project {
  const path = join(temporaryFolder(), 'shop');
  git(temporaryFolder(), 'init', '--quiet', '--initial-branch=main', path);
  let n = 0;
  const own: Project = {
    path,
    commit(changes, { author = 'Ada', date } = {}) {
      for (const [name, content] of Object.entries(changes)) {
        if (content === null) git(path, 'rm', '--quiet', '--force', '--', name);
        else put(path, name, content as string);
      }
      const day = date ?? new Date(Date.UTC(2026, 0, 1, 0, n++)).toISOString();
      git(path, 'add', '--all', '--force');
      const who = ['-c', `user.name=${author}`, '-c', 'user.email=a@b.test'];
      git(path, ...who, 'commit', '--quiet', '--allow-empty', '-m', 'A change', `--date=${day}`);
    },
    git: (...args) => git(path, ...args),
  };
  own.commit(files);
  return own;
}

/** A bare repository that is served over HTTP, to those who may, and a work tree to push to it from. */
export async function served(
  files: Parameters<typeof project>[0],
  access?: string,
): Promise<Project & { readonly bare: string; readonly remote: string }> {
  const root = temporaryFolder();
  const work = project(files);
  const bare = join(root, 'shop.git');
  git(root, 'clone', '--quiet', '--bare', work.path, bare);
  work.git('remote', 'add', 'origin', bare);
  const remote = `${await serveRepositories(root, access === undefined ? {} : { access })}/shop.git`;
  return { ...work, bare, remote };
}

/** The documents of a source by id, with their paths below it. */
export function byId(context: LocalContext, source = 'code') {
  return new Map(
    [...context.documents()].flatMap(([path, content]) => {
      const read = path.startsWith(`${source}/`) ? readDocument(content) : undefined;
      return read ? [[read.facts.id, { path, ...read }] as const] : [];
    }),
  );
}
