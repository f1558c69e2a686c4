import type { DocumentWithChunks, FoundChunk, IndexedDocument, PlacedChunk } from '../store.ts';
import { momentOf } from './filter.ts';
import { bagOf, vectorOf, wordsOfChunk } from './words.ts';

/** A row of `documents`. */
export interface DocumentRow {
  readonly path: string;
  readonly collection: string;
  readonly source: string;
  readonly type: string;
  readonly blob: string;
  readonly title: string;
  readonly ancestors: string[];
  readonly url: string | null;
  readonly keys: string[];
  readonly updated: string | null;
  readonly author: string | null;
}

/** What tells a row of `chunks` from others, beside the row of its document. */
export interface PlaceRow extends DocumentRow {
  readonly id: number;
  readonly position: number;
}

/** A row of `chunks` beside the row of its document. */
export interface ChunkRow extends PlaceRow {
  readonly headings: string[];
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly symbols: string[] | null;
  readonly mentions: string[];
}

export const DOCUMENT = selected(
  'd',
  'path collection source type blob title ancestors url keys updated author',
);
export const PLACE = selected('c', 'id position');
export const CHUNK = selected('c', 'id position headings text first last symbols mentions');

const FILTERED = {
  path: 'text',
  collection: 'text',
  source: 'text',
  type: 'text',
  moment: 'timestamptz',
} as const;
/** The columns of what is inserted, with their types. */
export const DOCUMENT_COLUMNS = {
  ...FILTERED,
  blob: 'text',
  title: 'text',
  ancestors: 'text[]',
  url: 'text',
  keys: 'text[]',
  updated: 'text',
  author: 'text',
} as const;
export const CHUNK_COLUMNS = {
  ...FILTERED,
  position: 'integer',
  id: 'bigint',
  length: 'integer',
  words: 'tsvector',
  bag: 'text',
  headings: 'text[]',
  text: 'text',
  first: 'integer',
  last: 'integer',
  symbols: 'text[]',
  mentions: 'text[]',
} as const;

export interface VectorRow {
  /** The chunk's. */
  readonly id: number;
  readonly embedding: string | null;
}

export interface NewRows {
  readonly document: object;
  readonly chunks: readonly object[];
  readonly vectors: readonly VectorRow[];
  /** Of each chunk. */
  readonly words: readonly ReadonlyMap<string, number>[];
}

/** The rows of a document whose chunks are numbered from `first` on. */
export function rowsOf({ document, chunks }: DocumentWithChunks, first: number, withBags: boolean): NewRows {
  const { path, collection, source, type, updated } = document;
  const filtered = { path, collection, source, type, moment: momentOf(updated) };
  const words = chunks.map((chunk) => wordsOfChunk(document, chunk));
  return {
    document: { ...document, ...filtered },
    chunks: chunks.map(({ headings, text, lines, symbols, mentions }, position) => {
      const said = words[position] ?? new Map<string, number>();
      return {
        ...filtered,
        position,
        id: first + position,
        length: lengthOf(said),
        words: vectorOf(said),
        bag: withBags ? bagOf(said) : null,
        headings,
        text,
        first: lines[0],
        last: lines[1],
        symbols,
        mentions,
      };
    }),
    vectors: chunks.flatMap(({ embedding }, position) =>
      embedding === undefined ? [] : [{ id: first + position, embedding: literalOf(embedding) }],
    ),
    words,
  };
}

export function lengthOf(words: ReadonlyMap<string, number>): number {
  return words.values().reduce((sum, count) => sum + count, 0);
}

/** As pgvector reads it, to more digits than half precision can tell. Null for zeros, which have no direction. */
export function literalOf(embedding: Float32Array): string | null {
  return embedding.some((value) => value !== 0)
    ? `[${Array.from(embedding, (value) => Number(value.toPrecision(5))).join()}]`
    : null;
}

export function documentOf(row: DocumentRow): IndexedDocument {
  const { path, collection, blob, source, type, title, ancestors, url, keys, updated, author } = row;
  return {
    path,
    collection,
    blob,
    source,
    type,
    title,
    ancestors,
    keys,
    ...(url !== null && { url }),
    ...(updated !== null && { updated }),
    ...(author !== null && { author }),
  };
}

export function placeOf(row: PlaceRow): PlacedChunk {
  return { id: row.id, document: documentOf(row), position: row.position };
}

export function chunkOf(row: ChunkRow): FoundChunk {
  const { headings, text, first, last, symbols, mentions } = row;
  return {
    ...placeOf(row),
    headings,
    text,
    lines: [first, last],
    mentions,
    ...(symbols !== null && { symbols }),
  };
}

function selected(row: string, columns: string): string {
  return columns
    .split(' ')
    .map((column) => `${row}.${column}`)
    .join(', ');
}
