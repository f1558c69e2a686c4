import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../../src/cli/exit-codes.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { TestContext } from '../../harness/context.ts';
import type { Rewrite } from '../../harness/rewriting-proxy.ts';
import { ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, expectAsFresh, idOf, macro, start } from './pages.ts';
import {
  buildRewritten,
  expectBelowGuide,
  expectNothingMeanwhile,
  expectWithheldFor,
  meanwhile,
  readers,
  SECRET,
} from './partial-access.ts';

describe('R1 restrictions that an answer shows in part', () => {
  test.each([
    ['its users are only counted', readers({ size: 0, totalSize: 2 }), 'restricted'],
    ['it names no list of groups', { restrictions: { user: { results: [] } } }, 'unknown'],
    ['it names no lists', { restrictions: {} }, 'unknown'],
  ] as const)('%s', (_, read, access) => expectWithheldFor(read, access));
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
  ];
  test.each(cases)('%s', (_, more, isWritten, codes) => expectBelowGuide(more, isWritten, codes));

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
  const cases: [string, (context: TestContext, id: string) => void][] = [
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
  test.each(cases)('%s: nothing that it was not open for comes in', (_, happens) =>
    expectNothingMeanwhile(happens),
  );

  test('a page is restricted and written: nothing that it was not open for comes in', () =>
    expectNothingMeanwhile(({ workspace }, id) => {
      edits.restrictPage(workspace, id, { users: [ME] });
      edits.editPage(workspace, id, { body: `<p>${SECRET}</p>` });
    }));

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

test('R1 what is above a page has restrictions that can not be read', () =>
  expectBelowGuide(
    (guide) => (path) => (path.includes(`/content/${guide}/restriction`) ? 403 : undefined),
    false,
    ['source.access-unknown'],
  ));
