import type { Fidelity, Warning } from '../core/document.ts';
import { markdownSize } from './bounds.ts';
import type { ReadContext } from './context.ts';
import { readHtml } from './html/read.ts';
import type { Flow } from './nodes.ts';
import { readExcerpt, readStorage } from './storage/read.ts';
import { readWiki } from './wiki/read.ts';

/** What all parts of a reading share: the place it is read in, and what became of its constructs so far. */
export interface Reader {
  readonly context: ReadContext;
  /** Page properties by name, as the text shows them. */
  readonly properties: Map<string, string>;
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
  /** Counts a construct, once for each. It is kept unless it is degraded or lost. */
  construct(): void;
  /** Its content is in the text, but not all that its form said. */
  degrade(construct: string, detail?: string): void;
  /** The text only marks its place. */
  lose(construct: string, detail?: string): void;
  /** A reader of a text inside this one that was written elsewhere, such as an included page. */
  within(context: ReadContext): Reader;
  /** The ids of the pages whose text is being read, the outermost first. */
  readonly pages: readonly string[];
  /** Ids of pages that were too large to be included. */
  readonly tooLarge: Set<string>;
  /** The footnotes so far, in the order of their numbers. */
  readonly footnotes: Flow[][];
  /**
   * Content that is not part of the source, such as an included page; undefined if it does not fit into what a
   * document may hold beyond its source (R13). Nothing that was counted in reading it stays then.
   */
  borrow(read: () => Flow[]): Flow[] | undefined;
  /** Reads HTML that stands in this text. */
  html(html: string): Flow[];
  /** Reads storage format that stands in this text. */
  storage(xml: string): Flow[];
  /** Reads wiki markup that stands in this text. */
  wiki(text: string): Flow[];
  /** Reads one excerpt of a page in storage format: that of a name, or the first; undefined if there is none. */
  excerpt(xml: string, name: string | undefined): Flow[] | undefined;
}

/** Content from elsewhere is at most this many times the source, and the allowance: half of what R13 lets be. */
const BORROWED_FACTOR = 5;
const BORROWED_ALLOWANCE = 48 * 1024;

/** `sourceLength` bounds what may be {@link Reader.borrow}ed. */
export function createReader(context: ReadContext, sourceLength = 0): Reader {
  const tally: Tally = {
    warnings: [],
    constructs: 0,
    room: BORROWED_FACTOR * sourceLength + BORROWED_ALLOWANCE,
    tooLarge: new Set(),
    footnotes: [],
  };
  return readerWith(context, tally, context.pageId === undefined ? [] : [context.pageId]);
}

/** What a reader and those within it share. */
interface Tally {
  readonly warnings: Warning[];
  constructs: number;
  /** Characters that may still be borrowed. */
  room: number;
  readonly tooLarge: Set<string>;
  readonly footnotes: Flow[][];
}

function readerWith(context: ReadContext, tally: Tally, pages: readonly string[]): Reader {
  const { warnings, tooLarge, footnotes } = tally;
  const warn = (construct: string, fate: Warning['fate'], detail: string | undefined) => {
    warnings.push({ construct, fate, ...(detail !== undefined && { detail }) });
  };
  const reader: Reader = {
    context,
    pages,
    tooLarge,
    footnotes,
    properties: new Map(),
    warnings,
    get fidelity() {
      const lost = warnings.filter(({ fate }) => fate === 'lost').length;
      const degraded = warnings.length - lost;
      return { kept: Math.max(0, tally.constructs - degraded - lost), degraded, lost };
    },
    construct() {
      tally.constructs++;
    },
    degrade: (construct, detail) => warn(construct, 'degraded', detail),
    lose: (construct, detail) => warn(construct, 'lost', detail),
    within: (inner) =>
      readerWith(inner, tally, inner.pageId === undefined ? pages : [...pages, inner.pageId]),
    borrow(read) {
      const before = { ...tally, warnings: warnings.length, footnotes: footnotes.length };
      if (tally.room <= 0) return undefined;
      const content = read();
      tally.room = Math.min(tally.room, before.room - markdownSize(content));
      if (tally.room >= 0) return content;
      tally.room = before.room;
      tally.constructs = before.constructs;
      warnings.length = before.warnings;
      footnotes.length = before.footnotes;
      return undefined;
    },
    html: (html) => readHtml(html, reader),
    storage: (xml) => readStorage(xml, reader),
    wiki: (text) => readWiki(text, reader),
    excerpt: (xml, name) => readExcerpt(xml, name, reader),
  };
  return reader;
}
