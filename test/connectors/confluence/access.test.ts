import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { ME, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, start } from './pages.ts';
import {
  expectBelowGuide,
  expectNothingMeanwhile,
  expectWithheldFor,
  meanwhile,
  readers,
  SECRET,
} from './partial-access.ts';

describe('R1 restrictions that an answer shows in part', () => {
  test.each([
    ['its users are on another page', readers({ size: 3 }), 'restricted'],
    ['it says nothing', {}, 'unknown'],
  ] as const)('%s', (_, read, access) => expectWithheldFor(read, access));
});

test('R1 what is above a page has restrictions that can not be read', () =>
  expectBelowGuide(
    (guide) => (path) => (path.includes(`/content/${guide}/restriction`) ? 403 : undefined),
    false,
    ['source.access-unknown'],
  ));

describe('R1 while a run reads', () => {
  test('a page is restricted and written: nothing that it was not open for comes in', () =>
    expectNothingMeanwhile(({ workspace }, id) => {
      edits.restrictPage(workspace, id, { users: [ME] });
      edits.editPage(workspace, id, { body: `<p>${SECRET}</p>` });
    }));

  test('an open page is written: its text is the latest', async () => {
    const workspace = smallWorkspace();
    const part = create(workspace, 'Part', '<p>Open.</p>');
    await using context = await start(workspace);
    meanwhile(context, () => edits.editPage(workspace, part, { body: '<p>News.</p>' }));
    expect((await context.build()).errors).toEqual([]);
    expect(context.documents().get('confluence/ENG/part.md')).toContain('News.');
  });
});
