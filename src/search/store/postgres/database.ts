import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient, types } from 'pg';
import type { Address } from './address.ts';
import { storeFailure } from './failures.ts';

/** How long a server may take to answer a new connection, in milliseconds. */
const PATIENCE = 10_000;
const BIGINT = 20;

/** Connections to one database. What runs within a transaction, on whatever path it was called, runs in it. */
export class Database implements AsyncDisposable {
  readonly name: string;
  readonly #pool: Pool;
  readonly #within = new AsyncLocalStorage<PoolClient>();

  private constructor(name: string, pool: Pool) {
    this.name = name;
    this.#pool = pool;
  }

  /** Connects when it is first asked. */
  static async of({ name, connection }: Address): Promise<Database> {
    const { default: pg } = await import('pg');
    try {
      const pool = new pg.Pool({
        connectionString: connection,
        application_name: 'context-sync',
        connectionTimeoutMillis: PATIENCE,
        keepAlive: true,
        max: 4,
        allowExitOnIdle: true,
        types: numbers(pg.types),
      });
      // A connection that breaks while nobody uses it is replaced when somebody does, and fails then if it must.
      pool.on('error', () => {});
      return new Database(name, pool);
    } catch (error) {
      throw storeFailure(name, error);
    }
  }

  /** Whether the caller runs within a transaction. */
  get inTransaction(): boolean {
    return this.#within.getStore() !== undefined;
  }

  async rows<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    try {
      const { rows } = await (this.#within.getStore() ?? this.#pool).query<R>(sql, [...values]);
      return rows;
    } catch (error) {
      throw storeFailure(this.name, error);
    }
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.#connected();
    let broken: Error | undefined;
    // Otherwise a connection that breaks between two queries would end the process.
    const breaks = (error: Error) => {
      broken = error;
    };
    client.on('error', breaks);
    try {
      return await this.#within.run(client, async () => {
        await this.rows('begin');
        const result = await work();
        await this.rows('commit');
        return result;
      });
    } catch (error) {
      // The connection is given up if this fails, and with it the transaction.
      await client.query('rollback').catch(breaks);
      throw error;
    } finally {
      client.off('error', breaks);
      client.release(broken);
    }
  }

  async #connected(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw storeFailure(this.name, error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.end();
  }
}

/** Numbers of 64 bits as numbers: none of ours reaches 2^53. */
function numbers(defaults: typeof types): { getTypeParser: typeof types.getTypeParser } {
  return {
    getTypeParser: ((oid: number, format?: 'text') =>
      oid === BIGINT ? Number : defaults.getTypeParser(oid, format)) as typeof types.getTypeParser,
  };
}
