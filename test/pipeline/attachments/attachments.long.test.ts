import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/demo/faults.ts';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { reportOf, type TestContext } from '../../harness/context.ts';
import { LOGIN_PAGE, pdf, png, showing } from '../../harness/files.ts';
import { git } from '../../harness/git.ts';
import {
  attach,
  bytesAt,
  DOWNLOADS,
  document,
  downloads,
  FOREVER,
  filesKept,
  imageOf,
  pathOf,
  secret,
  show,
  start,
} from './tickets.ts';

describe('a file that a text shows', () => {
  test('goes and gives way to its next version', async () => {
    await using context = await start();
    const [one, two] = [png('one'), png('two')];
    const id = show(context.workspace, 'SHOP-1', { name: 'a.png', bytes: one });
    await context.build();
    edits.detachFromIssue(context.workspace, 'SHOP-1', id);
    attach(context.workspace, 'SHOP-1', { name: 'a.png', bytes: two });
    await context.build();
    expect(filesKept(context)).toEqual([pathOf(two)]);
    expect(imageOf(context, 'SHOP-1')).toBe(pathOf(two));
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('stays in its place when its document moves, and the document finds it', async () => {
    await using context = await start({
      jira: { views: { OPEN: 'project = SHOP', ALL: 'project in (SHOP, OPS)' } },
    });
    const bytes = png();
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes });
    await context.build();
    const { path } = document(context, 'SHOP-1');
    const since = context.requestCount();
    edits.moveIssue(context.workspace, 'SHOP-1', 'OPS');
    await context.build();
    const moved = edits.issueOf(context.workspace, 'OPS-3').key;
    expect(document(context, moved).path).not.toBe(path);
    expect(imageOf(context, moved)).toBe(pathOf(bytes));
    expect(downloads(context, since)).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh());
  });
});

describe('a file that can not be had', () => {
  test('for a moment is had all the same', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    const faults: readonly Fault[] = [
      { kind: 'reset' },
      { kind: 'truncated' },
      { kind: 'empty' },
      { kind: 'login-page' },
      { kind: 'rate-limit', seconds: 3 },
      { kind: 'status', status: 503 },
    ];
    const files = faults.map((fault) => {
      const file = { name: `${fault.kind}.png`, bytes: png(fault.kind) };
      const id = attach(context.workspace, 'SHOP-1', file);
      context.simulator.faults.add({ fault, path: new RegExp(`content/${id}\\b`), times: 2 });
      return file;
    });
    expect((await context.build()).errors).toEqual([]);
    for (const { bytes } of files) expect(bytesAt(context, pathOf(bytes)).equals(bytes)).toBe(true);
    expect(downloads(context)).toHaveLength(3 * faults.length);
  });

  test('in its new version leaves the last one in its place', async () => {
    await using context = await start();
    const [one, two] = [png('one'), png('two')];
    const id = show(context.workspace, 'SHOP-1', { name: 'a.png', bytes: one });
    await context.build();
    const issue = edits.issueOf(context.workspace, 'SHOP-1');
    const attachments = issue.attachments.map((attachment) => ({
      ...attachment,
      ...{ created: '2026-02-02T00:00:00.000Z', bytes: () => two },
    }));
    context.workspace.issues.set(issue.id, { ...issue, attachments });
    edits.editIssue(context.workspace, 'SHOP-1', { labels: ['new'] });
    context.simulator.faults.add({ fault: { kind: 'status', status: 500 }, path: DOWNLOADS, times: FOREVER });
    expect((await context.build()).errors).toHaveLength(1);
    expect(imageOf(context, 'SHOP-1')).toBe(pathOf(one));
    expect(document(context, 'SHOP-1').facts.attachments).toMatchObject([
      { id, version: '2026-02-02T00:00:00.000Z', file: pathOf(one), skipped: 'unavailable' },
    ]);
    context.simulator.faults.clear();
    await context.build();
    expect(filesKept(context)).toEqual([pathOf(two)]);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('because the source has it not, though it lists it, is no failure, and asked for again', async () => {
    await using context = await start();
    const bytes = png();
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes });
    context.simulator.faults.add({ fault: { kind: 'status', status: 404 }, path: DOWNLOADS, times: 2 });
    for (const run of [1, 2]) {
      const { errors, warnings } = await context.build();
      expect([errors.length, warnings.length], `run ${run}`).toEqual([0, 1]);
      expect(document(context, 'SHOP-1').facts.attachments).toMatchObject([{ skipped: 'missing' }]);
    }
    expect((await context.build()).warnings).toEqual([]);
    expect(imageOf(context, 'SHOP-1')).toBe(pathOf(bytes));
  });

  test('is not asked for for ever: after some failures in a row the rest waits for the next run', async () => {
    await using context = await start();
    const names = Array.from({ length: 20 }, (_, index) => `${index}.png`);
    for (const name of names) attach(context.workspace, 'SHOP-1', { name, bytes: png(name) });
    edits.editIssue(context.workspace, 'SHOP-1', { description: showing(...names) });
    context.simulator.faults.add({ fault: { kind: 'status', status: 403 }, path: DOWNLOADS, times: FOREVER });
    expect((await context.build()).errors).toHaveLength(20);
    expect(downloads(context).length).toBeLessThan(10);
    context.simulator.faults.clear();
    expect((await context.build()).errors).toEqual([]);
    expect(filesKept(context)).toHaveLength(20);
  });

  test('leaves the link, is reported, and is fetched by the next run', async () => {
    await using context = await start();
    const bytes = png();
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes });
    context.simulator.faults.add({ fault: { kind: 'login-page' }, path: DOWNLOADS, times: FOREVER });
    const failed = await context.build();
    expect(failed.errors.map(({ code, kind }) => [code, kind])).toEqual([
      ['source.attachment-failed', 'partial'],
    ]);
    expect(reportOf(failed, 'jira')).toMatchObject({
      status: 'partial',
      attachments: { added: 0, skipped: 1 },
    });
    expect(filesKept(context)).toEqual([]);
    expect(imageOf(context, 'SHOP-1')).toMatch(/^http/);

    // As long as it fails, it is tried and reported, and nothing changes.
    const again = await context.build();
    expect([again.errors.length, again.report.commit]).toEqual([1, null]);
    context.simulator.faults.clear();
    const last = await context.build();
    expect(last.errors).toEqual([]);
    expect(reportOf(last, 'jira').attachments).toEqual({ added: 1, removed: 0, skipped: 0 });
    expect(imageOf(context, 'SHOP-1')).toBe(pathOf(bytes));
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('because the credentials are refused says so once', async () => {
    await using context = await start();
    const names = Array.from({ length: 12 }, (_, index) => `${index}.png`);
    for (const name of names) attach(context.workspace, 'SHOP-1', { name, bytes: png(name) });
    edits.editIssue(context.workspace, 'SHOP-1', { description: showing(...names) });
    context.simulator.faults.add({ fault: { kind: 'status', status: 401 }, path: DOWNLOADS, times: FOREVER });
    const { errors } = await context.build();
    expect(new Set(errors.map(({ kind }) => kind))).toEqual(new Set(['credentials']));
    // Those that were under way when the first was refused.
    expect(errors.length).toBeLessThanOrEqual(4);
    expect(downloads(context).length).toBeLessThanOrEqual(4);
  });
});

