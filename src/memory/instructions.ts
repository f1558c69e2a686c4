import { isCtxError } from '../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../core/local-files.ts';
import { pathFrom } from '../core/path-from.ts';
import { type ImportedText, readImports } from './imports.ts';
import { readFile } from './read-file.ts';

/** Instructions that take other files in. */
export function takesImports(name: string): boolean {
  return /(?:^|\/)(?:CLAUDE(?:\.local)?|AGENTS|GEMINI)\.md$/i.test(name);
}

/**
 * What instructions import: files of the folder, and of `.claude` in the home folder. All others stay what the text says, so that
 * a text that somebody sent cannot have a file copied that was never meant.
 */
export function importsOf(
  text: string,
  name: string,
  folder: readonly LocalFile[],
  files: LocalFiles,
): Promise<ImportedText[]> {
  const byName = new Map(folder.map((file) => [file.name, file]));
  return readImports(text, {
    path: name,
    async read(written, from) {
      const [path, file] =
        written.startsWith('~/') || from.startsWith('~/')
          ? await atHome(written, from, files)
          : within(written, from, byName);
      if (file === undefined) return undefined;
      const read = await readFile(files, file);
      return 'text' in read ? { path, text: read.text } : undefined;
    },
  });
}

type Found = readonly [path: string, file: Pick<LocalFile, 'path'> | undefined];

function within(written: string, from: string, byName: ReadonlyMap<string, LocalFile>): Found {
  const path = pathFrom(from, encodeURI(written)) ?? '';
  return [path, byName.get(path)];
}

async function atHome(written: string, from: string, files: LocalFiles): Promise<Found> {
  const path = pathFrom(from, encodeURI(written.startsWith('~/') ? `/${written}` : written)) ?? '';
  if (!path.startsWith('~/.claude/')) return [path, undefined];
  try {
    for await (const file of files.list(files.home + path.slice(1))) {
      // A link may lead out of the folder, and a folder is no file.
      const isOwn = file.path === files.home + path.slice(1);
      return [path, isOwn ? file : undefined];
    }
  } catch (error) {
    if (!isCtxError(error)) throw error;
  }
  return [path, undefined];
}
