import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { readDocument } from '../../src/frontmatter/read.ts';
import { builtOnce, documentsOf } from '../e2e/built.ts';

vi.setConfig({ testTimeout: 60_000 });

const built = builtOnce();

/** The document of a source that says something, as the repository has it. */
function find(
  source: string,
  words: string,
): { readonly id: string; readonly url: string; readonly text: string } {
  for (const path of documentsOf(built.machine, source)) {
    const text = readFileSync(join(built.machine.repo, path), 'utf8');
    const facts = text.includes(words) ? readDocument(text)?.facts : undefined;
    if (facts) return { id: facts.id, url: facts.url, text };
  }
  throw new Error(`no document of ${source} says ${words}`);
}

/** Without what is not beside a document that is alone: links lead elsewhere, and files stay where they are. */
const words = (text: string): string =>
  text.replace(/^(?:views|attachments):\n(?:[ -] .*\n)+/gm, '').replace(/\]\([^)]*\)/g, ']()');

test('a page, by its id and by its address, is what a build makes of it, secrets and all', async () => {
  const page = find('confluence', '[redacted:');
  const [head, left] = [
    built.machine.git('rev-parse', 'HEAD'),
    readdirSync(tmpdir()).filter((name) => name.startsWith('context-sync-fetch-')),
  ];
  const byId = await built.machine.ctxHere(['fetch', page.id]);
  expect(byId.code, byId.stderr).toBe(0);
  expect(words(byId.stdout)).toBe(words(page.text));
  const byUrl = await built.machine.ctxHere(['fetch', page.url, '--json']);
  expect(JSON.parse(byUrl.stdout)).toEqual({ source: 'confluence', markdown: byId.stdout });
  expect(built.machine.git('rev-parse', 'HEAD')).toBe(head);
  expect(built.machine.git('status', '--porcelain')).toBe('');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('context-sync-fetch-'))).toEqual(left);
});

test('a ticket, by its key and by its address, whether a view has it or not', async () => {
  const ticket = find('jira', '\n## Comments');
  const key = readDocument(ticket.text)?.facts.key as string;
  const byKey = await built.machine.ctxHere(['fetch', key]);
  expect(byKey.code, byKey.stderr).toBe(0);
  expect(words(byKey.stdout)).toBe(words(ticket.text));
  expect(byKey.stdout).toContain('views:\n  - FETCHED\n');
  expect((await built.machine.ctxHere(['fetch', ticket.url])).stdout).toBe(byKey.stdout);
});

test('it is as the service has it now', async () => {
  const page = edits.createPage(built.simulator.workspace, {
    space: 'ENG',
    title: 'Just now',
    body: '<p>first words</p>',
  });
  expect((await built.machine.ctxHere(['fetch', page])).stdout).toMatch(/title: Just now[\s\S]*first words/);
});

test('what only some may see is not shown', async () => {
  const page = edits.createPage(built.simulator.workspace, {
    space: 'ENG',
    title: 'Salaries',
    body: '<p>a lot</p>',
  });
  edits.restrictPage(built.simulator.workspace, page, { users: [built.simulator.workspace.accountId] });
  const ran = await built.machine.ctxHere(['fetch', page]);
  expect(ran).toMatchObject({ code: 5, stdout: '' });
  expect(ran.stderr).toContain('include_restricted');
});

test.each([
  ['SHOP-99999', 2, /ticket SHOP-99999 does not exist/],
  ['99999999', 2, /page 99999999 does not exist/],
  ['https://elsewhere.example/browse/SHOP-1', 2, /calls no document/],
  ['nothing', 2, /calls no document/],
])('%s is told', async (name, code, message) => {
  const ran = await built.machine.ctxHere(['fetch', name]);
  expect(ran).toMatchObject({ code, stdout: '' });
  expect(ran.stderr).toMatch(message);
});
