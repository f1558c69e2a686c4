import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../harness/git.ts';
import {
  commitFiles,
  documentFile,
  type WrittenRepository,
  writtenRepository,
} from '../harness/written-repository.ts';

const PAGE = documentFile(
  { title: 'How billing works', id: '1' },
  'Makers get an invoice, see [Shipping](shipping.md).\n\n## Fees\n\nFour percent.\n\n## Dates\n\nOn the first.\n',
);
const DOCUMENTS = {
  'confluence/ENG/billing.md': PAGE,
  'confluence/ENG/shipping.md': documentFile(
    { title: 'Shipping', id: '2' },
    'Parcels leave the barn at noon.\n',
  ),
  'docs/house.md': '# House rules\n\nBe kind.\n',
};

describe('ctx show', () => {
  test('only some lines, or a section', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const shown = async (...args: string[]) =>
      (await repository.run(['show', 'confluence/1', ...args])).stdout;
    expect(await shown('--section', 'FEES')).toBe('## Fees\n\nFour percent.\n\n');
    expect(await shown('--lines', '1-2')).toBe('---\nid: "1"\n');
    const { code, stderr } = await repository.run(['show', 'confluence/1', '--section', 'None']);
    expect({ code, stderr }).toMatchInlineSnapshot(`
      {
        "code": 2,
        "stderr": "error: The document has no section "None".
        Name one of its 2 headings as it is written; it shows them when it is read without a section.
      ",
      }
    `);
  });

  test('a note as it is, from any folder of the repository', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const from = async (cwd: string, name: string) => (await repository.run(['show', name], { cwd })).stdout;
    expect(await from(repository.path, 'docs/house.md')).toBe(DOCUMENTS['docs/house.md']);
    expect(await from(join(repository.path, 'docs'), 'house.md')).toBe(DOCUMENTS['docs/house.md']);
    expect(await from(join(repository.path, 'docs'), '../confluence/ENG/billing.md')).toBe(PAGE);
    // What is not committed is not of the repository.
    writeFileSync(join(repository.path, 'docs', 'draft.md'), 'draft');
    expect((await repository.run(['show', 'docs/draft.md'])).code).toBe(2);
  });

  test('code as it is indexed, although its repository is elsewhere', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const shop = join(repository.root, 'shop');
    mkdirSync(shop);
    git(shop, ['init', '--quiet', '--initial-branch=main']);
    const body = Array.from(
      { length: 120 },
      (_, n) => `export function fee${n}(sum: number): number {\n  return sum * ${n};\n}\n`,
    );
    const file = `// Fees.\n\n\n${body.join('\n')}`;
    const long = `${body.slice(0, 60).join('\n')}\nconst words = [${'"fee", '.repeat(400)}];\n`;
    commitFiles(shop, { 'src/fees.ts': file, 'src/long.ts': long, 'notes.txt': 'one\n\n\n\ntwo\n' });
    await repository.run(['index', '--code', shop]);
    const shown = async (name: string) => (await repository.run(['show', `shop:${name}`])).stdout;
    expect(await shown('src/fees.ts')).toBe(file);
    expect(await shown('notes.txt')).toBe('one\n\n\n\ntwo\n');
    expect((await shown('src/long.ts')).replaceAll(' ', '')).toBe(long.replaceAll(' ', ''));
    const { code, stderr } = await repository.run(['show', 'shop:src/none.ts']);
    expect({ code, stderr }).toMatchInlineSnapshot(`
      {
        "code": 2,
        "stderr": "error: The index has no file of code shop:src/none.ts.
        Name it as a search does, REPOSITORY:PATH. Files that programs made, and those of more than a megabyte, are not indexed.
      ",
      }
    `);
  });
});

describe('ctx related', () => {
  test('says how each belongs to the document', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    expect(
      (
        await repository.run(['related', 'shipping.md', '-n', '1'], {
          cwd: join(repository.path, 'confluence/ENG'),
        })
      ).stdout,
    ).toBe('How billing works\n  linked-from, similar · confluence/ENG/billing.md\n');
    const { code, stdout, stderr } = await repository.run(['related', 'confluence/99']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('is or was called confluence/99');
  });

  test('links of every form, and none that lead out', async () => {
    await using repository = writtenRepository();
    const target = 'confluence/ENG/what (now)-길.md';
    const page = (id: string, link: string) => documentFile({ title: `Page ${id}`, id }, `${link}\n`);
    repository.commit({
      [target]: documentFile(
        { title: 'What now', id: '50' },
        'See [up](../../../../etc/passwd.md) and [broken](%E0%A4.md).\n',
      ),
      'confluence/ENG/a.md': page('a', '[x](what%20(now)-%EA%B8%B8.md#part)'),
      'confluence/ENG/b.md': page('b', '[x](<what (now)-길.md>)'),
      'confluence/ENG/c.md': page('c', '[x](https://site.example/what%20(now)-길.md)'),
    });
    const linking = await relatedBy(repository, 'confluence/50', 'linked-from');
    expect(linking).toEqual(['confluence/ENG/a.md', 'confluence/ENG/b.md']);
  });

  test('a document that is gone says since when', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    repository.commit({ 'confluence/ENG/shipping.md': null });
    const { code, stderr } = await repository.run(['related', 'confluence/2']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('confluence/2 is gone since'),
    });
  });
});

async function relatedBy(repository: WrittenRepository, name: string, relation: string): Promise<string[]> {
  const { results } = (await repository.json(['related', name])) as {
    results: { path: string; relations: string[] }[];
  };
  return results.filter(({ relations }) => relations.includes(relation)).map(({ path }) => path);
}
