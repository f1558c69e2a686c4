import { ctxError, isCtxError } from '../core/errors/index.ts';

/** One page of a listing; `next` leads to the following one and is absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** Pages that hold nothing are usual where a service filters after it has counted; so many in a row are an error. */
const EMPTY_PAGES_IN_A_ROW = 100;

/**
 * The pages of a listing, in order. It ends where the service says that it ends. One that would never end, because a
 * token comes again or because nothing but empty pages follows, fails with `source.unexpected-answer`, as does one whose
 * token is refused. While a page is read the next one is on its way.
 */
export async function* followPages<T>(
  { source, what }: { readonly source: string; readonly what: string },
  page: (token: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  const unexpected = (problem: string, cause?: unknown) =>
    ctxError('source.unexpected-answer', { source, what, problem }, cause);
  const tokens = new Set<string>();
  const following = async (next: string): Promise<Page<T>> => {
    if (tokens.has(next)) throw unexpected('the token of a page came twice');
    tokens.add(next);
    try {
      return await page(next);
    } catch (error) {
      // The same request was good without the token: it is the token that has expired.
      if (!isCtxError(error) || !error.is('http.bad-request')) throw error;
      throw unexpected('the token of its next page was refused', error);
    }
  };
  let empty = 0;
  let coming: Promise<Page<T>> | undefined = page(undefined);
  while (coming !== undefined) {
    const { items, next }: Page<T> = await coming;
    empty = items.length === 0 ? empty + 1 : 0;
    if (empty > EMPTY_PAGES_IN_A_ROW) throw unexpected(`${empty} empty pages came in a row`);
    coming = next === undefined ? undefined : following(next);
    // It is awaited later, if at all; until then a failure must not count as unhandled.
    coming?.catch(() => {});
    yield items;
  }
}
