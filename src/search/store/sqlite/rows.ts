import type { FoundChunk, IndexedDocument, PlacedChunk } from '../store.ts';

export interface DocumentRow {
  readonly id: number;
  readonly path: string;
  readonly collection: string;
  readonly blob: string;
  readonly source: string;
  readonly type: string;
  readonly title: string;
  readonly ancestors: string;
  readonly url: string | null;
  readonly keys: string;
  readonly updated: string | null;
  readonly author: string | null;
}

/** Of a chunk with its document; `id` is the chunk's. */
export interface PlaceRow extends DocumentRow {
  readonly position: number;
}

/** Of a chunk without its document. */
export interface PassageRow {
  readonly id: number;
  readonly position: number;
  readonly headings: string;
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly symbols: string | null;
  readonly mentions: string;
}

export type ChunkRow = PlaceRow & PassageRow;

export function documentFrom(row: DocumentRow): IndexedDocument {
  const { path, collection, blob, source, type, title, ancestors, url, keys, updated, author } = row;
  return {
    ...{ path, collection, blob, source, type, title },
    ancestors: JSON.parse(ancestors),
    ...(url !== null && { url }),
    keys: JSON.parse(keys),
    ...(updated !== null && { updated }),
    ...(author !== null && { author }),
  };
}

export function placeFrom(row: PlaceRow): PlacedChunk {
  return { id: row.id, document: documentFrom(row), position: row.position };
}

export function chunkFrom(row: ChunkRow): FoundChunk {
  return passageFrom(row, documentFrom(row));
}

export function passageFrom(row: PassageRow, document: IndexedDocument): FoundChunk {
  const { id, position, headings, text, first, last, symbols, mentions } = row;
  return {
    ...{ id, document, position },
    headings: JSON.parse(headings),
    text,
    lines: [first, last],
    ...(symbols !== null && { symbols: JSON.parse(symbols) }),
    mentions: JSON.parse(mentions),
  };
}
