import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { include, ME, smallWorkspace, textFile } from '../../harness/small-workspace.ts';
import { create, documentOf, expectAsFresh, idOf, picture, start } from './pages.ts';

describe('attachments', () => {
  const shown = 'confluence/ENG/shown.md';

  test('R3 of a page are its facts; a new version, a removal and a new file show', async () => {
    const workspace = smallWorkspace();
    const id = create(workspace, 'Shown', `${picture('a.txt')}<p>Text</p>`);
    const attached = edits.attachFile(workspace, id, textFile('a.txt'));
    edits.attachFile(workspace, id, textFile('b.txt'));
    await using context = await start(workspace);
    await expectAsFresh(context);
    const names = () =>
      documentOf(context, shown).facts.attachments?.map(({ name, version }) => [name, version]);
    expect(names()).toEqual([
      ['a.txt', 1],
      ['b.txt', 1],
    ]);
    edits.attachFile(workspace, id, textFile('a.txt', 'another text'));
    await expectAsFresh(context);
    expect(names()?.[0]).toEqual(['a.txt', 2]);
    edits.removeFile(workspace, attached);
    await expectAsFresh(context);
    expect(names()).toEqual([['b.txt', 1]]);
    edits.attachFile(workspace, id, textFile('a.txt'));
    await expectAsFresh(context);
    expect(names()?.[0]).toEqual(['a.txt', 1]);
  });

  test('R3 of another page are facts where they are shown, and are missed until they are there', async () => {
    const workspace = smallWorkspace();
    const guide = idOf(workspace, 'Guide');
    create(workspace, 'Shown', picture('a.txt', '<ri:page ri:content-title="Guide" />'));
    await using context = await start(workspace);
    await expectAsFresh(context);
    expect(documentOf(context, shown).facts.attachments).toBeUndefined();
    const attached = edits.attachFile(workspace, guide, textFile('a.txt'));
    await expectAsFresh(context);
    expect(documentOf(context, shown).facts.attachments).toMatchObject([{ id: attached, version: 1 }]);
    edits.attachFile(workspace, guide, textFile('a.txt', 'other'));
    await expectAsFresh(context);
    edits.removeFile(workspace, attached);
    await expectAsFresh(context);
    edits.attachFile(workspace, guide, textFile('a.txt'));
    edits.restrictPage(workspace, guide, { users: [ME] });
    await expectAsFresh(context);
    expect([...context.documents().values()].join('\n')).not.toContain('att1');
    edits.unrestrictPage(workspace, guide);
    await expectAsFresh(context);
    expect(documentOf(context, shown).facts.attachments).toHaveLength(1);
  });
});

describe('included pages', () => {
  const around = 'confluence/ENG/around.md';

  test('R3 show, and show anew when they change, are renamed, move, go, are restricted or come back', async () => {
    const workspace = smallWorkspace();
    const part = create(workspace, 'Part', '<p>The first part.</p>');
    create(workspace, 'Around', `<p>See:</p>${include('Part')}`);
    await using context = await start(workspace);
    const shows = () => documentOf(context, around).body;
    await expectAsFresh(context);
    expect(shows()).toContain('The first part.');
    expect(documentOf(context, around).facts.fields?.includes).toEqual([{ id: part, version: 1 }]);
    edits.editPage(workspace, part, { body: '<p>The second part.</p>' });
    await expectAsFresh(context);
    expect(shows()).toContain('The second part.');
    edits.retitlePage(workspace, part, 'Piece');
    await expectAsFresh(context);
    expect(shows()).toContain('Piece');
    edits.retitlePage(workspace, part, 'Shard', { refactorLinks: false });
    await expectAsFresh(context);
    expect(shows()).not.toContain('second part');
    edits.retitlePage(workspace, part, 'Piece', { refactorLinks: false });
    await expectAsFresh(context);
    expect(shows()).toContain('The second part.');
    edits.restrictPage(workspace, part, { users: [ME] });
    await expectAsFresh(context);
    expect([...context.documents().values()].join('\n')).not.toContain('second part');
    edits.unrestrictPage(workspace, part);
    await expectAsFresh(context);
    expect(shows()).toContain('The second part.');
    edits.movePage(workspace, part, { parent: idOf(workspace, 'Runbook', 'OPS') }, { refactorLinks: false });
    await expectAsFresh(context);
    expect(shows()).not.toContain('second part');
    edits.movePage(workspace, part, { parent: idOf(workspace, 'Guide') });
    await expectAsFresh(context);
    edits.trashPage(workspace, part);
    await expectAsFresh(context);
    expect(shows()).not.toContain('second part');
    edits.restorePage(workspace, part);
    await expectAsFresh(context);
    expect(shows()).toContain('The second part.');
  });
});

test('R3 files that are moved to another page or renamed are followed', async () => {
  const workspace = smallWorkspace();
  const [guide, setUp] = [idOf(workspace, 'Guide'), idOf(workspace, 'Set-up')];
  const file = edits.attachFile(workspace, guide, textFile('a.txt'));
  create(workspace, 'Shown', picture('a.txt', '<ri:page ri:content-title="Guide" />'));
  edits.editPage(workspace, guide, { body: picture('a.txt') });
  await using context = await start(workspace);
  await expectAsFresh(context);
  edits.moveFile(workspace, file, { page: setUp });
  await expectAsFresh(context);
  expect(documentOf(context, 'confluence/ENG/shown.md').facts.attachments).toBeUndefined();
  edits.moveFile(workspace, file, { page: guide, title: 'b.txt' });
  await expectAsFresh(context);
  edits.moveFile(workspace, file, { title: 'a.txt' });
  await expectAsFresh(context);
  expect(documentOf(context, 'confluence/ENG/shown.md').facts.attachments).toMatchObject([{ id: file }]);
});
