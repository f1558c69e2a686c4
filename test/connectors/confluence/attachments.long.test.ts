import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { reportOf } from '../../harness/context.ts';
import { smallWorkspace, textFile } from '../../harness/small-workspace.ts';
import { create, documentOf, expectAsFresh, FOREVER, picture, start } from './pages.ts';

const LISTING = /\/api\/v2\/attachments\?/;

describe('attachments', () => {
  const shown = 'confluence/ENG/shown.md';

  test('R3 count as before when their list cannot be read, and documents go on', async () => {
    const workspace = smallWorkspace();
    const id = create(workspace, 'Shown', picture('a.txt'));
    edits.attachFile(workspace, id, textFile('a.txt'));
    await using context = await start(workspace);
    await context.build();
    edits.editPage(workspace, id, { body: `<p>Now:</p>${picture('a.txt')}${picture('b.txt')}` });
    edits.attachFile(workspace, id, textFile('b.txt'));
    context.simulator.faults.add({ fault: { kind: 'status', status: 500 }, path: LISTING, times: FOREVER });
    const result = await context.build();
    expect(reportOf(result, 'confluence')).toMatchObject({
      status: 'partial',
      modified: 1,
      failed: 0,
      deleted: 0,
    });
    expect(documentOf(context, shown).body).toContain('Now:');
    expect(documentOf(context, shown).facts.attachments).toMatchObject([{ name: 'a.txt', version: 1 }]);
    context.simulator.faults.clear();
    await expectAsFresh(context);
    expect(documentOf(context, shown).facts.attachments).toHaveLength(2);
  });
});
