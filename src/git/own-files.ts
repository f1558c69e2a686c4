import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the folder `ctx` that are no cache: what must still be done, and the lock with its journal. */
const DURABLE = ['former.json', 'intent.json', 'lock.json', 'purge.json'];

/** What this program has cached in the clone may hold texts and titles; it is all made anew when it is needed. */
export function clearCaches(gitDir: string): void {
  const folder = join(gitDir, 'ctx');
  for (const name of readdirSync(folder)) {
    if (!DURABLE.includes(name) && !name.startsWith('lock.db'))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}
