import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../../harness/git.ts';
import {
  commitFiles,
  documentFile,
  type WrittenRepository,
  writtenRepository,
} from '../../harness/written-repository.ts';

const BILLING = documentFile(
  { title: 'How billing works', id: '1', updated: '2026-02-01T10:00:00Z' },
  'Makers get an invoice each month.\n\n## Fees\n\nWe take four percent of what was sold.\n',
);
const SHIPPING = documentFile({ title: 'Shipping', id: '2' }, 'Parcels leave the barn at noon.\n');
const TICKET = documentFile(
  {
    title: 'Invoice shows the wrong month',
    id: '9',
    source: 'jira',
    type: 'ticket',
    key: 'SHOP-41',
    updated: '2026-03-09T10:00:00Z',
  },
  'The invoice of February says January.\n',
);

interface Shown {
  readonly path: string;
  readonly score: number;
  readonly match: string;
  readonly snippet: string;
  readonly [fact: string]: unknown;
}

async function found(repository: WrittenRepository, ...args: string[]): Promise<Shown[]> {
  return ((await repository.json(['search', ...args])) as { results: Shown[] }).results;
}

const paths = (results: readonly Shown[]) => results.map(({ path }) => path);

const DOCUMENTS = {
  'confluence/ENG/billing.md': BILLING,
  'confluence/ENG/shipping.md': SHIPPING,
  'jira/ASSIGNED/SHOP-41-invoice.md': TICKET,
};

const indexOf = ({ path }: WrittenRepository) => join(path, '.git', 'ctx', 'search.sqlite');

describe('what is found', () => {
  test('documents that answer a question, with all that tells what they are', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const [best] = await found(repository, 'how', 'does', 'billing', 'work?');
    expect(best).toMatchObject({
      path: 'confluence/ENG/billing.md',
      title: 'How billing works',
      breadcrumb: ['ENG'],
      url: 'https://site.example/1',
      source: 'confluence',
      type: 'page',
      updated: '2026-02-01T10:00:00Z',
      ageDays: 37,
      match: 'words',
    });
    expect(best?.snippet).toContain('invoice each month');
  });

  test('a key finds what it names first, and then what mentions it', async () => {
    await using repository = writtenRepository();
    const note = documentFile({ title: 'Meeting', id: '5' }, 'SHOP-41 is fixed. SHOP-411 is not.\n');
    const other = documentFile({ title: 'Other', id: '6' }, 'SHOP-411 41 shop SHOP, 41.\n');
    repository.commit({ ...DOCUMENTS, 'confluence/ENG/meeting.md': note, 'confluence/ENG/other.md': other });
    const results = await found(repository, 'what of shop-41');
    expect(results.slice(0, 2).map(({ path, match }) => [path, match])).toEqual([
      ['jira/ASSIGNED/SHOP-41-invoice.md', 'named'],
      ['confluence/ENG/meeting.md', 'mentioned'],
    ]);
  });

  test('what people wrote into the repository is found; what builds generate is not', async () => {
    await using repository = writtenRepository();
    repository.commit({
      'notes/plan.md': '# Zeppelin plan\n\nWe rent one zeppelin.\n',
      'INDEX.md': '<!-- Written by ctx build. Changes are overwritten. -->\n# zeppelin\n',
    });
    const results = await found(repository, 'zeppelin');
    expect(results.map(({ path, type, title }) => [path, type, title])).toEqual([
      ['notes/plan.md', 'note', 'Zeppelin plan'],
    ]);
  });

  test.each([
    [['--source', 'jira'], ['jira/ASSIGNED/SHOP-41-invoice.md']],
    [['--type', 'page'], ['confluence/ENG/billing.md']],
    [['--since', '2026-03-01'], ['jira/ASSIGNED/SHOP-41-invoice.md']],
  ])('only what %j asks for', async (options, expected) => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    expect(paths(await found(repository, 'invoice', ...options))).toEqual(expected);
  });

  test.each([
    '"',
    'AND',
    'NEAR(a b)',
    '*',
    'title:',
    'the of and',
    '',
    '(((',
    '\u0000',
    '東京',
    'x'.repeat(10_000),
  ])('no query is an error: %j', async (query) => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const { code } = await repository.run(['search', '--json', '--', query]);
    expect(code).toBe(0);
  });

  test('for people: title, place, date, passage and path; nothing found is said', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const { stdout } = await repository.run(['search', 'fees']);
    expect(stdout).toMatch(/^How billing works\n {2}ENG\n/);
    expect(stdout).toMatch(/\n {2}\d+ % · confluence page · 2026-02-01 \(37 days ago\)\n/);
    expect(stdout).toMatch(/\n {2}confluence\/ENG\/billing\.md:\d+\n/);
    const nothing = await repository.run(['search', 'xylophone']);
    expect(nothing).toMatchObject({ code: 0, stdout: '' });
    expect(nothing.stderr).toContain('Nothing was found.');
  });
});

