import { isCtxError } from '../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../core/local-files.ts';
import { pathFrom } from '../core/path-from.ts';
import { type ImportedText, readImports } from './imports.ts';
import { readFile } from './read-file.ts';

/** Instructions that take other files in. */
export function takesImports(name: string): boolean {
  return /(?:^|\/)(?:CLAUDE(?:\.local)?|AGENTS|GEMINI)\.md$/i.test(name);
}

/** The file at a path below a folder; undefined where there is none that may be read. */
export type FindFile = (path: string) => Promise<Pick<LocalFile, 'path'> | undefined>;

/**
 * What instructions import: files of their folder, as `find` knows them, and of `.claude` in the home folder. All others stay what
 * the text says, so that a text that somebody sent cannot have a file copied that was never meant.
 */
export function importsOf(
  text: string,
  name: string,
  find: FindFile,
  files: LocalFiles,
): Promise<ImportedText[]> {
  return readImports(text, {
    path: name,
    async read(written, from) {
      const isHome = written.startsWith('~/') || from.startsWith('~/');
      const path = pathFrom(from, encodeURI(written.startsWith('~/') ? `/${written}` : written)) ?? '';
      const file = isHome ? await atHome(path, files) : await find(path);
      if (file === undefined) return undefined;
      const read = await readFile(files, file);
      return 'text' in read ? { path, text: read.text } : undefined;
    },
  });
}

async function atHome(path: string, files: LocalFiles): Promise<Pick<LocalFile, 'path'> | undefined> {
  const own = '~/.claude/';
  return path.startsWith(own) ? fileBelow(`${files.home}/.claude`, path.slice(own.length), files) : undefined;
}

/**
 * The file at a path below a folder, which has no symbolic links in its own path. A link in it may lead elsewhere in the folder, but
 * not out of it.
 */
export async function fileBelow(
  folder: string,
  path: string,
  files: LocalFiles,
): Promise<LocalFile | undefined> {
  if (path === '') return undefined;
  try {
    for await (const file of files.list(`${folder}/${path}`, { skipFolder: () => true })) {
      // What is listed first of a folder is another path's.
      const isIt = file.name === path.split('/').at(-1);
      return isIt && file.path.startsWith(`${folder}/`) ? file : undefined;
    }
  } catch (error) {
    if (!isCtxError(error)) throw error;
  }
  return undefined;
}
