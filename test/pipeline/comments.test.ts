import { expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { startContext } from '../harness/context.ts';
import { OTHER } from '../harness/small-workspace.ts';

test('R3 resolving one inline comment and reopening another shows, though the counts stay', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  const { workspace } = context;
  const page = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  const add = (ref: string) =>
    edits.addComment(workspace, page, {
      body: `<p>${ref}?</p>`,
      on: { selection: 'work', ref },
      by: OTHER,
    });
  const [one, two] = [add('one'), add('two')];
  edits.resolveComment(workspace, one);
  await context.build();
  edits.resolveComment(workspace, one, { status: 'reopened' });
  edits.resolveComment(workspace, two);
  await context.build();
  expect(context.documents()).toEqual(await context.fresh());
});
