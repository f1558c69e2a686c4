import type { FilesSource } from '../../config/sources/files.ts';
import type { LocalFiles } from '../../core/local-files.ts';
import type { Probe } from '../contract.ts';
import { listFiles } from './read-folder.ts';

/** Counts the files that are meant. */
export async function probeFiles(config: FilesSource, files: LocalFiles): Promise<Probe> {
  const { length } = (await listFiles(files, config)).files;
  const counted = length === 1 ? '1 file' : `${length} files`;
  return { found: [config.copy ? counted : `${counted}, left where they are`], problems: [] };
}
