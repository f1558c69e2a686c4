import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ctxError, isCtxError } from '../core/errors/index.ts';
import { expandHome, homeOf } from '../core/paths.ts';
import { isContextFolder, openForReading, type ReadingRepo } from '../git/reading.ts';
import { sourceOf } from '../history/document-id.ts';
import type { FoundDocument } from '../history/find.ts';
import type { CommandContext } from './command-context.ts';

/** What the commands that read history share. */
export interface ReadingOptions {
  readonly repo?: string;
  readonly json?: boolean;
}

/**
 * Opens the repository that a person means: the one named, or around the current folder, or of the configuration that
 * `ctx build` would use, or `~/context-sync`. Fails with `history.no-repository` and the places looked at.
 */
export async function openRepository(
  { repo }: ReadingOptions,
  context: CommandContext,
): Promise<{ readonly repo: ReadingRepo; readonly cwd: string }> {
  const { cwd, output, signal } = context;
  const folder = await findFolder(repo, context);
  const opened = await openForReading(folder, signal);
  if (opened.isShallow)
    output.info(`${folder} is a shallow clone: its history begins with what was fetched.`);
  // As the repository's own path: without symbolic links.
  return { repo: opened, cwd: existsSync(cwd) ? realpathSync.native(cwd) : cwd };
}

async function findFolder(asked: string | undefined, { cwd, env }: CommandContext): Promise<string> {
  const home = homeOf(env);
  const start = resolve(cwd, expandHome(asked ?? '.', home));
  const around = folderAround(start);
  if (around !== undefined) return around;
  const searched = [asked === undefined ? `${start} and the folders above it` : start];
  if (asked === undefined) {
    const configured = await configuredRepo(cwd, env);
    for (const path of [configured ?? [], join(home, 'context-sync')].flat()) {
      if (isContextFolder(path)) return path;
      searched.push(path);
    }
  }
  throw ctxError('history.no-repository', { searched });
}

function folderAround(folder: string): string | undefined {
  if (isContextFolder(folder)) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : folderAround(above);
}

/**
 * The repository that the configuration names. Undefined without a configuration, unless one is asked for; one that is broken is told,
 * since another repository may not be meant.
 */
export async function configuredRepo(
  cwd: string,
  env: NodeJS.ProcessEnv,
  file?: string,
): Promise<string | undefined> {
  const { loadConfig } = await import('../config/load.ts');
  try {
    return (await loadConfig({ file, env, cwd, only: [] })).config.repo.path;
  } catch (error) {
    if (file === undefined && isCtxError(error) && error.is('config.not-found')) return undefined;
    throw error;
  }
}

/** A document as JSON names it. */
export function documentJson({ document, path, isGone }: FoundDocument) {
  const source = sourceOf(document);
  return { source, id: document.slice(source.length + 1), path, gone: isGone };
}

/** At most `limit` of the items (0: all), and whether there are more. */
export async function upTo<T>(items: AsyncIterable<T>, limit: number): Promise<{ some: T[]; more: boolean }> {
  const some: T[] = [];
  for await (const item of items) {
    if (limit > 0 && some.length === limit) return { some, more: true };
    some.push(item);
  }
  return { some, more: false };
}

export const shortId = (commit: string): string => commit.slice(0, 10);
