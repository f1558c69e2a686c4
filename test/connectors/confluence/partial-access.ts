import { expect } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { reportOf, type TestContext } from '../../harness/context.ts';
import { type Rewrite, startRewritingProxy } from '../../harness/rewriting-proxy.ts';
import { include, ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, expectAsFresh, idOf, start } from './pages.ts';

const SET_UP = 'confluence/ENG/guide/set-up.md';
/** Stands in what is written when a page is open no more. */
export const SECRET = 'zebra';

const has = (context: TestContext, path: string) => context.documents().has(path);

/** A build of the small workspace whose answers are rewritten. */
export async function buildRewritten(context: TestContext, rewrite: Rewrite) {
  await using proxy = await startRewritingProxy(context.simulator.url);
  proxy.rewrite = rewrite;
  return await context.build({ confluence: { url: proxy.url, gateway: proxy.url } });
}

/** The page is in no listing, so that it is asked for as what is above another. */
const unlisted =
  (id: string): Rewrite =>
  (path, body) =>
    /\/pages\?/.test(path)
      ? { ...body, results: body.results.filter((page: { id: string }) => page.id !== id) }
      : undefined;

export const readers = (of: object) => ({
  restrictions: { user: { results: [], ...of }, group: { results: [] } },
});

/** A page whose own restrictions the answers show so is withheld, and only that page. */
export async function expectWithheldFor(read: object, access: 'restricted' | 'unknown'): Promise<void> {
  const workspace = smallWorkspace();
  const id = idOf(workspace, 'Set-up');
  await using context = await start(workspace);
  const result = await buildRewritten(context, (path, body) => {
    if (path.includes(`/content/${id}/restriction/`)) return read;
    if (!path.includes('/content/search')) return undefined;
    const results = body.results.map((page: { id: string }) =>
      page.id === id ? { ...page, restrictions: { read } } : page,
    );
    return { ...body, results };
  });
  expect(has(context, SET_UP)).toBe(false);
  expect(has(context, 'confluence/ENG/guide.md')).toBe(true);
  expect(result.errors.map(({ code }) => code)).toEqual(
    access === 'unknown' ? ['source.access-unknown'] : [],
  );
  expect(reportOf(result, 'confluence').failed).toBe(access === 'unknown' ? 1 : 0);
}

/** What comes of the page below `Guide` when that is in no listing and the answers are rewritten, and what the run says. */
export async function expectBelowGuide(
  more: (guide: string) => Rewrite,
  isWritten: boolean,
  codes: readonly string[],
): Promise<void> {
  const workspace = smallWorkspace();
  const guide = idOf(workspace, 'Guide');
  await using context = await start(workspace);
  const rewrite = more(guide);
  const result = await buildRewritten(
    context,
    (path, body) => rewrite(path, body) ?? unlisted(guide)(path, body),
  );
  expect(result.errors.map(({ code }) => code)).toEqual(codes);
  expect([...context.documents().keys()].some((path) => path.endsWith('set-up.md'))).toBe(isWritten);
}

/** What happens when the first text is asked for, which is after all listings. */
export function meanwhile({ simulator: { faults } }: TestContext, happens: () => void): void {
  const { take } = faults;
  faults.take = (method, url) => {
    if (/body-format=storage/.test(url)) {
      faults.take = take;
      happens();
    }
    return take(method, url);
  };
}

/** What happens to a page that others show, while a run reads, brings nothing in that was not for everyone. */
export async function expectNothingMeanwhile(
  happens: (context: TestContext, id: string) => void,
): Promise<void> {
  const workspace = smallWorkspace();
  edits.restrictPage(workspace, create(workspace, 'Closed', ''), { users: [ME] });
  const part = create(workspace, 'Part', '<p>Open.</p>');
  edits.addComment(workspace, part, { body: '<p>Well.</p>' });
  create(workspace, 'Shows it', include('Part'));
  await using context = await start(workspace);
  meanwhile(context, () => happens(context, part));
  const { errors } = await context.build();
  expect(errors.map(({ message }) => message).join('\n')).toContain(part);
  expect([...context.files().values()].join('\n')).not.toContain(SECRET);
  await expectAsFresh(context);
  expect([...context.files().values()].join('\n')).not.toContain(SECRET);
}