describe('the index follows the repository', () => {
  test('a search after a commit finds what is new, and never what is gone', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    expect(paths(await found(repository, 'invoice'))).toHaveLength(2);
    repository.commit({
      'confluence/ENG/billing.md': null,
      'confluence/ENG/shipping.md': documentFile(
        { title: 'Shipping', id: '2' },
        'An invoice is in each parcel.\n',
      ),
    });
    expect(paths(await found(repository, 'invoice')).sort()).toEqual([
      'confluence/ENG/shipping.md',
      'jira/ASSIGNED/SHOP-41-invoice.md',
    ]);
  });

  test('a history that was replaced, and one that went back, are followed too', async () => {
    await using repository = writtenRepository();
    const first = repository.commit(DOCUMENTS);
    repository.commit({ 'confluence/ENG/extra.md': documentFile({ title: 'Extra invoice' }, 'More.\n') });
    expect(paths(await found(repository, 'extra'))).toContain('confluence/ENG/extra.md');
    git(repository.path, ['reset', '--quiet', '--hard', first]);
    expect(paths(await found(repository, 'extra'))).toEqual([]);
  });

  test('made anew it answers the same', async () => {
    await using repository = writtenRepository();
    repository.commit({ 'confluence/ENG/billing.md': SHIPPING });
    await found(repository, 'invoice');
    repository.commit(DOCUMENTS);
    const before = await found(repository, 'invoice month', '--mode', 'lexical');
    await repository.run(['index', '--rebuild']);
    expect(await found(repository, 'invoice month', '--mode', 'lexical')).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  });

  test.each([
    ['no database', (file: string) => writeFileSync(file, 'nonsense')],
    ['cut off', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 9000))],
    [
      'overwritten in the middle',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xab, 4096);
        writeFileSync(file, bytes);
      },
    ],
  ])('a file that is %s is made anew, and it is said', async (_, spoil) => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const before = await found(repository, 'invoice');
    spoil(indexOf(repository));
    const { stdout, stderr } = await repository.run(['search', 'invoice', '--json']);
    expect((JSON.parse(stdout) as { results: unknown }).results).toEqual(before);
    expect(stderr).toContain('made anew');
  });

  test('nothing of it is seen by git', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    await found(repository, 'invoice');
    expect(existsSync(indexOf(repository))).toBe(true);
    expect(git(repository.path, ['status', '--porcelain']).toString()).toBe('');
  });
});

describe('code', () => {
  const CODE = 'export function invoiceFor(maker: string): number {\n  return fees(maker) * 12;\n}\n';

  function codeRepository({ root }: WrittenRepository, name = 'shop'): string {
    const path = join(root, name);
    mkdirSync(path);
    git(path, ['init', '--quiet', '--initial-branch=main']);
    commitFiles(path, {
      'src/invoice.ts': CODE,
      'README.md': '# Shop\n\nSells plants.\n',
      '.gitignore': 'out\n',
    });
    return path;
  }

  test('of a folder that is named is found by its symbols, and followed', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const shop = codeRepository(repository);
    await repository.run(['index', '--code', shop]);
    const [best] = await found(repository, 'invoice for a maker', '--type', 'code');
    expect(best).toMatchObject({ path: 'shop:src/invoice.ts', source: 'shop', symbols: ['invoiceFor'] });
    commitFiles(shop, { 'src/invoice.ts': null, 'src/bill.ts': CODE });
    expect(paths(await found(repository, 'invoiceFor', '--type', 'code'))).toEqual(['shop:src/bill.ts']);
  });

  test('that is not there any more keeps nothing else from being found, and it is said', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    const shop = codeRepository(repository);
    await repository.run(['index', '--code', shop]);
    rmSync(shop, { recursive: true });
    const { stdout } = await repository.run(['search', 'shipping', '--json']);
    const { results, notes } = JSON.parse(stdout) as { results: Shown[]; notes: string[] };
    expect(paths(results)).toContain('confluence/ENG/shipping.md');
    expect(notes.join()).toContain('The code of shop is as it was');
  });

  test('that is named no more is found no more', async () => {
    await using repository = writtenRepository();
    repository.commit(DOCUMENTS);
    await repository.run([
      'index',
      '--code',
      codeRepository(repository),
      codeRepository(repository, 'other'),
    ]);
    expect(paths(await found(repository, 'invoiceFor', '--type', 'code')).sort()).toEqual([
      'other:src/invoice.ts',
      'shop:src/invoice.ts',
    ]);
    await repository.run(['index', '--code', join(repository.root, 'other')]);
    expect(paths(await found(repository, 'invoiceFor', '--type', 'code'))).toEqual(['other:src/invoice.ts']);
  });
});
