import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, documentOf, idOf, macro, start } from './pages.ts';
import { SECRET } from './partial-access.ts';

const cases: readonly [string, (change: Change) => void][] = [
  [
    'a page is restricted and written',
    ({ workspace, setUp }) => {
      edits.restrictPage(workspace, setUp, { users: [ME] });
      edits.editPage(workspace, setUp, { body: `<p>${SECRET}</p>` });
    },
  ],
  [
    'what is above a page is restricted, and the page is written',
    ({ workspace, guide, setUp }) => {
      edits.restrictPage(workspace, guide, { users: [ME] });
      edits.editPage(workspace, setUp, { body: `<p>${SECRET}</p>` });
    },
  ],
  [
    'a page is restricted and talked about',
    ({ workspace, setUp }) => {
      edits.restrictPage(workspace, setUp, { users: [ME] });
      edits.addComment(workspace, setUp, { body: `<p>${SECRET}</p>` });
    },
  ],
];

interface Change {
  readonly workspace: ReturnType<typeof smallWorkspace>;
  readonly guide: string;
  readonly setUp: string;
}

test.each(cases)(
  'R1 %s, which the search has not seen: it goes, and nothing comes in',
  async (_, happens) => {
    const workspace = smallWorkspace();
    const [guide, setUp] = [idOf(workspace, 'Guide'), idOf(workspace, 'Set-up')];
    await using context = await start(workspace);
    await context.build();
    happens({ workspace, guide, setUp });
    context.simulator.faults.searchLag = 10;
    const { errors, changes } = await context.build();
    expect(errors).toEqual([]);
    expect(changes).toContainEqual(
      expect.objectContaining({
        path: 'confluence/ENG/guide/set-up.md',
        kind: 'deleted',
        reason: 'restricted',
      }),
    );
    expect([...context.files().values()].join('\n')).not.toContain(SECRET);
  },
);

test('R1 a page that is restricted and renamed while a list of it is shown: the list has no name of it', async () => {
  const workspace = smallWorkspace();
  const parent = create(workspace, 'List', macro('children'));
  const child = create(workspace, 'Child', '<p>x</p>', { parent });
  create(workspace, 'Other child', '<p>x</p>', { parent });
  await using context = await start(workspace);
  const happens = () => {
    edits.restrictPage(workspace, child, { users: [ME] });
    edits.retitlePage(workspace, child, `About ${SECRET}`);
  };
  context.simulator.faults.add({ path: /export_view/, fault: { kind: 'edit', edit: happens } });
  await context.build();
  expect(context.simulator.faults.given).toHaveLength(1);
  const { body } = documentOf(context, 'confluence/ENG/list.md');
  expect(body).toContain('Other child');
  expect([...context.files().values()].join('\n')).not.toContain(SECRET);
});