describe('R5 a text file', () => {
  test('is searched anew when other rules find secrets; pictures are not', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    const text = attach(context.workspace, 'SHOP-1', {
      name: 'a',
      type: 'text/plain',
      bytes: Buffer.from('text'),
    });
    attach(context.workspace, 'SHOP-1', { name: 'a.png', bytes: png() });
    await context.build();
    const state = join(context.path, '.ctx/state/jira.yaml');
    await writeFile(state, (await readFile(state, 'utf8')).replace(/^(fingerprint: \w+) \w+/m, '$1 0'));
    context.git('-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qam', 'Older rules');
    const since = context.requestCount();
    expect((await context.build()).errors).toEqual([]);
    expect(downloads(context, since).map(({ path }) => path.split('/').at(-1))).toEqual([text]);
  });

  test('lies nowhere on the disk with its secrets, and what a killed run left goes first', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    await context.build();
    const bytes = Buffer.from(`token: ${secret}\n${'line\n'.repeat(20_000)}`);
    attach(context.workspace, 'SHOP-1', { name: 'a.log', type: 'text/plain', bytes });
    const folder = join(context.path, '.git/ctx/run');
    await mkdir(join(folder, 'files'), { recursive: true });
    for (const leftover of ['documents', 'files/incoming-0']) await writeFile(join(folder, leftover), secret);
    const seen: { readonly mode: number; readonly text: string }[] = [];
    await context.build({
      redactor: createRedactor({
        rules: [
          () => {
            for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
              const stat = statSync(join(folder, name));
              const text = stat.isFile() ? readFileSync(join(folder, name), 'utf8') : '';
              seen.push({ mode: stat.mode & 0o777, text });
            }
            return [];
          },
        ],
      }),
    });
    expect(new Set(seen.map(({ mode }) => mode))).toEqual(new Set([0o700, 0o600]));
    expect(seen.filter(({ text }) => text.includes(secret))).toEqual([]);
    expect(filesKept(context)).toHaveLength(1);
  });

  test('that is too large to be searched is not kept', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    attach(context.workspace, 'SHOP-1', {
      name: 'a.log',
      type: 'text/plain',
      bytes: Buffer.alloc(5_000_000, 'line\n'),
    });
    await context.build();
    expect(filesKept(context)).toEqual([]);
    expect(document(context, 'SHOP-1').facts.attachments?.[0]).toMatchObject({ skipped: 'unscanned' });
  });
});

