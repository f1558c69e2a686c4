import type { Answer } from '../../answer.ts';
import type { InRepository, RestCall } from './call.ts';

const DEFAULT_PAGE = 30;
const MAX_PAGE = 100;

export interface Page {
  readonly number: number;
  readonly size: number;
}

/** Of pages that are too large the service makes the largest that there is, and of nonsense the first. */
export function pageAsked({ query, pageLimit }: RestCall): Page {
  const size = Number(query.get('per_page') ?? DEFAULT_PAGE) || DEFAULT_PAGE;
  const number = Number(query.get('page') ?? 1) || 1;
  return { number: Math.max(1, number), size: Math.min(Math.max(1, size), MAX_PAGE, pageLimit) };
}

export function slice<T>(items: readonly T[], { number, size }: Page): T[] {
  return items.slice((number - 1) * size, number * size);
}

/** A page of `items`, with the `Link` header that leads to others: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function listed<T>(
  call: RestCall | InRepository,
  items: readonly T[],
  view: (item: T) => unknown,
): Answer {
  const page = pageAsked(call);
  const body = slice(items, page).map(view);
  return { status: 200, headers: linkHeader(call, page, Math.ceil(items.length / page.size)), body };
}

export function linkHeader(
  call: RestCall | InRepository,
  { number }: Page,
  last: number,
): Readonly<Record<string, string>> {
  const links = [
    ...(number > 1 ? [linkTo(call, number - 1, 'prev')] : []),
    ...(number < last ? [linkTo(call, number + 1, 'next'), linkTo(call, last, 'last')] : []),
    ...(number > 1 ? [linkTo(call, 1, 'first')] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(', ') };
}

/** Repositories are called by their ids there, so that a listing goes on when they are renamed. */
export function linkTo(call: RestCall | InRepository, page: number, rel: string): string {
  const query = new URLSearchParams(call.query);
  query.set('page', String(page));
  return `<${call.api}${stablePath(call)}?${query}>; rel="${rel}"`;
}

function stablePath(call: RestCall | InRepository): string {
  if (!('repository' in call)) return call.path;
  const { repository, path } = call;
  const rest = path.replace(/^\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)/, '');
  return `/repositories/${repository.databaseId}${rest}`;
}
