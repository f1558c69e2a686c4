import { readdirSync, readFileSync, statSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { guardContent, treatmentOf } from '../../../src/pipeline/attachments/guard-text.ts';
import { HEAD_BYTES, identify } from '../../../src/pipeline/attachments/kind.ts';
import { createRedactor } from '../../../src/pipeline/redact.ts';
import { reportOf } from '../../harness/context.ts';
import { png, showing, svg } from '../../harness/files.ts';
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
  show,
  start,
} from './tickets.ts';

describe('a file that a text shows', () => {
  test('is in HEAD byte for byte, the text and the list of files lead to it, and no later run asks for it', async () => {
    await using context = await start();
    const bytes = png('one');
    const id = show(context.workspace, 'SHOP-1', { name: 'screen shot.png', bytes });
    const result = await context.build();
    expect(result.errors).toEqual([]);
    const path = pathOf(bytes);
    expect(bytesAt(context, path).equals(bytes)).toBe(true);
    expect((await readFile(join(context.path, path))).equals(bytes)).toBe(true);
    expect(imageOf(context, 'SHOP-1')).toBe(path);
    const { facts, body } = document(context, 'SHOP-1');
    expect(facts.attachments).toEqual([
      {
        ...{ id, name: 'screen shot.png', version: expect.stringMatching(/^2026-/) },
        ...{ type: 'image/png', size: bytes.length, file: path },
      },
    ]);
    expect(body).toMatch(/## Attachments\n\n- \[screen shot\.png\]\(\.\.\/\.\.\/attachments\/jira\//);
    expect(context.git('check-attr', 'text', '--', path)).toContain('text: unset');
    expect(context.files().get('AGENTS.md')).toContain('`attachments/`');
    expect(context.git('status', '--porcelain')).toBe('');

    const since = context.requestCount();
    expect((await context.build()).report.commit).toBeNull();
    expect((await context.build({ full: true })).report.commit).toBeNull();
    expect(downloads(context, since)).toEqual([]);
  });

  test('R1 is not asked for when the document is withheld', async () => {
    await using context = await start();
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes: png() });
    edits.secureIssue(context.workspace, 'SHOP-1', 'inner');
    await context.build();
    expect(downloads(context)).toEqual([]);
    expect(filesKept(context)).toEqual([]);
  });

  test('is not fetched by a dry run', async () => {
    await using context = await start();
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes: png() });
    const result = await context.build({ dryRun: true });
    const { changes, errors } = result;
    expect(reportOf(result, 'jira').attachments).toEqual({ added: 0, removed: 0, skipped: 0 });
    expect(changes.length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    expect(downloads(context)).toEqual([]);
  });
});

describe('the configuration', () => {
  test('bounds the size: what is larger stays a link, without a request, and is reported', async () => {
    await using context = await start({ jira: { max_attachment_mb: 0.0001 } });
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes: png('x'.repeat(200)) });
    const { errors, warnings } = await context.build();
    expect(errors).toEqual([]);
    expect(warnings.map(({ constructs, degraded }) => [constructs, degraded])).toEqual([[['attachment'], 1]]);
    expect(document(context, 'SHOP-1').facts.attachments?.[0]).toMatchObject({ skipped: 'too-large' });
    expect(imageOf(context, 'SHOP-1')).toMatch(/^http/);
    await context.build({ full: true });
    expect(downloads(context)).toEqual([]);
  });
});

describe('a file that is not what it claims', () => {
  test('has the extension of what it is', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    const image = svg();
    attach(context.workspace, 'SHOP-1', { name: 'drawing.png', bytes: image });
    attach(context.workspace, 'SHOP-1', {
      name: 'Notes.TXT',
      type: 'text/plain',
      bytes: Buffer.from('notes\r\n'),
    });
    attach(context.workspace, 'SHOP-1', { name: '..', type: 'application/x', bytes: Buffer.from([0, 1, 2]) });
    await context.build();
    expect(
      filesKept(context)
        .map((path) => path.split('.').at(-1))
        .sort(),
    ).toEqual(['bin', 'svg', 'txt']);
  });
});

