import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import type { Store } from '../../../src/search/store/store.ts';
import type { StoreFixture } from '../../contract/store-suite.ts';

export async function sqliteFixture(): Promise<StoreFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-store-'));
  const opened: Store[] = [];
  const open = async (path: string) => {
    const store = await openSqliteStore({ path });
    opened.push(store);
    return store;
  };
  return {
    open: () => open(join(folder, `${opened.length}.db`)),
    reopen: (store) => open(store.name),
    destroy: async () => {
      for (const store of opened) await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}
