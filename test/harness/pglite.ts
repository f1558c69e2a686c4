import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openPostgresStore } from '../../src/search/store/postgres/open.ts';
import type { Store } from '../../src/search/store/store.ts';
import type { StoreFixture } from '../contract/store-suite.ts';

/**
 * A PostgreSQL 18 with pgvector and pg_textsearch, in a process of its own, empty. It has one session, which its connections take in
 * turns: while one has a transaction open, the others wait.
 */
export interface Pglite extends AsyncDisposable {
  readonly url: string;
  run(sql: string): Promise<Record<string, unknown>[]>;
}

export async function startPglite(): Promise<Pglite> {
  const server = fork(fileURLToPath(new URL('pglite-server.ts', import.meta.url)), { execArgv: [] });
  const [address] = (await once(server, 'message')) as [string];
  const url = `postgres://postgres:secret@${address}/postgres`;
  return {
    url,
    run: (sql) => runSql(url, sql),
    async [Symbol.asyncDispose]() {
      const gone = once(server, 'exit');
      server.disconnect();
      await gone;
    },
  };
}

export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Stores in schemas of their own, on that server or on another one. */
export async function postgresStores(url: string, parameters: string): Promise<StoreFixture> {
  const addresses = new Map<Store, string>();
  const schemas = new Set<string>();
  const unclosed: Store[] = [];
  const openAt = async (address: string) => {
    const store = await openPostgresStore({ url: address });
    addresses.set(store, address);
    // No test has that many, and a server has no more than a hundred connections.
    if (unclosed.push(store) > 10) await unclosed.shift()?.[Symbol.asyncDispose]();
    return store;
  };
  return {
    open() {
      const schema = `ctx_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
      schemas.add(schema);
      return openAt(`${url}?schema=${schema}&${parameters}`);
    },
    reopen: (store) => openAt(addresses.get(store) ?? ''),
    async destroy() {
      for (const store of unclosed) await store[Symbol.asyncDispose]();
      for (const schema of schemas) await runSql(url, `drop schema if exists ${schema} cascade`);
    },
  };
}
