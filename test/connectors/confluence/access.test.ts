import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../../src/cli/exit-codes.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { reportOf, type TestContext } from '../../harness/context.ts';
import { type Rewrite, startRewritingProxy } from '../../harness/rewriting-proxy.ts';
import { include, ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, expectAsFresh, idOf, macro, start } from './pages.ts';

const SET_UP = 'confluence/ENG/guide/set-up.md';
const has = (context: TestContext, path: string) => context.documents().has(path);

/** A build of the small workspace whose answers are rewritten. */
async function buildRewritten(context: TestContext, rewrite: Rewrite) {
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

const readers = (of: object) => ({ restrictions: { user: { results: [], ...of }, group: { results: [] } } });

describe('R1 restrictions that an answer shows in part', () => {
  test.each([
    ['its users are on another page', readers({ size: 3 }), 'restricted'],
    ['its users are only counted', readers({ size: 0, totalSize: 2 }), 'restricted'],
    ['it names no list of groups', { restrictions: { user: { results: [] } } }, 'unknown'],
    ['it names no lists', { restrictions: {} }, 'unknown'],
    ['it says nothing', {}, 'unknown'],
  ])('%s', async (_, read, access) => {
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
  });
});

describe('R1 what is above a page', () => {
  const cases: [string, (guide: string) => Rewrite, boolean, string[]][] = [
    ['is asked for when no listing has it', () => () => undefined, true, []],
    [
      'is not found',
      (guide) => (path) => (path.includes(`/pages/${guide}`) ? 404 : undefined),
      false,
      ['source.access-unknown'],
    ],
    [
      'is archived and restricted',
      (guide) => (path, body) => {
        if (path.includes(`/pages/${guide}`)) return { ...body, status: 'archived' };
        return path.includes(`/content/${guide}/restriction`) ? readers({ results: [{}] }) : undefined;
      },
      false,
      [],
    ],
    [
      'has restrictions that can not be read',
      (guide) => (path) => (path.includes(`/content/${guide}/restriction`) ? 403 : undefined),
      false,
      ['source.access-unknown'],
    ],
  ];
  test.each(cases)('%s', async (_, more, isWritten, codes) => {
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
  });

  test('is of a kind that we do not know, goes round in circles, or is a folder of unknown access', async () => {
    const workspace = smallWorkspace();
    const [guide, setUp, postgres] = ['Guide', 'Set-up', 'Use Postgres'].map((title) =>
      idOf(workspace, title),
    );
    await using context = await start(workspace);
    const parents =
      (of: Record<string, object>): Rewrite =>
      (path, body) =>
        /\/pages\?/.test(path)
          ? { ...body, results: body.results.map((page: { id: string }) => ({ ...page, ...of[page.id] })) }
          : undefined;
    await context.build();
    const before = context.documents();
    for (const [rewrite, failed] of [
      [parents({ [setUp as string]: { parentId: '77', parentType: 'scroll' } }), [setUp]],
      [parents({ [guide as string]: { parentId: setUp } }), [guide, setUp]],
      [(path) => (/\/restriction\//.test(path) ? 500 : undefined), [postgres]],
    ] as [Rewrite, string[]][]) {
      const result = await buildRewritten(context, rewrite);
      const params = result.errors.map((error) => error.is('source.access-unknown') && error.params.id);
      expect(params.sort()).toEqual(failed.sort());
      expect(exitCodeOfRun(result.errors, true)).toBe(4);
    }
    expect([...context.documents().keys()]).toEqual([...before.keys()]);
  });
});

describe('R1 while a run reads', () => {
  /** What happens when the first text is asked for, which is after all listings. */
  function meanwhile({ simulator: { faults } }: TestContext, happens: () => void): void {
    const { take } = faults;
    faults.take = (method, url) => {
      if (/body-format=storage/.test(url)) {
        faults.take = take;
        happens();
      }
      return take(method, url);
    };
  }

  const SECRET = 'zebra';
  const cases: [string, (context: TestContext, id: string) => void][] = [
    [
      'a page is restricted and written',
      ({ workspace }, id) => {
        edits.restrictPage(workspace, id, { users: [ME] });
        edits.editPage(workspace, id, { body: `<p>${SECRET}</p>` });
      },
    ],
    [
      'a page is moved below a restricted one and written',
      ({ workspace }, id) => {
        edits.movePage(workspace, id, { parent: idOf(workspace, 'Closed') });
        edits.editPage(workspace, id, { body: `<p>${SECRET}</p>` });
      },
    ],
    [
      'a page is restricted and talked about',
      ({ workspace }, id) => {
        edits.restrictPage(workspace, id, { users: [ME] });
        edits.addComment(workspace, id, { body: `<p>${SECRET}</p>` });
      },
    ],
  ];
  test.each(cases)('%s: nothing that it was not open for comes in', async (_, happens) => {
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
  });

  test('an open page is written: its text is the latest', async () => {
    const workspace = smallWorkspace();
    const part = create(workspace, 'Part', '<p>Open.</p>');
    await using context = await start(workspace);
    meanwhile(context, () => edits.editPage(workspace, part, { body: '<p>News.</p>' }));
    expect((await context.build()).errors).toEqual([]);
    expect(context.documents().get('confluence/ENG/part.md')).toContain('News.');
  });
});

test('R1 a list that names a page which went restricted goes too, when the space of the list failed meanwhile', async () => {
  const workspace = smallWorkspace();
  const part = create(workspace, 'Zebra', '<p>Open.</p>');
  edits.addLabel(workspace, part, 'deal');
  const list = macro('contentbylabel', { cql: 'label = "deal"' });
  create(workspace, 'What is new', list, { space: 'OPS' });
  await using context = await start(workspace);
  await expectAsFresh(context);
  const shown = () => context.documents().get('confluence/OPS/what-is-new.md') ?? '';
  expect(shown()).toContain('Zebra');
  edits.restrictPage(workspace, part, { users: [ME] });
  const { id } = edits.spaceByKey(workspace, 'OPS');
  const path = new RegExp(`spaces/${id}/pages`);
  const once = { fault: { kind: 'status', status: 500 }, path, times: Number.POSITIVE_INFINITY } as const;
  context.simulator.faults.add(once);
  // Its single answer fails as well: the page is kept as it was.
  context.simulator.faults.add({ ...once, path: /\/pages\?.*status=.*id=|\/pages\?id=/ });
  await context.build();
  context.simulator.faults.clear();
  await context.build();
  expect(shown()).not.toContain('Zebra');
});
