import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { include, OTHER, smallWorkspace, textFile } from '../../harness/small-workspace.ts';
import { create, documentOf, expectAsFresh, macro, picture, start } from './pages.ts';

test('included pages show what they include themselves, with its mentions, files and live lists, and cycles end', async () => {
  const workspace = smallWorkspace();
  const inner = create(
    workspace,
    'Inner',
    `<p>Deep, ask <ac:link><ri:user ri:account-id="${OTHER}" /></ac:link>.</p>${picture('deep.txt')}${include('Outer', 'ENG')}`,
    { space: 'OPS' },
  );
  edits.attachFile(workspace, inner, textFile('deep.txt'));
  create(workspace, 'Middle', `${include('Inner', 'OPS')}${macro('children')}`);
  create(workspace, 'Outer', include('Middle'));
  await using context = await start(workspace);
  await expectAsFresh(context);
  const { facts, body } = documentOf(context, 'confluence/ENG/outer.md');
  expect(body).toContain('Deep, ask @Bo.');
  expect(facts.people).toHaveProperty(OTHER, 'Bo');
  expect(facts.attachments?.map(({ name }) => name)).toEqual(['deep.txt']);
  expect(facts.fields?.includes).toHaveLength(2);
  edits.editPage(workspace, inner, { body: '<p>Deeper.</p>' });
  await expectAsFresh(context);
  expect(documentOf(context, 'confluence/ENG/outer.md').body).toContain('Deeper.');
});
