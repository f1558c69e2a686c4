import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/search/store/sqlite/open.ts';
import { documentOf, names, put, randomFrom, randomUnit } from '../../contract/store-documents.ts';

const CHILD = join(import.meta.dirname, 'sqlite-child.ts');
const folder = mkdtempSync(join(tmpdir(), 'ctx-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

const embedding = randomUnit(randomFrom(22), 16);
const corpus = Array.from({ length: 60 }, (_, n) => documentOf(`${n}.md`, [{ text: 'alpha', embedding }]));

async function filled(): Promise<string> {
  const path = join(mkdtempSync(join(folder, 'store-')), 'index.db');
  await using store = await openSqliteStore({ path });
  await put(store, ...corpus);
  return path;
}

describe('a write that is larger than memory', () => {
  it('leaves what was there when its process is killed', async () => {
    const path = await filled();
    const writer = spawn(process.execPath, [CHILD, JSON.stringify({ path, what: 'hang' })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(writer.stdout as NodeJS.ReadableStream, 'data');
    expect(existsSync(`${path}-journal`)).toBe(true);
    writer.kill('SIGKILL');
    await once(writer, 'close');
    await using store = await openSqliteStore({ path });
    expect(await store.vector(embedding, { limit: 100 })).toHaveLength(60);
    expect(await store.stats()).toMatchObject({ documents: 60, chunks: 60, embedded: 60 });
    expect(await store.lexical('many', { limit: 10 })).toEqual([]);
    await put(store, documentOf('after.md', ['omega']));
    expect(await names(store, await store.lexical('omega', { limit: 10 }))).toEqual(['after.md#0']);
    const database = new DatabaseSync(path, { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  });

  it('leaves what was there when the file can grow no more, which is told', async () => {
    const path = await filled();
    await using store = await openSqliteStore({ path });
    const before = await store.stats();
    // The system refuses to let a file grow beyond so many blocks, much as a full disk does.
    const { stdout, status } = spawnSync(
      'sh',
      [
        '-c',
        'ulimit -f 4000; exec "$0" "$@"',
        process.execPath,
        CHILD,
        JSON.stringify({ path, what: 'fill' }),
      ],
      { encoding: 'utf8' },
    );
    expect([stdout, status]).toEqual(['search.index-refused\n', 0]);
    expect(await store.vector(embedding, { limit: 100 })).toHaveLength(60);
    expect(await store.stats()).toEqual(before);
  });
});
