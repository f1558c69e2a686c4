import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { include, smallWorkspace, textFile } from '../../harness/small-workspace.ts';
import { create, FOREVER, macro, picture, start } from './pages.ts';

const LISTING = /\/api\/v2\/attachments\?/;

describe('attachments', () => {
  const shown = 'confluence/ENG/shown.md';

  test('an unchanged site is asked for its list of them and nothing else', async () => {
    const workspace = smallWorkspace();
    const id = create(workspace, 'Shown', `${picture('a.txt')}${include('Guide')}${macro('children')}`);
    edits.attachFile(workspace, id, textFile('a.txt'));
    await using context = await start(workspace);
    await context.build();
    const count = context.requestCount();
    await context.build();
    expect(context.bodyRequestsSince(count)).toEqual([]);
    const paths = context.simulator.requests.slice(count).map(({ path }) => path);
    expect(paths.filter((path) => /attachment|binary/.test(path))).toEqual(['/wiki/api/v2/attachments']);
  });

  test('are not asked for when none are wanted', async () => {
    const workspace = smallWorkspace();
    const id = create(workspace, 'Shown', picture('a.txt'));
    edits.attachFile(workspace, id, textFile('a.txt'));
    await using context = await start(workspace, { confluence: { attachments: 'none' } });
    await context.build();
    expect(context.simulator.requests.filter(({ path }) => path.includes('attachment'))).toEqual([]);
    expect(context.documents().get(shown)).toContain(`/wiki/download/attachments/${id}/a.txt`);
  });

  test('stay links where the site does not list them', async () => {
    const workspace = smallWorkspace();
    const id = create(workspace, 'Shown', picture('a.txt'));
    await using context = await start(workspace);
    context.simulator.faults.add({ fault: { kind: 'status', status: 404 }, path: LISTING, times: FOREVER });
    const { errors } = await context.build();
    expect(errors).toEqual([]);
    expect(context.lines.filter((line) => line.includes('does not list attachments'))).toHaveLength(1);
    expect(context.documents().get(shown)).toContain(`/wiki/download/attachments/${id}/a.txt`);
  });
});
