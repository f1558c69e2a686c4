import type { IndexedDocument } from '../store/store.ts';
import type { Hit, SearchAnswer } from './search.ts';

/** A hit as the command line, JSON and tools of agents show it. */
export interface ShownHit {
  readonly title: string;
  /** From the outermost container to the heading above the passage. */
  readonly breadcrumb: readonly string[];
  /** Where to read it: below the repository, or `<code repository>:<path>`. */
  readonly path: string;
  readonly lines: readonly [first: number, last: number];
  readonly url: string | null;
  readonly source: string;
  readonly type: string;
  readonly keys: readonly string[];
  readonly symbols: readonly string[];
  readonly author: string | null;
  /** ISO 8601. */
  readonly updated: string | null;
  readonly ageDays: number | null;
  /** In percent of what the best one could have. */
  readonly score: number;
  readonly match: Hit['match'];
  readonly snippet: string;
}

export interface ShownAnswer {
  readonly mode: SearchAnswer['mode'];
  readonly notes: readonly string[];
  readonly results: readonly ShownHit[];
}

const DAY = 86_400_000;

/** `now` is in milliseconds since the epoch. */
export function shownAnswer({ hits, mode, notes }: SearchAnswer, now: number): ShownAnswer {
  return { mode, notes, results: hits.map((hit) => shownHit(hit, now)) };
}

function shownHit({ document, chunk, snippet, score, match }: Hit, now: number): ShownHit {
  const { title, path, url = null, source, type, keys, author = null, updated = null, ancestors } = document;
  const { headings, lines, symbols = [] } = chunk;
  return {
    ...{ title, breadcrumb: [...ancestors, ...headings], path, lines, url, source, type, keys, symbols },
    ...{ author, updated, ageDays: ageDays(document, now) },
    ...{ score: Math.round(score * 100), match, snippet: snippet.text },
  };
}

/** Whole days since the document was changed; null without a date. */
export function ageDays({ updated }: Pick<IndexedDocument, 'updated'>, now: number): number | null {
  const then = Date.parse(updated ?? '');
  return Number.isNaN(then) ? null : Math.max(0, Math.floor((now - then) / DAY));
}
