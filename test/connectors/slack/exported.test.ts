import { expect, test, vi } from 'vitest';
import { companySlack } from '../../../src/demo/slack/company.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { ExportOptions } from '../../../src/demo/slack/export.ts';
import { CHANNEL_KINDS } from '../../../src/demo/slack/workspace.ts';
import { exportFolder, packed, talk } from './exports.ts';
import { emptyWorkspace, type SlackContext, startSlack } from './harness.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;
const CONFIG = { workspace: 'fernhollow' };

const ofSlack = (files: ReadonlyMap<string, string>) =>
  [...files].filter(([path]) => path.startsWith('slack/') && !path.endsWith('INDEX.md'));
const all = (context: SlackContext) =>
  ofSlack(context.documents())
    .map(([, text]) => text)
    .join('\n');

test('an export gives the documents that the API gives', async () => {
  const workspace = companySlack();
  // Groups are in no export.
  workspace.groups.clear();
  await using context = await startSlack({ workspace });
  await using folder = await exportFolder();
  const channels = ['general', 'engineering', 'incidents', 'storefront', 'on-call'];
  await context.build({ config: { channels, days: 3650 } });
  expect(ofSlack(context.documents()).length).toBeGreaterThan(10);
  const { filesUrl, requests } = context.simulator;
  const before = requests.length;
  const exported = await folder.zip(packed(workspace, { kinds: CHANNEL_KINDS, filesUrl }));
  const fresh = await context.fresh({ exported, config: { channels } });
  expect(ofSlack(fresh)).toEqual(ofSlack(context.documents()));
  expect(requests).toHaveLength(before);
});

test('an export that is the same is not read again, and a full build gives the same', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 3);
  await using folder = await exportFolder();
  await using context = await startSlack({ workspace });
  const build = { exported: await folder.zip(packed(workspace)), config: CONFIG };
  const { report, errors } = await context.build(build);
  expect(errors).toEqual([]);
  expect(report.sources[0]).toMatchObject({ status: 'ok', added: 6, requests: 0 });
  const again = await context.build(build);
  expect(again.report).toMatchObject({ commit: null, sources: [{ unchanged: 6 }] });
  const full = await context.build({ ...build, full: true });
  expect(full.report).toMatchObject({ commit: null, sources: [{ status: 'ok' }] });
});

test('R3 what a newer export is too late to tell of stays; what it tells of is as it says', async () => {
  const workspace = emptyWorkspace();
  const general = talk(workspace, 6);
  const gone = edits.postMessage(workspace, general, { text: 'Gone by then' });
  workspace.now += DAY_MS;
  edits.postMessage(workspace, general, { text: 'Between' });
  await using folder = await exportFolder();
  await using context = await startSlack({ workspace });
  const build = async (options: ExportOptions) =>
    context.build({ exported: await folder.zip(packed(workspace, options)), config: CONFIG });
  await build({});
  edits.deleteMessage(workspace, general, gone);
  edits.postMessage(workspace, general, { text: 'Last word' });
  workspace.now += DAY_MS;
  edits.postMessage(workspace, general, { text: 'Next day' });
  const before = context.documents();
  const { changes, errors } = await build({ from: '2026-03-04' });
  expect(errors).toEqual([]);
  expect(changes.map(({ kind, reason }) => [kind, reason]).sort()).toEqual([
    ['added', undefined],
    ['deleted', 'purged'],
    ['modified', undefined],
  ]);
  const kept = [...before].filter(([path]) => /2026-03-0[234]/.test(path));
  expect(kept.length).toBeGreaterThan(2);
  for (const [path, text] of kept) expect(context.documents().get(path)).toBe(text);
  expect(all(context)).toMatch(/Last word[\s\S]*Next day/);
  const newest = ofSlack(context.documents());
  // One of former times knows less of what came later, and takes nothing away.
  await build({ to: '2026-03-05' });
  expect(ofSlack(context.documents())).toEqual(newest);
});

test('the API goes on from where an export ends', async () => {
  const workspace = emptyWorkspace();
  const general = talk(workspace, 4);
  const bytes = () => new Uint8Array(9);
  edits.uploadFile(workspace, general, { name: 'plan.csv', mimetype: 'text/csv', bytes });
  await using folder = await exportFolder();
  await using context = await startSlack({ workspace, config: { recent_days: 1, late_replies_days: 0 } });
  await context.build({ exported: await folder.zip(packed(workspace)) });
  workspace.now += 5 * DAY_MS;
  edits.postMessage(workspace, general, { text: 'After the export' });
  await context.build();
  const asked = context.simulator.requests.filter(({ method }) => method === 'conversations.replies');
  // Of the days within it nothing is asked for again; its first and its last day may have more.
  expect(asked).toHaveLength(1);
  expect(ofSlack(context.documents())).toEqual(ofSlack(await context.fresh()));
});

test('a damaged day fails by itself, with the threads that reach into it, and comes when it is whole', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 4);
  await using folder = await exportFolder();
  await using context = await startSlack({ workspace });
  const files = packed(workspace);
  const name = 'general/2026-03-03.json';
  const damaged = files.map((file) => (file.name === name ? { ...file, content: '[{"ts": ' } : file));
  const first = await context.build({ exported: await folder.zip(damaged), config: CONFIG });
  expect(first.report.sources[0]).toMatchObject({ status: 'partial', added: 5, failed: 2 });
  expect(first.errors.map(({ code }) => code)).toEqual(['slack.export-file', 'slack.export-file']);
  expect(first.errors[0]?.message).toContain(name);
  expect(all(context)).toMatch(/Word 1[\s\S]*Word 3/);
  expect(all(context)).not.toMatch(/Root 1|Word 2/);
  const exported = await folder.zip(files);
  const { errors } = await context.build({ exported, config: CONFIG });
  expect(errors).toEqual([]);
  expect(ofSlack(context.documents())).toEqual(ofSlack(await context.fresh({ exported, config: CONFIG })));
});

test('R6 a conversation that is no longer asked for goes when that is confirmed, and not before', async () => {
  const workspace = emptyWorkspace();
  talk(workspace, 1);
  const members = [workspace.userId, workspace.botUserId];
  const direct = edits.createChannel(workspace, { kind: 'im', members });
  edits.postMessage(workspace, direct, { text: 'Between us' });
  await using folder = await exportFolder();
  await using context = await startSlack({ workspace });
  const exported = await folder.zip(packed(workspace, { kinds: CHANNEL_KINDS }));
  await context.build({ exported, config: { ...CONFIG, direct_messages: 'all' } });
  expect(all(context)).toContain('Between us');
  for (let run = 0; run < 2; run += 1) {
    const { errors } = await context.build({ exported, config: CONFIG });
    expect(errors.map(({ code }) => code)).toEqual(['build.mass-deletion']);
  }
  await context.buildConfirming({ exported, config: CONFIG });
  expect(all(context)).not.toContain('Between us');
  expect(all(context)).toContain('Word 1');
});
