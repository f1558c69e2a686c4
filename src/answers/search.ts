import { parsePeriod } from '../history/dates.ts';
import type { Hit, SearchAnswer, SearchMode, SearchOptions } from '../search/query/search.ts';
import { type ShownAnswer, shownAnswer } from '../search/query/shown.ts';
import type { Filter } from '../search/store/store.ts';
import { cursorAt, positionOf } from './cursor.ts';
import { countThatFits } from './room.ts';

export interface SearchRequest {
  readonly query: string;
  readonly source?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  /** A date as people write it. */
  readonly since?: string | undefined;
  readonly mode?: SearchMode | undefined;
  readonly limit: number;
  /** Of the answer before, to go on from there. */
  readonly cursor?: string | undefined;
  readonly maxTokens?: number | undefined;
}

/** What can be searched: a `SearchIndex`. */
export interface Searchable {
  search(query: string, options: Omit<SearchOptions, 'semantics'>): Promise<SearchAnswer>;
}

export interface FoundPage {
  readonly hits: readonly Hit[];
  readonly json: ShownAnswer & { readonly cursor: string | null };
}

/** Some of the documents that answer a query, best first, and the cursor that the next ones are asked for with. */
export async function answerSearch(
  index: Searchable,
  request: SearchRequest,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<FoundPage> {
  const { query, mode = 'hybrid', limit, cursor, maxTokens } = request;
  const question = [query, request.source, request.type, request.since, mode];
  const from = positionOf(cursor, question);
  const answer = await index.search(query, {
    ...{ mode, now, signal, filter: searchFilter(request, now) },
    limit: from + limit + 1,
  });
  const shown = shownAnswer(answer, now);
  const rest = shown.results.slice(from);
  const count = countThatFits(rest.slice(0, limit), maxTokens);
  return {
    hits: answer.hits.slice(from, from + count),
    json: {
      ...shown,
      results: rest.slice(0, count),
      cursor: rest.length > count ? cursorAt(question, from + count) : null,
    },
  };
}

export function searchFilter({ source, type, since }: Partial<SearchRequest>, now: number): Filter {
  const from = since === undefined ? undefined : parsePeriod({ since }, new Date(now)).since;
  return {
    ...(source && { sources: source }),
    ...(type && { types: type }),
    ...(from && { since: from.toISOString() }),
  };
}
