import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { excludeDocuments } from '../../src/config/exclude.ts';

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ctx-exclude-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'context.config.yaml');
  writeFileSync(file, text);
  return file;
}

async function edited(text: string, ids: readonly string[] = ['7', '8'], source = 'wiki'): Promise<string> {
  const file = fileWith(text);
  await excludeDocuments(file, source, ids);
  return readFileSync(file, 'utf8');
}

const around = (section: string) => `# ours
version: 1   # aligned
sources:

  - id: tickets
    type: jira      # first
    views: { A: "x = 1" }
${section}
# the end
`;

test.each([
  [
    'without a list',
    '  - id: wiki        # its folder\n    type: confluence     # kept\n    spaces: all',
    '  - id: wiki        # its folder\n    type: confluence     # kept\n    exclude: ["7", "8"]\n    spaces: all',
  ],
  [
    'whose first key is the type',
    '  - type: confluence\n    id: wiki',
    '  - type: confluence\n    exclude: ["7", "8"]\n    id: wiki',
  ],
  [
    'with a list in brackets',
    '  - id: wiki\n    type: confluence\n    exclude: [ 1, "2" ]   # why',
    '  - id: wiki\n    type: confluence\n    exclude: [ 1, "2", "7", "8" ]   # why',
  ],
  [
    'with an empty list',
    '  - id: wiki\n    type: confluence\n    exclude: []',
    '  - id: wiki\n    type: confluence\n    exclude: ["7", "8"]',
  ],
  [
    'with a key and no value',
    '  - id: wiki\n    type: confluence\n    exclude: # none yet\n    spaces: all',
    '  - id: wiki\n    type: confluence\n    exclude: ["7", "8"] # none yet\n    spaces: all',
  ],
  [
    'with a list of lines',
    '  - id: wiki\n    exclude:\n      - "1"    # an accident\n      - 2\n    type: confluence',
    '  - id: wiki\n    exclude:\n      - "1"    # an accident\n      - 2\n      - "7"\n      - "8"\n    type: confluence',
  ],
  [
    'with a list of lines that is not indented',
    '  - id: wiki\n    exclude:\n    - "1"\n    type: confluence',
    '  - id: wiki\n    exclude:\n    - "1"\n    - "7"\n    - "8"\n    type: confluence',
  ],
  [
    'in braces',
    '  - { id: wiki, type: confluence, spaces: all }',
    '  - { id: wiki, type: confluence, exclude: ["7", "8"], spaces: all }',
  ],
])('ids are added to a source %s, and every other byte stays', async (_, before, after) => {
  expect(await edited(around(before))).toBe(around(after));
  const crlf = (text: string) => around(text).replaceAll('\n', '\r\n');
  expect(await edited(crlf(before))).toBe(crlf(after));
});

test('ids that are there in either form are not added again', async () => {
  const text = around('  - id: wiki\n    type: confluence\n    exclude: [7, "8"]');
  expect(await edited(text)).toBe(text);
  expect(await edited(text, ['7', '9'])).toBe(text.replace('"8"]', '"8", "9"]'));
});

test('a file whose form leaves no sure place is refused and stays as it is', async () => {
  const aliased = `list: &list [1]\n${around('  - id: wiki\n    type: confluence\n    exclude: *list')}`;
  for (const each of [aliased, `x: &x [1]\nsources: []\n`]) {
    const file = fileWith(each);
    await expect(excludeDocuments(file, 'wiki', ['7'])).rejects.toMatchObject({
      code: 'purge.config-not-editable',
      params: { source: 'wiki', ids: ['7'] },
    });
    expect(readFileSync(file, 'utf8')).toBe(each);
  }
});

test('the file keeps its mode, and a link to it stays a link', async () => {
  const file = fileWith(around('  - id: wiki\n    type: confluence'));
  chmodSync(file, 0o600);
  const link = `${file}.link`;
  symlinkSync(file, link);
  expect(await excludeDocuments(link, 'wiki', ['7'])).toEqual(['7']);
  expect(readFileSync(file, 'utf8')).toContain('exclude: ["7"]');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
