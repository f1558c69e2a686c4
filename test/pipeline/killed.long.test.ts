import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { startCommand, writeConfig } from '../harness/command-line.ts';
import { startContext, type TestContext } from '../harness/context.ts';
import { png, showing } from '../harness/files.ts';
import { morningOf } from '../harness/small-workspace.ts';

/** When to kill, told by the traces of a run. `usual` is how many requests an undisturbed run sends. */
const moments: readonly ((context: TestContext, since: number, usual: number) => boolean)[] = [
  (context, since) => context.requestCount() > since,
  (context, since, usual) => context.requestCount() >= since + usual / 2,
  (context, since, usual) => context.requestCount() >= since + usual,
  ({ path }) => existsSync(join(path, '.git/ctx/intent.json')),
];

test('R2 builds that are killed, one after the other, leave nothing that the next one does not put right', {
  timeout: 120_000,
}, async () => {
  await using context = await startContext();
  const { workspace } = context;
  picture(workspace, 'OPS-1', 'stays');
  const former = picture(workspace, 'SHOP-1', 'former');
  await context.build();
  const { file, env } = await writeConfig(await context.folder(), context.simulator, context.path);
  morningOf(workspace);
  edits.detachFromIssue(workspace, 'SHOP-1', former);
  for (const mark of ['new', 'newer']) picture(workspace, 'SHOP-1', mark);
  const expected = await context.fresh();
  const before = context.requestCount();
  await context.build({ path: join(await context.folder(), 'repo') });
  const usual = (context.requestCount() - before) / 2;

  for (const isTime of moments) {
    const since = context.requestCount();
    const { child, ended } = startCommand(['build', '--config', file], env, dirname(file));
    while (child.exitCode === null && !isTime(context, since, usual)) await new Promise(setImmediate);
    child.kill('SIGKILL');
    const { code, stderr } = await ended;
    // Null: it was killed. 0: it was quicker than the test at the last moment.
    expect(code ?? 0, stderr).toBe(0);
  }

  const result = await context.build();
  expect(result.errors).toEqual([]);
  expect(context.documents()).toEqual(expected);
  expect([...expected.keys()].filter((path) => path.startsWith('attachments/'))).toHaveLength(3);
  expect(context.git('status', '--porcelain')).toBe('');
  expect(existsSync(join(context.path, '.git/ctx/run/files'))).toBe(false);
  context.git('fsck', '--strict');
});

/** Attaches a picture that the ticket shows. Its id. */
function picture(workspace: Workspace, key: string, mark: string): string {
  const filename = `${mark}.png`;
  const id = edits.attachToIssue(workspace, key, { filename, mimeType: 'image/png', bytes: () => png(mark) });
  const shown = edits.issueOf(workspace, key).attachments.map((attachment) => attachment.filename);
  edits.editIssue(workspace, key, { description: showing(...shown) });
  return id;
}
