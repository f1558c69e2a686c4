import { expect, test } from 'vitest';
import { followPages, type Page } from '../../src/connectors/pages.ts';
import { ctxError } from '../../src/core/errors/index.ts';

const from = { source: 'wiki', what: 'the list' };

async function follow(page: (token: string | undefined) => Page<number>): Promise<number[]> {
  const pages = await Array.fromAsync(followPages(from, async (token) => page(token)));
  return pages.flat();
}

test('a listing ends where no token follows, and empty pages on the way do not end it', async () => {
  const pages: Record<string, Page<number>> = {
    first: { items: [1, 2], next: 'second' },
    second: { items: [], next: 'third' },
    third: { items: [3], next: undefined },
  };
  expect(await follow((token = 'first') => pages[token] as Page<number>)).toEqual([1, 2, 3]);
});

test('a token that comes twice fails', async () => {
  const again = follow(() => ({ items: [1], next: 'again' }));
  await expect(again).rejects.toThrow('wiki: the list: the token of a page came twice');
});

test('a listing of nothing but empty pages fails', async () => {
  let pages = 0;
  const endless = follow(() => {
    pages += 1;
    return { items: [], next: String(pages) };
  });
  await expect(endless).rejects.toThrow('wiki: the list: 101 empty pages came in a row');
});

test('while a page is read the next one is on its way', async () => {
  const asked: (string | undefined)[] = [];
  const pages = followPages(from, async (token) => {
    asked.push(token);
    return { items: [asked.length], next: asked.length < 4 ? `page ${asked.length + 1}` : undefined };
  });
  await pages.next();
  expect(asked).toEqual([undefined, 'page 2']);
  await pages.next();
  expect(asked).toEqual([undefined, 'page 2', 'page 3']);
  await pages.return(undefined);
});

test('what becomes of a page is told when it is wanted, and of nobody else', async () => {
  const failing = async (token: string | undefined): Promise<Page<number>> => {
    if (token !== undefined) throw new Error('out of order');
    return { items: [1], next: 'second' };
  };
  const read = followPages(from, failing);
  expect((await read.next()).value).toEqual([1]);
  await expect(read.next()).rejects.toThrow('out of order');
  const left = followPages(from, failing);
  await left.next();
  // Vitest fails of a rejection that nobody handles.
  await left.return(undefined);
});

test('a token that is refused is no fault of the request', async () => {
  const cause = ctxError('http.bad-request', { source: 'wiki', request: 'GET site/list', status: 400 });
  const expired = follow((token) => {
    if (token !== undefined) throw cause;
    return { items: [1], next: 'second' };
  });
  await expect(expired).rejects.toMatchObject({ code: 'source.unexpected-answer', cause });
  const refused = follow(() => {
    throw cause;
  });
  await expect(refused).rejects.toBe(cause);
});
