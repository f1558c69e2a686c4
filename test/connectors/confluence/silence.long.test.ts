import { expect, test } from 'vitest';
import { exitCodeOfRun } from '../../../src/cli/exit-codes.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { type Rewrite, startRewritingProxy } from '../../harness/rewriting-proxy.ts';
import { OTHER, smallWorkspace } from '../../harness/small-workspace.ts';
import { FOREVER, idOf, start } from './pages.ts';

/** A built repository, whose next builds have their answers rewritten. */
async function builtBehindProxy() {
  const workspace = smallWorkspace();
  const stack = new AsyncDisposableStack();
  const context = stack.use(await start(workspace, { confluence: { spaces: ['ENG', 'OPS'] } }));
  const proxy = stack.use(await startRewritingProxy(context.simulator.url));
  const build = (rewrite: Rewrite = () => undefined) => {
    proxy.rewrite = rewrite;
    return context.build({ confluence: { url: proxy.url, gateway: proxy.url } });
  };
  await build();
  const fresh = () => context.fresh({ confluence: { url: proxy.url, gateway: proxy.url } });
  return { workspace, context, build, fresh, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

interface Item {
  readonly id: string;
  readonly key?: string;
}

const without = (body: { readonly results: readonly Item[] }, isOut: (item: Item) => boolean) => ({
  ...body,
  results: body.results.filter((item) => !isOut(item)),
});

test('R6 a site that listed files before and answers 404 now has not lost them: they stay, and the run says so', async () => {
  const workspace = smallWorkspace();
  await using context = await start(workspace, { confluence: { attachments: 'all' } });
  await context.build();
  const guide = idOf(workspace, 'Guide');
  edits.editPage(workspace, guide, { body: '<p>Edited.</p>' });
  const fresh = await context.fresh();
  context.simulator.faults.add({
    fault: { kind: 'status', status: 404 },
    path: /\/api\/v2\/attachments\?/,
    times: FOREVER,
  });
  const { errors } = await context.build();
  expect(exitCodeOfRun(errors, true)).toBe(4);
  expect(context.documents()).toEqual(fresh);
});

test('R6 a document that shows fewer comments than the site lists is asked once more', async () => {
  await using site = await builtBehindProxy();
  const { workspace, context, build, fresh } = site;
  const page = idOf(workspace, 'Set-up');
  for (const [round, path] of [`/pages/${page}/footer-comments`, '/children'].entries()) {
    edits.editPage(workspace, page, { body: `<p>Edited ${round}.</p>` });
    let lost = 0;
    const { errors } = await build((asked, body) => {
      if (!asked.includes(path) || lost > 0) return undefined;
      lost += 1;
      return without(body, () => true);
    });
    expect([errors, lost]).toEqual([[], 1]);
    expect(context.documents()).toEqual(await fresh());
  }
});

test('R6 a page whose own answer does not tell where it went stays, and the run says so', async () => {
  await using site = await builtBehindProxy();
  const { workspace, context, build } = site;
  const before = context.documents();
  const page = idOf(workspace, 'Set-up');
  for (const member of ['status', 'spaceId']) {
    const { errors } = await build((path, body) => {
      if (/\/spaces\/\d+\/pages\?/.test(path)) return without(body, ({ id }) => id === page);
      if (!/\/api\/v2\/pages\?.*id=/.test(path)) return undefined;
      return { ...body, results: body.results.map((item: Item) => ({ ...item, [member]: undefined })) };
    });
    expect(errors.map(({ code }) => code)).toEqual(['source.document-failed']);
    expect(context.documents()).toEqual(before);
  }
});

test('R6 a page that moved into a space of ours that was not found has not moved out', async () => {
  await using site = await builtBehindProxy();
  const { workspace, context, build, fresh } = site;
  const before = [...context.documents().keys()];
  edits.movePage(workspace, idOf(workspace, 'Use Postgres'), { parent: idOf(workspace, 'Runbook', 'OPS') });
  const { changes } = await build((path, body) =>
    path.includes('/api/v2/spaces?') ? without(body, ({ key }) => key === 'OPS') : undefined,
  );
  expect(changes.filter(({ kind }) => kind === 'deleted')).toEqual([]);
  expect([...context.documents().keys()]).toEqual(before);
  await build();
  expect(context.documents()).toEqual(await fresh());
});

test('names that the common answer leaves out are asked for singly, and only a single answer takes one away', async () => {
  await using site = await builtBehindProxy();
  const { context, build } = site;
  const before = context.documents();
  const bulk: Rewrite = (path, body) => (path.includes('users-bulk') ? without(body, () => true) : undefined);
  expect((await build(bulk)).errors).toEqual([]);
  expect(context.documents()).toEqual(before);
  const single = (status: number): Rewrite => {
    return (path, body) =>
      path.includes('/rest/api/user?') && path.includes(OTHER) ? status : bulk(path, body);
  };
  const { errors } = await build(single(403));
  expect(exitCodeOfRun(errors, true)).toBe(4);
  expect(context.documents()).toEqual(before);
  expect((await build(single(404))).errors).toEqual([]);
  expect([...context.documents().values()].join('\n')).toContain('Former user');
});
