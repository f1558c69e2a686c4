import type { FilesSource } from '../../config/sources/files.ts';
import { counted } from '../../core/counted.ts';
import type { LocalFiles } from '../../core/local-files.ts';
import type { Probe } from '../contract.ts';
import { listFiles } from './read-folder.ts';

/** Counts the files that are meant. */
export async function probeFiles(config: FilesSource, files: LocalFiles): Promise<Probe> {
  const { length } = (await listFiles(files, config)).files;
  const found = counted(length, 'file');
  return { found: [config.copy ? found : `${found}, left where they are`], problems: [] };
}
