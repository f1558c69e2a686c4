import { expect, test, vi } from 'vitest';
import * as edits from '../../../src/demo/github/edits.ts';
import { startGithub } from './harness.ts';
import { openPull, STOREFRONT, smallGithub } from './small-github.ts';

vi.setConfig({ testTimeout: 60_000 });

const FOREVER = Number.POSITIVE_INFINITY;

test('a query that asks for too much is asked by halves, down to one, and all documents come', async () => {
  const workspace = smallGithub();
  for (const nth of [1, 2, 3, 4, 5, 6, 7]) openPull(workspace, STOREFRONT, `Change ${nth}`, 'So');
  await using context = await startGithub({ workspace, detailLimit: 1 });
  const { errors, report } = await context.build();
  expect(errors).toEqual([]);
  expect(report.sources[0]).toMatchObject({ status: 'ok', added: 14 });
  const sizes = context.simulator.requests
    .filter(({ operation }) => operation === 'PullRequests')
    .map(({ variables }) => (variables as { readonly ids: readonly string[] }).ids.length);
  expect(sizes.slice(0, 4)).toEqual([8, 4, 2, 1]);
});

test('a part of an answer that is refused fails its document alone', async () => {
  const workspace = smallGithub();
  await using context = await startGithub({ workspace });
  await context.build();
  const before = context.documents();
  const [id] = [...before.values()].flatMap((text) => /^id: "(I_[^"]+)"/m.exec(text)?.[1] ?? []);
  for (const number of [1, 2, 3]) edits.comment(workspace, STOREFRONT, number, { body: 'News' });
  context.simulator.faults.forbidden.add(id ?? '');
  const { errors, changes } = await context.build();
  expect(errors.map(({ message }) => message)).toEqual([
    `github: document ${id} could not be read: GitHub answered FORBIDDEN`,
  ]);
  expect(changes).toHaveLength(2);
  context.simulator.faults.clear();
  expect((await context.build()).changes).toHaveLength(1);
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});

test.each([
  ['secondary limits', { kind: 'rate-limit', seconds: 2 }],
  ['the end of the quota', { kind: 'rate-limit', retryAfter: 'absent', seconds: 1 }],
  ['gateways', { kind: 'status', status: 502 }],
  ['broken connections', { kind: 'reset' }],
  ['answers that are cut', { kind: 'truncated' }],
] as const)('%s are waited out', async (_, fault) => {
  await using context = await startGithub({ workspace: smallGithub() });
  context.simulator.faults.add({ fault, skip: 1, times: 2 });
  const { errors, report } = await context.build();
  expect(errors).toEqual([]);
  expect(report.sources[0]).toMatchObject({ status: 'ok', added: 7 });
});

const PARTS = {
  'the overview': /operation=Overview/,
  'the list of changes': /\/issues\?/,
  'the states of open pull requests': /operation=PullStates/,
  'the list of discussions': /operation=ChangedDiscussions/,
  'the list of releases': /operation=AllReleases/,
  'the readme': /\/readme/,
} as const;

test.each(Object.entries(PARTS))(
  'R6 %s that fails is told, removes nothing, and is made good by the next run',
  async (_, path) => {
    const workspace = smallGithub();
    await using context = await startGithub({ workspace });
    await context.build();
    const before = context.documents();
    edits.comment(workspace, STOREFRONT, 1, { body: 'News' });
    context.simulator.faults.add({ fault: { kind: 'status', status: 500 }, path, times: FOREVER });
    const { errors } = await context.build();
    expect(errors).not.toEqual([]);
    expect([...context.documents().keys()].sort()).toEqual([...before.keys()].sort());
    context.simulator.faults.clear();
    expect((await context.build()).errors).toEqual([]);
    expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
  },
);

test('a token that is refused ends the run as such, and changes nothing', async () => {
  await using context = await startGithub({ workspace: smallGithub() });
  await context.build();
  const before = context.documents();
  context.simulator.faults.add({ fault: { kind: 'status', status: 401 }, skip: 3, times: FOREVER });
  const { errors, report } = await context.build({ full: true });
  expect(report.sources[0]?.status).toBe('failed');
  expect(errors.map(({ kind }) => kind)).toEqual(['credentials']);
  expect(context.documents()).toEqual(before);
});

test('a service that is out of order ends the reading of its documents after a few', async () => {
  const workspace = smallGithub();
  for (let nth = 0; nth < 30; nth += 1) edits.createIssue(workspace, STOREFRONT, { title: `Trouble ${nth}` });
  await using context = await startGithub({ workspace });
  context.simulator.faults.add({
    fault: { kind: 'status', status: 503 },
    path: /operation=Issues/,
    times: FOREVER,
  });
  const { errors } = await context.build();
  expect(errors.length).toBeGreaterThan(0);
  expect(context.simulator.requests.filter(({ operation }) => operation === 'Issues').length).toBeLessThan(
    40,
  );
  context.simulator.faults.clear();
  await context.build();
  expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
});
