import { renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GatheredContext } from '../../src/context/injector.ts';
import { type WrittenRepository, writtenRepository } from '../harness/written-repository.ts';
import { DOCUMENTS } from './knowledge.ts';
import { expectSame, expectSamePages, type Same } from './parity.ts';
import { whileServed } from './serving.ts';

const SAME: readonly Same[] = [
  ['search', { query: 'SHOP-41', mode: 'lexical' }, ['search', 'SHOP-41', '--mode', 'lexical']],
  ['search', { query: 'fees', source: ['confluence'] }, ['search', 'fees', '--source', 'confluence']],
  ['search', { query: 'fee', type: ['code'] }, ['search', 'fee', '--type', 'code']],
  ['search', { query: 'invoice', since: '2 weeks ago' }, ['search', 'invoice', '--since', '2 weeks ago']],
  ['read', { document: 'confluence/ENG/fees.md' }, ['show', 'confluence/ENG/fees.md']],
  ['read', { document: 'docs/house.md' }, ['show', 'docs/house.md']],
  ['read', { document: 'confluence/1', section: 'fees' }, ['show', 'confluence/1', '--section', 'fees']],
  ['read', { document: 'confluence/1', lines: '3-5' }, ['show', 'confluence/1', '--lines', '3-5']],
  ['read', { document: 'shop:src/fee.ts' }, ['show', 'shop:src/fee.ts']],
  [
    'recent',
    { since: '2020-01-01', source: 'jira' },
    ['diff', '--since', '2020-01-01', '--source', 'jira', '--limit', '30'],
  ],
];

const PAGED: readonly Same[] = [
  ['search', { query: 'billing', limit: 2 }, ['search', 'billing', '--limit', '2']],
  ['recent', { since: '2020-01-01', limit: 2 }, ['diff', '--since', '2020-01-01', '--limit', '2']],
  ['related', { document: 'confluence/1', limit: 3 }, ['related', 'confluence/1', '--limit', '3']],
];

test('tools and the prompt answer what the command line does, whatever the question, page by page', async () => {
  await using repository = writtenRepository();
  await using code = writtenRepository();
  code.commit({ 'src/fee.ts': '/** Four percent. */\nexport const FEE = 0.04;\n' });
  repository.commit(DOCUMENTS);
  await repository.run(['index', '--code', named(code)]);
  await whileServed(repository, async (client) => {
    for (const same of SAME) await expectSame(client, repository, same);
    for (const same of PAGED) await expectSamePages(client, repository, same);
    const { formatted } = (await repository.json(['gather', 'billing', '--no-memory'])) as GatheredContext;
    const { messages } = await client.getPrompt({ name: 'gather', arguments: { query: 'billing' } });
    expect(unbound(JSON.stringify(messages))).toBe(
      unbound(JSON.stringify([{ role: 'user', content: { type: 'text', text: formatted } }])),
    );
  });
});

/** A repository under the name that its folder gives it. */
function named({ root, path }: WrittenRepository): string {
  renameSync(path, `${root}/shop`);
  return `${root}/shop`;
}

const unbound = (text: string) => text.replace(/retrieved-[0-9a-f]{16}/g, 'retrieved-…');
