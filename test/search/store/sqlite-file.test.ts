import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import { PAGE_SIZE } from '../../../src/search/store/sqlite/schema.ts';
import type { Store } from '../../../src/search/store/store.ts';
import { documentOf, listed, names, put, randomFrom, randomUnit } from '../../contract/store-documents.ts';
import type { ChildOrder } from './sqlite-child.ts';

const CHILD = join(import.meta.dirname, 'sqlite-child.ts');
const folder = mkdtempSync(join(tmpdir(), 'ctx-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));
const newPath = () => join(mkdtempSync(join(folder, 'store-')), 'index.db');

const random = randomFrom(21);
const embedding = randomUnit(random, 16);
const corpus = Array.from({ length: 60 }, (_, n) =>
  documentOf(`${n}.md`, [
    { text: `alpha number${n} ${'filler '.repeat(60)}`, embedding, mentions: ['PROJ-1'] },
  ]),
);

async function filled(path = newPath()): Promise<string> {
  await using store = await openSqliteStore({ path });
  await put(store, ...corpus);
  return path;
}

/** Everything that a store is asked. */
async function useAll(store: Store): Promise<void> {
  await store.state();
  await store.stats();
  await store.frequencies(['alpha']);
  await names(store, await store.lexical('alpha number7', { limit: 400 }));
  await names(store, await store.vector(embedding, { limit: 400 }));
  await names(store, await store.keyed(['PROJ-1'], { limit: 400 }));
  await listed(store.chunks());
}

function child(order: ChildOrder): ChildProcess {
  return spawn(process.execPath, [CHILD, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('one file', () => {
  it('is all that there is, before, while and after it is read', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    await filled(join(own, 'index.db'));
    expect(readdirSync(own)).toEqual(['index.db']);
    await using store = await openSqliteStore({ path: join(own, 'index.db') });
    await useAll(store);
    expect(readdirSync(own)).toEqual(['index.db']);
  });

  it('keeps every text once', async () => {
    const path = newPath();
    await using store = await openSqliteStore({ path });
    await put(store, documentOf('a.md', [`Once-and-for-all ${'filler '.repeat(20)}`]));
    expect(readFileSync(path, 'latin1').split('Once-and-for-all')).toHaveLength(2);
  });

  it('does not grow with what is replaced', async () => {
    const path = await filled();
    await using store = await openSqliteStore({ path });
    const before = (await store.stats()).bytes;
    for (let round = 0; round < 12; round += 1) await put(store, ...corpus);
    expect((await store.stats()).bytes).toBeLessThan(before * 2);
    expect(await store.stats()).toMatchObject({ documents: 60, chunks: 60, embedded: 60 });
    expect(await store.vector(embedding, { limit: 400 })).toHaveLength(60);
  });
});

describe('several processes', () => {
  it('write one after the other, and none is lost', async () => {
    const path = newPath();
    const ended = [0, 1, 2].map(() => once(child({ path, what: 'count', times: 5 }), 'close'));
    expect(await Promise.all(ended)).toEqual(ended.map(() => [0, null]));
    await using store = await openSqliteStore({ path });
    expect((await store.state())?.format).toBe('15');
  });
});

describe('a file that cannot be used', () => {
  const corrupt = (reason: RegExp) =>
    expect.objectContaining({
      code: 'search.index-corrupt',
      message: expect.stringMatching(reason),
      hint: expect.stringContaining('ctx index'),
    });
  const failing = async (path: string) => {
    try {
      await using store = await openSqliteStore({ path });
      await useAll(store);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('is told when it is no database', async () => {
    const path = newPath();
    writeFileSync(
      path,
      'This is a text that is long enough to have a header of SQLite, and has none.\n'.repeat(20),
    );
    expect(await failing(path)).toEqual(corrupt(/not a database/));
  });

  it('is told when it is another program’s', async () => {
    const path = newPath();
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE theirs (a)');
    database.close();
    const before = readFileSync(path);
    expect(await failing(path)).toEqual(corrupt(/no index of ctx/));
    expect(readFileSync(path)).toEqual(before);
  });

  it('is told when it is of another version', async () => {
    const path = await filled();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 4711');
    database.close();
    expect(await failing(path)).toEqual(corrupt(/4711/));
  });

  it('is told when its end is missing', async () => {
    const path = await filled();
    truncateSync(path, Math.floor(statSync(path).size / 2 / PAGE_SIZE) * PAGE_SIZE);
    expect(await failing(path)).toEqual(corrupt(/malformed/));
  });

  it('is told when it is broken in the middle, and nothing but errors of the catalogue comes of it', async () => {
    const good = await filled();
    const size = statSync(good).size;
    const found: unknown[] = [];
    for (let page = 1; page * PAGE_SIZE < size; page += 1) {
      const path = newPath();
      copyFileSync(good, path);
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.alloc(PAGE_SIZE, 0xa5), 0, PAGE_SIZE, page * PAGE_SIZE);
      const error = await failing(path);
      if (error !== undefined) found.push(error);
      rmSync(path);
    }
    expect(found.length).toBeGreaterThan(10);
    for (const error of found) expect(error).toEqual(corrupt(/./));
  });

  it('is begun anew when it is empty', async () => {
    const path = newPath();
    writeFileSync(path, '');
    await filled(path);
    expect(await failing(path)).toBeUndefined();
  });

  it('is told when its folder is missing, or it is a folder', async () => {
    const refused = expect.objectContaining({ code: 'search.index-refused' });
    expect(await failing(join(folder, 'missing/index.db'))).toEqual(refused);
    expect(await failing(folder)).toEqual(refused);
    await expect(openSqliteStore({ path: newPath(), readOnly: true })).rejects.toEqual(refused);
  });
});

describe('a folder that is read-only', () => {
  it('is read from', async () => {
    const own = join(folder, 'read-only');
    mkdirSync(own);
    const path = await filled(join(own, 'index.db'));
    chmodSync(path, 0o444);
    chmodSync(own, 0o555);
    try {
      await using store = await openSqliteStore({ path, readOnly: true });
      await useAll(store);
      expect(await store.stats()).toMatchObject({ documents: 60 });
      expect(readdirSync(own)).toEqual(['index.db']);
      await expect(put(store, documentOf('a.md', ['x']))).rejects.toMatchObject({
        code: 'search.index-refused',
      });
    } finally {
      chmodSync(own, 0o755);
    }
  });
});
