import { ageDays } from '../search/query/shown.ts';

/** What a prompt has sections of. */
export const SECTIONS = ['slack', 'code', 'jira', 'docs', 'memory'] as const;
export type Section = (typeof SECTIONS)[number];

/** Something that was found, and where it is from. All its texts are as somebody wrote them. */
export interface Item {
  /** As in frontmatter (`page`, `ticket`, `thread` …), or `note`, `code`, `memory`. */
  readonly type: string;
  readonly title: string;
  /** What people call it, such as `PROJ-123`. */
  readonly key?: string;
  /** Where it is from: a configured source, a code repository, or `memory`. */
  readonly source: string;
  /** In the repository; of code `<repository>:<path>`. */
  readonly path: string;
  readonly url?: string;
  /** ISO 8601 in UTC. */
  readonly updated?: string;
  /** In whole days of UTC. */
  readonly ageDays?: number;
  readonly author?: string;
  /** Of the file, of what the text is of; 1-based and inclusive. */
  readonly lines?: readonly [first: number, last: number];
  /** What code defines in the text. */
  readonly symbols?: readonly string[];
  /** The headings above the text. */
  readonly headings: readonly string[];
  /** Markdown; of code, the code. */
  readonly text: string;
  /**
   * `named`: the query has its key, and the text is all of it; `mentioned`: the text has a key of the query; `current`: it is told
   * whatever the query is.
   */
  readonly match: 'named' | 'mentioned' | 'words' | 'current';
  /** From 0 to 1, against what the best of its section could have. */
  readonly score: number;
}

const DAY = 86_400_000;

/** The beginning of a moment's day in UTC, in milliseconds. */
export function dayOf(moment: number): number {
  return Math.floor(moment / DAY) * DAY;
}

/** How many days of the calendar lie between a date and now; undefined for what is no date. */
export function ageInDays(updated: string | undefined, now: number): number | undefined {
  return ageDays({ updated: updated?.slice(0, 10) ?? '' }, now) ?? undefined;
}
