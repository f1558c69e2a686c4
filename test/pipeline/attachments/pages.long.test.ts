import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import { brokenLinks } from '../../e2e/relative-links.ts';
import { startContext, type TestContext } from '../../harness/context.ts';
import { png } from '../../harness/files.ts';

const GUIDE = 'confluence/ENG/guide.md';
const DOWNLOADS = /\/child\/attachment\//;

const image = (title: string, page?: string): string => {
  const on = page === undefined ? '' : `<ri:page ri:content-title="${page}" />`;
  return `<ac:image><ri:attachment ri:filename="${title}">${on}</ri:attachment></ac:image>`;
};

function attach(workspace: Workspace, page: string, title: string, mark: string): void {
  const id = edits.pageIdByTitle(workspace, 'ENG', page);
  edits.attachFile(workspace, id, { title, mediaType: 'image/png', bytes: () => png(mark) });
}

function write(workspace: Workspace, page: string, body: string): void {
  edits.editPage(workspace, edits.pageIdByTitle(workspace, 'ENG', page), { body });
}

const filesOf = (context: TestContext) =>
  [...context.files().keys()].filter((path) => path.startsWith('attachments/'));

const imagesIn = (context: TestContext, path: string) =>
  [...(context.documents().get(path) ?? '').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, to]) => to);

test('a page shows its files and those of other pages from the repository, and keeps up with them', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  const { workspace, simulator } = context;
  attach(workspace, 'Guide', 'a b.png', 'one');
  write(workspace, 'Guide', image('a b.png'));
  write(workspace, 'Use Postgres', image('a b.png', 'Guide'));
  expect((await context.build()).errors).toEqual([]);
  const [first = ''] = filesOf(context);
  expect(filesOf(context)).toHaveLength(1);
  expect(imagesIn(context, GUIDE)).toEqual([`../../${first}`]);
  const other = [...context.documents().keys()].find((path) => path.endsWith('use-postgres.md')) as string;
  expect(imagesIn(context, other)).toEqual([`../../../${first}`]);
  expect(simulator.mediaRequests).toMatchObject([{ authorization: undefined, status: 200 }]);

  // Neither an unchanged page nor its new place is a reason to ask for the file.
  edits.retitlePage(workspace, edits.pageIdByTitle(workspace, 'ENG', 'Guide'), 'Handbook');
  await context.build();
  expect(simulator.mediaRequests).toHaveLength(1);
  expect(imagesIn(context, 'confluence/ENG/handbook.md')).toEqual([`../../${first}`]);

  attach(workspace, 'Handbook', 'a b.png', 'two');
  await context.build();
  const [second = ''] = filesOf(context);
  expect(second).not.toBe(first);
  expect(imagesIn(context, other)).toEqual([`../../../${second}`]);
  expect(context.documents()).toEqual(await context.fresh());
});

test('a file may be called anything', async () => {
  await using context = await startContext({ sources: ['confluence'], confluence: { attachments: 'all' } });
  const names = [
    '..',
    '.',
    '../../x.png',
    'con.png',
    'a.PNG.exe',
    'ü 100%.png',
    'o\u0308.png',
    `${'x'.repeat(300)}.png`,
    'none',
    'a\\b?#.png',
  ];
  for (const [index, name] of names.entries()) attach(context.workspace, 'Guide', name, String(index));
  write(context.workspace, 'Guide', names.map((name) => image(name.normalize())).join(''));
  expect((await context.build()).errors).toEqual([]);
  expect(filesOf(context).filter((path) => path.endsWith('.png'))).toHaveLength(names.length);
  expect(imagesIn(context, GUIDE)).toHaveLength(names.length);
  expect(brokenLinks(context.files())).toEqual([]);
});

test('a new version of a file that cannot be had leaves the last one, until it can', async () => {
  await using context = await startContext({ sources: ['confluence'] });
  const { workspace, simulator } = context;
  attach(workspace, 'Guide', 'a.png', 'one');
  write(workspace, 'Guide', image('a.png'));
  await context.build();
  const before = filesOf(context);
  attach(workspace, 'Guide', 'a.png', 'two');
  simulator.faults.add({ fault: { kind: 'login-page' }, path: DOWNLOADS, times: Number.POSITIVE_INFINITY });
  expect((await context.build()).errors.map(({ code }) => code)).toEqual(['source.attachment-failed']);
  expect(filesOf(context)).toEqual(before);
  expect(imagesIn(context, GUIDE)).toEqual([`../../${before[0]}`]);
  simulator.faults.clear();
  expect((await context.build()).errors).toEqual([]);
  expect(filesOf(context)).not.toEqual(before);
  expect(context.documents()).toEqual(await context.fresh());
});
