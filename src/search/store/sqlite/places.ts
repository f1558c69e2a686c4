import type { ChunkId } from '../store.ts';
import type { Connection } from './connection.ts';

/** The places of chunks among each other by path and position: the order of what scores the same. */
export function placesOf(connection: Connection, chunks: readonly ChunkId[]): Map<ChunkId, number> {
  if (chunks.length === 0) return new Map();
  const rows = connection.all<{ id: number }>(
    `SELECT chunk.id FROM json_each(?) JOIN chunk ON chunk.id = value JOIN document ON document.id = chunk.document
     ORDER BY document.path, position`,
    JSON.stringify(chunks),
  );
  return new Map(rows.map(({ id }, n) => [id, n]));
}
