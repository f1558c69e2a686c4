import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What lies in the top folder of the package and in no other above its code. */
const MARK = 'context.schema.json';

/** A file that the package ships beside its code, such as the sample of a configuration: compiled or not, from its top folder. */
export function packageFile(path: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, MARK)) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, path);
}
