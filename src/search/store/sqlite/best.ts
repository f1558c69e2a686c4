import type { ChunkId, Scored } from '../store.ts';
import type { Connection } from './connection.ts';

/** The best, in their order: what scores the same comes by path and position, which are looked up of nothing else. */
export function bestOf(connection: Connection, scored: readonly Scored[], limit: number): Scored[] {
  const sorted = scored.toSorted((a, b) => b.score - a.score);
  const least = sorted[limit - 1]?.score ?? Number.NEGATIVE_INFINITY;
  const enough = sorted.filter(({ score }) => score >= least);
  const tied = enough.filter(
    ({ score }, n) => score === enough[n - 1]?.score || score === enough[n + 1]?.score,
  );
  const places = placesOf(
    connection,
    tied.map(({ chunk }) => chunk),
  );
  const place = ({ chunk }: Scored) => places.get(chunk) ?? 0;
  return enough.sort((a, b) => b.score - a.score || place(a) - place(b)).slice(0, limit);
}

/** The places of chunks among each other. */
function placesOf(connection: Connection, chunks: readonly ChunkId[]): Map<ChunkId, number> {
  if (chunks.length === 0) return new Map();
  const rows = connection.all<{ id: number }>(
    `SELECT chunk.id FROM json_each(?) JOIN chunk ON chunk.id = value JOIN document ON document.id = chunk.document
     ORDER BY document.path, position`,
    JSON.stringify(chunks),
  );
  return new Map(rows.map(({ id }, n) => [id, n]));
}
