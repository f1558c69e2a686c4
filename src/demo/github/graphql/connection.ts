import type { GraphQLResolveInfo } from 'graphql';
import { type Context, GithubError } from './context.ts';

const MAX_PAGE = 100;

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A list that is made when it is looked at. */
export interface Sequence<T> {
  readonly count: number;
  readonly at: (index: number) => T;
}

export interface Connected<T> {
  readonly items: readonly T[] | Sequence<T>;
  readonly view: (item: T) => unknown;
  /** What a cursor remembers of an item: a page begins behind it even when items before it came or went. */
  readonly key?: (item: T) => string;
  /** For lists that are sorted by their keys: a page begins behind the key, wherever its item is by now. */
  readonly compare?: (a: string, b: string) => number;
  /** Fields of this connection alone. */
  readonly more?: object;
}

type Resolver<A> = (args: A & PageArgs, context: Context, info: GraphQLResolveInfo) => unknown;

/** The resolver of a connection: `connect((args) => ({ items, view }))`. */
export function connect<T, A extends object = object>(
  list: (args: A & PageArgs, context: Context) => Connected<T>,
): Resolver<A> {
  return (args, context, info) => {
    checkBounds(args, info.fieldName);
    const connected = list(args, context);
    return distort(page(connected, args, context), args, context);
  };
}

function checkBounds({ first, last }: PageArgs, field: string): void {
  if (first == null && last == null)
    throw new GithubError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
    );
  for (const [name, value] of Object.entries({ first, last })) {
    if (value == null) continue;
    if (value < 0)
      throw new GithubError(
        'ARGUMENT_LIMIT',
        `\`${name}\` on the \`${field}\` connection cannot be less than zero.`,
      );
    if (value > MAX_PAGE)
      throw new GithubError(
        'EXCESSIVE_PAGINATION',
        `Requesting ${value} records on the \`${field}\` connection exceeds the \`${name}\` limit of ${MAX_PAGE} records.`,
      );
  }
}

interface Page {
  readonly nodes: () => readonly unknown[];
  readonly edges: () => readonly unknown[];
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

function page<T>(connected: Connected<T>, args: PageArgs, { pageLimit }: Context): Page {
  const items = sequence(connected.items);
  let start = args.after == null ? 0 : positionBehind(connected, items, args.after);
  let end = args.before == null ? items.count : positionBehind(connected, items, args.before) - 1;
  if (args.first != null) end = Math.min(end, start + Math.min(args.first, pageLimit));
  else if (args.last != null) start = Math.max(start, end - Math.min(args.last, pageLimit));
  const indexes = Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
  const cursorAt = (index: number): string => cursorOf(index, connected.key?.(items.at(index)));
  const [first, last] = [indexes[0], indexes.at(-1)];
  return {
    nodes: () => indexes.map((index) => connected.view(items.at(index))),
    edges: () => indexes.map((index) => ({ cursor: cursorAt(index), node: connected.view(items.at(index)) })),
    totalCount: items.count,
    pageInfo: {
      hasNextPage: end < items.count,
      hasPreviousPage: start > 0,
      startCursor: first === undefined ? null : cursorAt(first),
      endCursor: last === undefined ? null : cursorAt(last),
    },
    ...connected.more,
  };
}

function sequence<T>(items: readonly T[] | Sequence<T>): Sequence<T> {
  if (!Array.isArray(items)) return items as Sequence<T>;
  return { count: items.length, at: (index) => items[index] as T };
}

const MARK = 'cursor:v2:';
const AGAIN = 'cursor:again:';

const encode = (text: string): string => Buffer.from(text).toString('base64');

const cursorOf = (index: number, key: string | undefined): string =>
  encode(`${MARK}${JSON.stringify([index, key ?? null])}`);

/** Another cursor for the page that a cursor leads to. */
const sameAgain = (cursor: string | null | undefined): string => encode(`${AGAIN}${cursor ?? ''}`);

/** The index at which a page behind the cursor begins. */
function positionBehind<T>(connected: Connected<T>, items: Sequence<T>, cursor: string): number {
  const { key, compare } = connected;
  const text = Buffer.from(cursor, 'base64').toString();
  if (text.startsWith(AGAIN)) {
    const inner = text.slice(AGAIN.length);
    return inner === '' ? 0 : positionBehind(connected, items, inner);
  }
  const [index, known] = readCursor(text, cursor);
  if (known === null || key === undefined) return index + 1;
  if (compare !== undefined) {
    let [low, high] = [0, items.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(key(items.at(middle)), known) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  for (let at = 0; at < items.count; at += 1) if (key(items.at(at)) === known) return at + 1;
  return index;
}

function readCursor(text: string, cursor: string): [number, string | null] {
  try {
    if (text.startsWith(MARK)) return JSON.parse(text.slice(MARK.length)) as [number, string | null];
  } catch {
    // Refused below, like every cursor of somebody else.
  }
  throw new GithubError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
}

function distort(whole: Page, { after }: PageArgs, context: Context): Page {
  const { fault } = context;
  context.fault = undefined;
  const none = { nodes: () => [], edges: () => [] };
  switch (fault?.kind) {
    case 'empty-page': {
      const pageInfo = { ...whole.pageInfo, hasNextPage: true, endCursor: sameAgain(after) };
      return { ...whole, ...none, pageInfo };
    }
    case 'lost-page':
      return { ...whole, ...none };
    case 'cut-listing':
      return { ...whole, pageInfo: { ...whole.pageInfo, hasNextPage: false } };
    case 'repeated-page':
      return {
        ...whole,
        pageInfo: { ...whole.pageInfo, hasNextPage: true, endCursor: after ?? sameAgain(null) },
      };
    default:
      return whole;
  }
}
