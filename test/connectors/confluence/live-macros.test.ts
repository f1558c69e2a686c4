import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { ME, OTHER, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, documentOf, macro, start } from './pages.ts';

describe('macros that only the service can render', () => {
  const list = 'confluence/ENG/list.md';

  test('R1 do not name pages that are not for everyone, though the account may see them', async () => {
    const workspace = smallWorkspace();
    const parent = create(workspace, 'List', macro('children'));
    const secret = create(workspace, 'Merger', '<p>x</p>', { parent });
    create(workspace, 'Open', '<p>x</p>', { parent });
    edits.restrictPage(workspace, secret, { users: [ME] });
    await using context = await start(workspace);
    await context.build();
    expect(documentOf(context, list).body).toContain('Open');
    const everything = () => [...context.files()].flat().join('\n');
    expect(everything()).not.toContain('Merger');
    edits.unrestrictPage(workspace, secret);
    edits.editPage(workspace, parent, { body: `<p>Now</p>${macro('children')}` });
    await context.build();
    expect(documentOf(context, list).body).toContain('Merger');
    edits.restrictPage(workspace, secret, { users: [ME] });
    await context.build();
    expect(everything()).not.toContain('Merger');
  });
});

test('page properties are fields, as text', async () => {
  const workspace = smallWorkspace();
  const row = (name: string, value: string) => `<tr><th><p>${name}</p></th><td><p>${value}</p></td></tr>`;
  const table = `<table><tbody>${row('Owner', `<ac:link><ri:user ri:account-id="${OTHER}" /></ac:link>`)}${row('Status', macro('status', { title: 'DONE' }))}${row('password', 'hunter2hunter2')}</tbody></table>`;
  create(workspace, 'Facts', macro('details', {}, table));
  await using context = await start(workspace);
  await context.build();
  expect(documentOf(context, 'confluence/ENG/facts.md').facts.fields?.properties).toEqual({
    Owner: '@Bo',
    Status: 'DONE',
    password: expect.stringContaining('[redacted:'),
  });
});

test('the footnotes of a page and of a comment on it stay apart', async () => {
  const workspace = smallWorkspace();
  const note = (text: string) => `<p>x${macro('footnote', {}, `<p>${text}</p>`)}</p>`;
  const page = create(workspace, 'Notes', note('of the page'));
  const comment = edits.addComment(workspace, page, { body: note('of the comment') });
  await using context = await start(workspace);
  await context.build();
  const { body } = documentOf(context, 'confluence/ENG/notes.md');
  expect(body).toContain('x[^1]\n\n[^1]: of the page\n');
  expect(body).toContain(`x[^comment-${comment}-1]\n\n[^comment-${comment}-1]: of the comment\n`);
});
