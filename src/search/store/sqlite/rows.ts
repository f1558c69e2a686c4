import type { FoundChunk, IndexedDocument } from '../store.ts';

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

export interface ChunkRow extends DocumentRow {
  readonly position: number;
  readonly headings: string;
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly symbols: string | null;
  readonly mentions: string;
}

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

export function chunkFrom(row: ChunkRow): FoundChunk {
  const { id, position, headings, text, first, last, symbols, mentions } = row;
  return {
    ...{ id, document: documentFrom(row), position },
    headings: JSON.parse(headings),
    text,
    lines: [first, last],
    ...(symbols !== null && { symbols: JSON.parse(symbols) }),
    mentions: JSON.parse(mentions),
  };
}
