import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import { startContext, type TestContext } from '../../harness/context.ts';
import { textFile } from '../../harness/small-workspace.ts';
import { complaints, historyOf, person, purgeFrom, wordsInStore } from './harness.ts';

/** Stand in no other text of the site: the document's text, its titles, its file. */
const WORDS = ['Quetzal', 'quetzal', 'Zanzibar', 'zanzibar', 'Xylophone'];

const ENG = { space: 'ENG' } as const;

const attachmentOf = (name: string, text: string) => textFile(name, text);

const link = (name: string) =>
  `<ac:link><ri:attachment ri:filename="${name}" /><ac:plain-text-link-body><![CDATA[file]]></ac:plain-text-link-body></ac:link>`;

/** A page that others stand below, link to and share a file with. */
function addSecret(workspace: Workspace): string {
  const id = edits.createPage(workspace, {
    ...ENG,
    title: 'Zanzibar plan',
    body: `<p>Quetzal. ${link('own.txt')} ${link('shared.txt')}</p>`,
  });
  edits.attachFile(workspace, id, attachmentOf('own.txt', 'Xylophone'));
  edits.attachFile(workspace, id, attachmentOf('shared.txt', 'for all'));
  return id;
}

async function secretHistory(): Promise<{
  context: TestContext;
  id: string;
  build: (path?: string) => Promise<void>;
}> {
  const context = await startContext();
  const { workspace, path } = context;
  const other = `${path}-without`;
  let id = '';
  const build = async () => {
    expect((await context.buildConfirming()).errors).toEqual([]);
    const exclude = id === '' ? [] : [id];
    await context.buildConfirming({ path: other, confluence: { exclude } });
  };
  await build();
  id = addSecret(workspace);
  edits.createPage(workspace, { ...ENG, title: 'Below', parent: id, body: '<p>Child.</p>' });
  const guide = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.attachFile(workspace, guide, attachmentOf('shared.txt', 'for all'));
  edits.editPage(workspace, guide, {
    body: `<p>See <a href="@@SITE@@/wiki/spaces/ENG/pages/${id}">there</a>. ${link('shared.txt')}</p>`,
  });
  await build();
  return { context, id, build };
}

test('R10 a purged document is in no object of the clone, and the rest is what builds without it made', async () => {
  const { context, id, build } = await secretHistory();
  await using _ = context;
  const { workspace, path } = context;
  writeFileSync(join(path, 'README.md'), 'Ours\n');
  person(path, 'add', 'README.md');
  person(path, 'commit', '-qm', 'Say what this is');
  edits.editPage(workspace, id, { body: '<p>Quetzal again.</p>' });
  edits.retitlePage(workspace, id, 'Quetzal plan');
  edits.editIssue(workspace, 'SHOP-1', { summary: 'Repair the basket' });
  await build();
  edits.trashPage(workspace, id);
  await build();
  edits.editIssue(workspace, 'SHOP-1', { summary: 'Mend the basket' });
  await build();
  const before = historyOf(path);
  expect(wordsInStore(path, WORDS)).toEqual(WORDS);

  const result = await purgeFrom(path, [id]);
  expect(result.problems).toEqual([]);
  expect(wordsInStore(path, WORDS)).toEqual([]);
  expect(complaints(path)).toBe('');
  const after = historyOf(path);
  expect(after[0]).toEqual(before[0]);
  const without = historyOf(`${path}-without`);
  const builds = after
    .filter(({ message }) => message.includes('Context-Sources'))
    .map(({ tree }) => tree.filter((line) => !line.endsWith('\tREADME.md')));
  expect(builds).toEqual(without.map(({ tree }) => tree));
  expect(readFileSync(join(path, 'README.md'), 'utf8')).toBe('Ours\n');
  expect(result.paths).toEqual(['confluence/ENG/quetzal-plan.md', 'confluence/ENG/zanzibar-plan.md']);
});
