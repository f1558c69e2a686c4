import type { FilesSource } from '../../config/sources/files.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../../core/local-files.ts';
import { globMatcher } from '../globs.ts';
import { decodeText, MAX_TEXT_BYTES } from '../text-file.ts';

/** Never what a person or an assistant has noted. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules']);

export interface FoundFiles {
  /** Those that the configuration means, in the order of their names. */
  readonly files: readonly LocalFile[];
  /** Names of those that it leaves out. */
  readonly left: readonly string[];
}

/** Lists the folder, or the one file. A listing that ends is whole. */
export async function listFiles(
  files: LocalFiles,
  { path, include, exclude }: Pick<FilesSource, 'path' | 'include' | 'exclude'>,
): Promise<FoundFiles> {
  const [isIncluded, isExcluded] = [globMatcher(include), globMatcher(exclude)];
  const found: LocalFile[] = [];
  const left: string[] = [];
  const skipFolder = (name: string) => SKIPPED.has(name.split('/').at(-1) ?? '');
  for await (const file of files.list(path, { skipFolder })) {
    // A name that is no UTF-8 would be read as another one.
    const isMeant = !file.name.includes('\uFFFD') && isIncluded(file.name) && !isExcluded(file.name);
    if (isMeant) found.push(file);
    else left.push(file.name);
  }
  return { files: found, left };
}

/** Why a file is no document. */
export type Unreadable = 'larger than 1 MB' | 'no text';

export type ReadFile =
  | { readonly text: string }
  | { readonly unreadable: Unreadable }
  | { readonly error: CtxError };

/** The text of a file. It may have grown since it was listed. */
export async function readFile(files: LocalFiles, { path }: Pick<LocalFile, 'path'>): Promise<ReadFile> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of files.read(path, { end: MAX_TEXT_BYTES + 1 })) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    if (isCtxError(error)) return { error };
    throw error;
  }
  if (size > MAX_TEXT_BYTES) return { unreadable: 'larger than 1 MB' };
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  const text = decodeText(bytes);
  return text === undefined ? { unreadable: 'no text' } : { text };
}
