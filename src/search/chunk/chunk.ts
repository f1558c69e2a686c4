/** A passage of a document: what is found, shown and put into prompts. */
export interface Chunk {
  /** The headings above it, outermost first, without the document's title; of code, the symbols around it. */
  readonly headings: readonly string[];
  /** As it stands in the file; where a root message is repeated, with that before it. */
  readonly text: string;
  /** Of the file, header and all, 1-based and inclusive. */
  readonly lines: readonly [first: number, last: number];
  /** What code defines in it, in the order of its lines, such as `InvoiceService.total`. */
  readonly symbols?: readonly string[];
}

/** Raised when chunks of an equal file differ from before, so that indexes are made anew. */
export const CHUNKER_VERSION = 1;

/** In characters: sections below the first are put together, those above the second are split. */
export const CHUNK_SIZE = { least: 800, most: 1_600 } as const;
