import { createHash } from 'node:crypto';
import { type Call, Refusal, v2BadRequest } from './answer.ts';

interface Position {
  /** Which query the cursor belongs to. */
  readonly of: string;
  readonly offset: number;
  /** The last item before it: a page begins after it even when items before it came or went. */
  readonly after: string;
}

export interface Paged {
  readonly results: readonly unknown[];
  readonly _links: { readonly next?: string; readonly base: string };
}

export interface Slice<T> {
  readonly items: readonly T[];
  readonly cursor: string | undefined;
}

/** One page of `items`, from the request's cursor on; `undefined` when the cursor is none of ours. */
export function sliceByCursor<T extends { readonly id: string }>(
  items: readonly T[],
  cursor: string | null,
  limit: number,
  query: string,
): Slice<T> | undefined {
  if (cursor?.startsWith(AGAIN))
    return sliceByCursor(items, cursor.slice(AGAIN.length) || null, limit, query);
  const of = createHash('sha1').update(query).digest('base64url').slice(0, 8);
  let start = 0;
  if (cursor !== null) {
    const position = decodeCursor(cursor);
    if (position === undefined || position.of !== of) return undefined;
    const last = items.findIndex((item) => item.id === position.after);
    start = last === -1 ? position.offset : last + 1;
  }
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + limit < items.length && last !== undefined;
  return {
    items: page,
    cursor: more ? encodeCursor({ of, offset: start + limit, after: last.id }) : undefined,
  };
}

const AGAIN = 'again.';

/** Another cursor for the page that a cursor leads to; null leads to the first one. */
export function sameAgain(cursor: string | null): string {
  return AGAIN + (cursor ?? '');
}

function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeCursor(cursor: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof value !== 'object' || value === null || !('of' in value)) return undefined;
    return value as Position;
  } catch {
    return undefined;
  }
}

/** The request without what changes from page to page: a cursor is valid for exactly this. */
export function queryWithoutPosition(call: Call): string {
  const query = new URLSearchParams(call.query);
  for (const name of ['cursor', 'limit', 'nextPageToken', 'maxResults']) query.delete(name);
  query.sort();
  return `${call.path}?${query}`;
}

/** A page of the Confluence v2 API: `limit` is at most 250 and `_links.next` relative to the host. */
export function pageOfResults<T extends { readonly id: string }>(
  call: Call,
  items: readonly T[],
  show: (item: T) => unknown,
  defaultLimit = 25,
): Paged {
  const limit = readLimit(call, defaultLimit);
  const slice = sliceByCursor(items, call.query.get('cursor'), limit, queryWithoutPosition(call));
  if (slice === undefined) throw new Refusal(v2BadRequest('Provided cursor is invalid or has expired'));
  return { results: slice.items.map(show), _links: links(call, slice.cursor) };
}

function readLimit(call: Call, defaultLimit: number): number {
  const asked = call.query.get('limit');
  if (asked === null) return Math.min(defaultLimit, call.settings.pageLimit);
  const limit = Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > 250) {
    throw new Refusal(v2BadRequest(`Provided value {${asked}} for 'limit' is not in the range 1 to 250`));
  }
  return Math.min(limit, call.settings.pageLimit);
}

function links(call: Call, cursor: string | undefined): Paged['_links'] {
  const base = `${call.settings.site}/wiki`;
  if (cursor === undefined) return { base };
  const query = new URLSearchParams(call.query);
  query.set('cursor', cursor);
  return { next: `${call.path}?${query}`, base };
}

/** A page by `startAt` and `maxResults`, as much of Jira has them. */
export function sliceByOffset<T>(
  call: Call,
  items: readonly T[],
  defaultLimit: number,
  maximum: number,
): { readonly items: readonly T[]; readonly startAt: number; readonly maxResults: number } {
  const startAt = Math.max(0, Number(call.query.get('startAt') ?? 0) || 0);
  const asked = Number(call.query.get('maxResults') ?? defaultLimit);
  const maxResults = Math.max(0, Math.min(asked, maximum, call.settings.pageLimit));
  return { items: items.slice(startAt, startAt + maxResults), startAt, maxResults };
}
