import { promises, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { writeDurably } from '../durable.ts';

const AT_ONCE = 16;

/** isomorphic-git's file system, and the call that makes the objects written through it survive a power cut. */
export interface DurableFiles {
  readonly fs: { readonly promises: typeof promises };
  flush(): Promise<void>;
}

/**
 * isomorphic-git writes in place and never repairs an object that a crash cut short. Here every file appears as a
 * whole. Refs and settings are on disk when a call returns; objects are so after `flush()`, because to wait for
 * the disk once for all is ten times as quick as for each.
 */
export function durableFiles(gitDir: string): DurableFiles {
  const objects = join(gitDir, 'objects') + sep;
  let written: string[] = [];
  const writeFile = async (file: string, content: string | Uint8Array): Promise<void> => {
    // A kill may leave a draft. Under these names git takes it for an unfinished object or a lock.
    if (!file.startsWith(objects)) return writeDurably(file, content, `${file}.lock`);
    const draft = join(dirname(file), `tmp_obj_${basename(file)}`);
    writeFileSync(draft, content);
    renameSync(draft, file);
    written.push(file);
  };
  return {
    fs: { promises: { ...promises, writeFile: writeFile as typeof promises.writeFile } },
    async flush() {
      const waiting = written.values();
      written = [];
      const sync = async () => {
        for (const file of waiting) await syncFile(file);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sync));
    },
  };
}

async function syncFile(file: string): Promise<void> {
  const handle = await promises.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
