import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { guardContent, treatmentOf } from '../../../src/pipeline/attachments/guard-text.ts';
import { HEAD_BYTES, identify } from '../../../src/pipeline/attachments/kind.ts';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { reportOf } from '../../harness/context.ts';
import { png, svg } from '../../harness/files.ts';
import {
  attach,
  bytesAt,
  document,
  downloads,
  filesKept,
  imageOf,
  pathOf,
  secret,
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

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

describe('R5 a text file', () => {
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