describe('a file that can not be had', () => {
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

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

describe('R5 a text file', () => {
  const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');

  test('is kept without its secrets, in its own encoding', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    const encodings = { utf8: '', latin1: '', utf16le: '\uFEFF' } as const;
    const names = Object.keys(encodings) as (keyof typeof encodings)[];
    for (const name of names) {
      const bytes = Buffer.from(`${encodings[name]}name;value\r\nGrüße;${secret}\r\n`, name);
      attach(context.workspace, 'SHOP-1', { name: `${name}.csv`, type: 'text/csv', bytes });
    }
    const result = await context.build();
    const { attachments = [] } = document(context, 'SHOP-1').facts;
    for (const name of names) {
      const path = attachments.find((attachment) => attachment.name === `${name}.csv`)?.file ?? '';
      const kept = bytesAt(context, path);
      expect(kept.toString(name)).toBe(`${encodings[name]}name;value\r\nGrüße;[redacted:github-token]\r\n`);
      expect(path).toBe(pathOf(kept, 'csv'));
    }
    expect(reportOf(result, 'jira').redacted).toBe(3);
    expect((await context.build({ full: true })).report.commit).toBeNull();
  });

  test.each([
    [
      'UTF-16 in the other byte order',
      swapped(Buffer.from(`\uFEFFtoken: ${secret}\r\n`, 'utf16le')),
      'a.txt',
    ],
    ['UTF-16 without a mark', Buffer.from(`token: ${secret}\r\n`, 'utf16le'), 'a.log'],
    [
      'UTF-16 without a mark in the other byte order',
      swapped(Buffer.from(`token: ${secret}\r\n`, 'utf16le')),
      'a',
    ],
    ['with a zero byte', Buffer.from(`\0line\ntoken: ${secret}\n`), 'a'],
    ['with another control character', Buffer.from(`\x07ding\ntoken: ${secret}\n`), 'a.bin'],
    ['that begins like a PDF', Buffer.from(`%PDF-1.4\ntoken: ${secret}\n`), 'a.txt'],
    ['that begins like an archive', Buffer.from(`PK\x03\x04\ntoken: ${secret}\n`), 'a.txt'],
    ['that is no text but by its name', Buffer.from(`\x01\x02\x03\x04${secret}\x01\x02`), 'a.log'],
  ])('%s is kept without its secrets', (_, bytes, name) => {
    const head = bytes.subarray(0, HEAD_BYTES);
    const treatment = treatmentOf(identify(head), head, { name });
    expect(treatment).toBe('redact');
    const { content } = guardContent(bytes, 'redact', 'attachments/jira/1', createRedactor());
    // Every second byte of UTF-16 is a zero in these texts.
    const plain = (all: Uint8Array) => Buffer.from(all).toString('latin1').replaceAll('\0', '');
    expect(plain(content)).toBe(plain(bytes).replace(secret, '[redacted:github-token]'));
  });

  test('in a format that is not known: bytes with a secret are not kept, others stay as they are', async () => {
    await using context = await start({ jira: { attachments: 'all' } });
    const noise = Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 7) % 32));
    const bytes = Buffer.concat([noise, Buffer.from(`password=of-${secret}`), noise]);
    attach(context.workspace, 'SHOP-1', { name: 'a.dat', type: 'application/x', bytes });
    attach(context.workspace, 'SHOP-1', { name: 'b.dat', type: 'application/x', bytes: noise });
    await context.build();
    expect(filesKept(context)).toEqual([pathOf(noise, 'dat')]);
    const { attachments = [] } = document(context, 'SHOP-1').facts;
    expect(attachments.map(({ skipped }) => skipped)).toEqual(['unscanned', undefined]);
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
  test('a file that was changed or removed by hand stops the build', async () => {
    await using context = await start();
    const bytes = png();
    show(context.workspace, 'SHOP-1', { name: 'a.png', bytes });
    await context.build();
    const path = pathOf(bytes);
    const file = join(context.path, path);
    for (const change of [() => appendFile(file, 'mine'), () => rm(file)]) {
      await change();
      await expect(context.build()).rejects.toMatchObject({
        kind: 'guard',
        message: expect.stringContaining(path),
      });
    }
  });
});
