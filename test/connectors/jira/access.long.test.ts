import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { startContext } from '../../harness/context.ts';
import { startRewritingProxy } from '../../harness/rewriting-proxy.ts';
import { paragraph, smallWorkspace } from '../../harness/small-workspace.ts';

const SECRET = 'zebra';

test('R1 a level that no answer shows and the search has not seen yet is found all the same', async () => {
  const workspace = smallWorkspace();
  await using context = await startContext({ workspace, sources: ['jira'] });
  await using proxy = await startRewritingProxy(context.simulator.url);
  const withoutLevel = (issue: { readonly fields: object }) => ({
    ...issue,
    fields: { ...issue.fields, security: undefined },
  });
  proxy.rewrite = (path, body) =>
    path.includes('bulkfetch') ? { ...body, issues: body.issues.map(withoutLevel) } : undefined;
  const behind = { jira: { url: proxy.url, gateway: proxy.url } };
  expect((await context.build(behind)).errors).toEqual([]);
  expect([...context.documents().keys()]).toEqual([...(await context.fresh()).keys()]);
  edits.secureIssue(workspace, 'SHOP-2', 'inner');
  edits.editIssue(workspace, 'SHOP-2', { description: paragraph(SECRET) });
  context.simulator.faults.searchLag = 2;
  const { errors, changes } = await context.build({ ...behind, full: true });
  expect(errors).toEqual([]);
  expect(changes).toContainEqual(expect.objectContaining({ kind: 'deleted', reason: 'restricted' }));
  expect([...context.files().values()].join('\n')).not.toContain(SECRET);
});

test('R6 comments that come twice in the place of others are not all comments', async () => {
  const workspace = smallWorkspace();
  await using context = await startContext({ workspace, sources: ['jira'], embeddedComments: 1 });
  await using proxy = await startRewritingProxy(context.simulator.url);
  const behind = { jira: { url: proxy.url, gateway: proxy.url } };
  await context.build(behind);
  const before = context.documents();
  edits.editIssue(workspace, 'SHOP-2', { description: paragraph('Edited.') });
  proxy.rewrite = (path, body) =>
    /\/comment\?/.test(path) ? { ...body, comments: body.comments.map(() => body.comments[0]) } : undefined;
  const { errors } = await context.build(behind);
  expect(errors.map(({ code }) => code)).toEqual(['source.document-failed']);
  expect(context.documents()).toEqual(before);
  proxy.rewrite = () => undefined;
  await context.build(behind);
  expect(context.documents()).toEqual(await context.fresh(behind));
});
