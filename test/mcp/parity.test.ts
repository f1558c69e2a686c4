import { test } from 'vitest';
import { writtenRepository } from '../harness/written-repository.ts';
import { DOCUMENTS } from './knowledge.ts';
import { expectSame, type Same } from './parity.ts';
import { whileServed } from './serving.ts';

const SAME: readonly Same[] = [
  ['search', { query: 'billing', limit: 3 }, ['search', 'billing', '--limit', '3']],
  ['read', { document: 'SHOP-41' }, ['show', 'SHOP-41']],
  ['recent', { since: '2020-01-01', limit: 2 }, ['diff', '--since', '2020-01-01', '--limit', '2']],
  ['related', { document: 'confluence/1', limit: 3 }, ['related', 'confluence/1', '--limit', '3']],
];

test('tools answer what the command line does', async () => {
  await using repository = writtenRepository();
  repository.commit(DOCUMENTS);
  await whileServed(repository, async (client) => {
    for (const same of SAME) await expectSame(client, repository, same);
  });
});
