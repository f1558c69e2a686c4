import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { startContext } from '../../harness/context.ts';
import { OTHER, paragraph, smallWorkspace } from '../../harness/small-workspace.ts';

const SECRET = 'zebra';

test('R1 a ticket that gets a level while its comments are read: what is said then does not come in', async () => {
  const workspace = smallWorkspace();
  await using context = await startContext({ workspace, sources: ['jira'], embeddedComments: 2 });
  const edit = () => {
    edits.secureIssue(workspace, 'SHOP-2', 'inner');
    edits.commentIssue(workspace, 'SHOP-2', { body: paragraph(SECRET), by: OTHER });
  };
  context.simulator.faults.add({ path: /\/comment\?/, fault: { kind: 'edit', edit } });
  const { errors } = await context.build();
  expect(context.simulator.faults.given).toHaveLength(1);
  expect(errors.map(({ code }) => code)).toEqual(['source.document-failed']);
  expect((await context.build()).errors).toEqual([]);
  expect([...context.files().values()].join('\n')).not.toContain(SECRET);
});
