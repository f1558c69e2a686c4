import type { FilesSource } from '../../config/sources/files.ts';
import type { LocalFile, LocalFiles } from '../../core/local-files.ts';
import { globMatcher } from '../globs.ts';

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
