import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CODE, companyCode } from '../../src/demo/code/company.ts';
import { fastImportStream } from '../../src/demo/code/fast-import.ts';
import { isPage } from '../../src/demo/workspace/access.ts';
import { companyWorkspace } from '../../src/demo/workspace/company.ts';
import { findIssue } from '../../src/demo/workspace/edits.ts';
import { textOf } from '../../src/demo/workspace/model.ts';
import { makeRepository } from '../../src/git/spawned/make-repository.ts';
import { filesAt, git } from '../harness/git.ts';

const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ctx-demo-code-'));
  folders.push(path);
  return path;
}

async function made(stream: string, path = folder()): Promise<string> {
  await makeRepository(path, stream);
  return path;
}

const headOf = (path: string): string => git(path, ['rev-parse', 'HEAD']).toString().trim();

/** As it is when the morning is over. */
let after: string;
beforeAll(async () => {
  after = await made(companyCode({ isMorningOver: true }));
});

test('git makes the same commits of the company’s code each time, and those of the morning on top', async () => {
  const before = await made(companyCode());
  expect(headOf(await made(companyCode()))).toBe(headOf(before));
  expect(git(before, ['fsck', '--strict', '--full']).toString()).toBe('');
  expect(git(before, ['status', '--porcelain']).toString()).toBe('');
  expect(git(before, ['log', '--format=%an <%ae> %aI', '-1']).toString()).toBe(
    'Mina Okafor <mina@fernhollow.example> 2026-02-27T15:40:00+00:00\n',
  );

  const added = git(after, ['log', '--format=%s', `${headOf(before)}..HEAD`]).toString();
  expect(added).toBe('Decide how discounts are booked\n');
});

test('a repository that is there already is brought to where the stream ends', async () => {
  const path = await made(companyCode({ isMorningOver: true }));
  const ahead = filesAt(path).size;
  await made(companyCode(), path);
  expect(filesAt(path).size).toBe(ahead - 1);
  expect(git(path, ['status', '--porcelain', '--ignored']).toString()).toBe('');
});

test('a stream counts bytes, and takes files for programs by their folder', async () => {
  const by = '김하나 (Hana Kim) <hana@fernhollow.example>';
  const text = 'Grün, ¥, 木\n';
  const path = await made(
    fastImportStream([
      { by, at: '2026-01-01T00:00', message: 'はじめ', files: { 'a b.md': text, 'bin/run': '#!/bin/sh\n' } },
      { by, at: '2026-01-02T00:00', message: 'More', files: { 'a b.md': `${text}${text}` } },
    ]),
  );
  expect([...filesAt(path, 'HEAD~1')]).toEqual([
    ['a b.md', text],
    ['bin/run', '#!/bin/sh\n'],
  ]);
  expect(readFileSync(join(path, 'a b.md'), 'utf8')).toBe(text + text);
  expect(git(path, ['ls-tree', 'HEAD', 'bin/run']).toString()).toMatch(/^100755 /);
  expect(git(path, ['log', '--format=%an %s', '--reverse']).toString()).toBe(
    '김하나 (Hana Kim) はじめ\n김하나 (Hana Kim) More\n',
  );
});

test('the code is of several languages, parses, and names only what is there', async () => {
  const files = filesAt(after);
  const extensions = new Set([...files.keys()].map((file) => posix.extname(file)));
  for (const extension of ['.ts', '.py', '.sql', '.md']) expect(extensions).toContain(extension);
  const company = companyWorkspace();
  for (const [file, text] of files) {
    if (file.endsWith('.ts')) expect(() => stripTypeScriptTypes(text), file).not.toThrow();
    const targets = [...text.matchAll(/\]\((?![a-z]+:)([^)#]+)/g)].map(([, target = '']) =>
      posix.join(posix.dirname(file), target),
    );
    expect(targets.filter((target) => !files.has(target))).toEqual([]);
    const keys = text.match(/\b(?:SHOP|OPS)-\d+/g) ?? [];
    expect(keys.filter((key) => findIssue(company, key) === undefined)).toEqual([]);
  }
  expect(files.get('src/billing/invoice.ts')).toContain('export async function invoiceForMaker(');
});

test('pages lead to files that the repository has', async () => {
  const files = filesAt(after);
  const bodies = [...companyWorkspace().content.values()]
    .filter(isPage)
    .map(({ versions }) => textOf(versions.at(-1)?.body ?? ''));
  const paths = bodies.flatMap((body) =>
    [...body.matchAll(new RegExp(`${CODE.url}/blob/main/([^"]+)`, 'g'))].map(([, path = '']) => path),
  );
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !files.has(path))).toEqual([]);
});
