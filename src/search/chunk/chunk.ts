/** A passage of a document: what is found, shown and put into prompts. */
export interface Chunk {
  /**
   * Of the sections that all of it is in, outermost first, without the document's title: its own heading too if it is of one
   * section, although its text may begin with that. Of code, the symbols that it is a part of.
   */
  readonly headings: readonly string[];
  /**
   * As it stands in the file. Before it comes, of the later parts of a thread, its first message; of the first part of a ticket
   * or the like, a line of what its facts say; of the later parts of a table, its head. Parts of code are fenced each.
   */
  readonly text: string;
  /** Of the file, header and all, 1-based and inclusive. A line that is too long is in several chunks. */
  readonly lines: readonly [first: number, last: number];
  /** What code defines in it, in the order of its lines, such as `InvoiceService.total`. */
  readonly symbols?: readonly string[];
}

/** Raised when chunks of an equal file differ from before, so that indexes are made anew. */
export const CHUNKER_VERSION = 1;

/** In characters: sections below the first are put together, those above the second are split. */
export const CHUNK_SIZE = { least: 800, most: 1_600 } as const;
