import { type Call, SlackRefusal } from './method.ts';

const MOST = 1000;

/** How many items a request wants: `fallback` if it does not say. */
export function readLimit({ params, settings }: Call, fallback: number): number {
  const text = params.get('limit') ?? '';
  const asked = text === '' || text === '0' ? fallback : Number(text);
  if (!Number.isInteger(asked) || asked < 0 || asked > Math.max(MOST, fallback))
    throw new SlackRefusal('invalid_limit');
  return Math.min(asked, settings.pageLimit);
}

/** Cursors say where the next page begins: `next_ts:1763625600000100`, `user:U0FHMINA000`. */
export type CursorKind = 'next_ts' | 'team' | 'user';

export const makeCursor = (kind: CursorKind, value: string): string =>
  Buffer.from(`${kind}:${value}`).toString('base64');

/** Leads to the first page again. No answer has it but one that a fault changed. */
export const FIRST_PAGE = Buffer.from('again:').toString('base64');

export function readCursor({ params }: Call, kind: CursorKind): string | undefined {
  const cursor = params.get('cursor') ?? '';
  if (cursor === '' || cursor === FIRST_PAGE) return undefined;
  const [found, value] = Buffer.from(cursor, 'base64').toString().split(':');
  if (found !== kind || !value || makeCursor(kind, value) !== cursor)
    throw new SlackRefusal('invalid_cursor');
  return value;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Empty on the last page. */
  readonly next: string;
}

/** A page of what is listed in the order of ids. A cursor is an id, so what comes and goes meanwhile shifts nothing. */
export function pageOf<T>(
  call: Call,
  all: readonly T[],
  {
    kind,
    idOf,
    fallback,
  }: { readonly kind: CursorKind; readonly idOf: (item: T) => string; readonly fallback: number },
): Page<T> {
  const limit = readLimit(call, fallback);
  const from = readCursor(call, kind) ?? '';
  const sorted = all.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)).filter((item) => idOf(item) >= from);
  const following = sorted[limit];
  return {
    items: sorted.slice(0, limit),
    next: following === undefined ? '' : makeCursor(kind, idOf(following)),
  };
}

export const nextCursor = (next: string) => ({ response_metadata: { next_cursor: next } });