describe("R2 a person's own files", () => {
  test('of other names in the same folders stay', async () => {
    await using context = await start();
    const bytes = png();
    show(context.workspace, 'OPS-1', { name: 'a.png', bytes });
    await context.build();
    const mine = [
      'attachments/jira/logo.png',
      'attachments/other/ab/x.png',
      `attachments/jira/00/${'0'.repeat(64)}`,
    ];
    for (const path of mine) {
      git(context.path, ['update-index', '--add', '--cacheinfo', `100644,${blob(context)},${path}`]);
    }
    context.git('-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '-qm', 'Mine');
    context.git('checkout', '--', '.');
    edits.deleteIssue(context.workspace, 'OPS-1');
    await context.build();
    expect(filesKept(context)).toEqual(mine.toSorted());
  });
});

function blob(context: TestContext): string {
  return git(context.path, ['hash-object', '-w', '--stdin'], 'mine').toString().trim();
}

test('a file that a text shows is stored once for all that show it, and goes with the last of them', async () => {
  await using context = await start();
  const bytes = png('shared');
  show(context.workspace, 'OPS-1', { name: 'a.png', bytes });
  show(context.workspace, 'OPS-2', { name: 'b.png', bytes });
  await context.build();
  expect(filesKept(context)).toEqual([pathOf(bytes)]);
  edits.deleteIssue(context.workspace, 'OPS-1');
  await context.build();
  expect(filesKept(context)).toEqual([pathOf(bytes)]);
  edits.deleteIssue(context.workspace, 'OPS-2');
  const last = await context.build();
  expect(reportOf(last, 'jira').attachments).toEqual({ added: 0, removed: 1, skipped: 0 });
  expect(filesKept(context)).toEqual([]);
  expect(context.files().get('AGENTS.md')).not.toContain('`attachments/`');
});

test('the configuration chooses: what is referenced, everything, nothing; and a change of it takes effect', async () => {
  await using context = await start();
  const [shown, beside] = [png('shown'), pdf('beside')];
  attach(context.workspace, 'SHOP-1', { name: 'b.pdf', bytes: beside, type: 'application/pdf' });
  show(context.workspace, 'SHOP-1', { name: 'a.png', bytes: shown });
  await context.build();
  expect(filesKept(context)).toEqual([pathOf(shown)]);
  await context.build({ jira: { attachments: 'all' } });
  expect(filesKept(context)).toEqual([pathOf(shown), pathOf(beside, 'pdf')].sort());
  await context.build({ jira: { attachments: 'none' } });
  expect(filesKept(context)).toEqual([]);
  expect(imageOf(context, 'SHOP-1')).toMatch(/^http/);
  expect(document(context, 'SHOP-1').facts.attachments?.map(({ name }) => name)).toEqual(['a.png', 'b.pdf']);
});

test('a file that is not what it claims is refused, and asked for again only when the build is told to', async () => {
  await using context = await start({ jira: { attachments: 'all' } });
  const { workspace } = context;
  attach(workspace, 'SHOP-1', { name: 'a.png', bytes: LOGIN_PAGE });
  attach(workspace, 'SHOP-1', { name: 'b.png', bytes: Buffer.from('not found') });
  attach(workspace, 'SHOP-1', { name: 'c.pdf', type: 'application/pdf', bytes: LOGIN_PAGE });
  attach(workspace, 'SHOP-1', { name: 'd.csv', type: 'text/csv', bytes: LOGIN_PAGE });
  const result = await context.build();
  const { errors, warnings } = result;
  expect(reportOf(result, 'jira').attachments).toEqual({ added: 0, removed: 0, skipped: 4 });
  expect(errors).toEqual([]);
  expect(warnings).toMatchObject([{ degraded: 4, constructs: ['attachment'] }]);
  expect(filesKept(context)).toEqual([]);
  const { attachments = [] } = document(context, 'SHOP-1').facts;
  expect(attachments.map(({ skipped }) => skipped)).toEqual(Array(4).fill('wrong-type'));
  const since = context.requestCount();
  edits.editIssue(workspace, 'SHOP-1', { labels: ['other'] });
  await context.build();
  expect(downloads(context, since)).toEqual([]);
  expect((await context.build({ full: true })).report.commit).toBeNull();
  expect(downloads(context, since)).toHaveLength(4);
});
