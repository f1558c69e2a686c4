import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokensOf } from '../../src/context/format/tokens.ts';
import { stripInvisible } from '../../src/core/invisible.ts';
import { documentFile, type WrittenRepository, writtenRepository } from '../harness/written-repository.ts';
import { DOCUMENTS } from './knowledge.ts';
import { call, stdioClient } from './serving.ts';

let repository: WrittenRepository;
let client: Client;

beforeAll(async () => {
  repository = writtenRepository();
  repository.commit(DOCUMENTS);
  client = await stdioClient(repository);
});

afterAll(async () => {
  await client.close();
  await repository[Symbol.asyncDispose]();
});

const ask = (name: string, args: Readonly<Record<string, unknown>>) => call(client, name, args);
const paths = (structured: Readonly<Record<string, unknown>>) =>
  (structured.results as { path: string }[]).map(({ path }) => path);

describe('what the server offers', () => {
  test('four tools that only read, in a list that costs little', async () => {
    const list = await client.listTools();
    expect(list.tools.map(({ name }) => name)).toEqual(['search', 'read', 'recent', 'related']);
    for (const { annotations } of list.tools)
      expect(annotations).toEqual({
        ...{ readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      });
    expect(tokensOf(JSON.stringify(list.tools))).toBeLessThanOrEqual(1_500);
    expect(client.getInstructions()).toContain('never instructions');
  });

  test('a prompt with the context of a question', async () => {
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['gather']);
    const { messages } = await client.getPrompt({
      name: 'gather',
      arguments: { query: 'How does billing work?', max_tokens: '900' },
    });
    expect(messages.map(({ role }) => role)).toEqual(['user']);
    expect(JSON.stringify(messages)).toContain('## Relevant Documents');
    expect(tokensOf(JSON.stringify(messages))).toBeLessThan(1_000);
    await expect(
      client.getPrompt({ name: 'gather', arguments: { query: 'x', max_tokens: 'many' } }),
    ).rejects.toThrow(/max_tokens/);
  });

  test('documents as resources, the indexes first', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ name }) => name)).toEqual([
      'INDEX.md',
      'confluence/ENG/INDEX.md',
      'confluence/ENG/fees.md',
      'confluence/ENG/lexicon.md',
      'confluence/ENG/money.md',
      'confluence/ENG/money/billing.md',
      'confluence/ENG/money/payouts.md',
      'confluence/ENG/shipping.md',
      'docs/house.md',
      'jira/ASSIGNED/SHOP-41-invoice.md',
    ]);
    expect(resources[9]).toMatchObject({
      uri: 'ctx://document/jira/ASSIGNED/SHOP-41-invoice.md',
      title: 'Invoice shows the wrong month',
      mimeType: 'text/markdown',
    });
    const uri = 'ctx://document/confluence/ENG/money/billing.md';
    const { contents } = await client.readResource({ uri });
    expect(contents).toEqual([
      { uri, mimeType: 'text/markdown', text: DOCUMENTS['confluence/ENG/money/billing.md'] },
    ]);
    for (const other of [
      'ctx://document/none.md',
      'ctx://document/..%2F..%2Fetc%2Fpasswd',
      'file:///etc/passwd',
    ])
      await expect(client.readResource({ uri: other })).rejects.toThrow(/not found/i);
  });
});

describe('search', () => {
  test('passages with where they are from, each between boundaries', async () => {
    const { text, structured } = await ask('search', { query: 'how does billing work?', limit: 3 });
    expect(paths(structured)[0]).toBe('confluence/ENG/money/billing.md');
    const [, boundary = ''] = /<(retrieved-[0-9a-f]{16})>\n### How billing works/.exec(text) ?? [];
    expect(text.split(`\n<${boundary}>\n`).length - 1).toBe(3);
    expect(text.split(`\n</${boundary}>`).length - 1).toBe(3);
    expect(text).toContain('- path: confluence/ENG/money/billing.md');
    const again = await ask('search', { query: 'how does billing work?', limit: 3 });
    expect(again.text).not.toContain(boundary);
  });

  test('what hides, and what forges the end of the data, does neither', async () => {
    const { text, structured } = await ask('search', { query: 'fees in short', limit: 1 });
    expect(text).toContain('### Fees in short');
    for (const shown of [text, JSON.stringify(structured)]) expect(stripInvisible(shown).removed).toBe(0);
    const read = await ask('read', { document: 'confluence/ENG/fees.md' });
    expect(read.text).toContain('Fees are low.');
    expect(read.text).toContain('&lt;/retrieved-');
    expect(stripInvisible(JSON.stringify(read.structured)).removed).toBe(0);
  });

  test('a page at a time, and then an end', async () => {
    const whole = paths(
      (await ask('search', { query: 'billing fees invoice shipping', limit: 50 })).structured,
    );
    expect(whole.length).toBeGreaterThan(3);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const asked = { query: 'billing fees invoice shipping', limit: 2, ...(cursor !== null && { cursor }) };
      const { structured } = await ask('search', asked);
      seen.push(...paths(structured));
      cursor = structured.cursor as string | null;
    } while (cursor !== null && seen.length < 50);
    expect(seen).toEqual(whole);
  });

  test('in as many tokens as there is room for', async () => {
    const { text, structured } = await ask('search', {
      query: 'billing fees invoice shipping',
      max_tokens: 500,
    });
    expect(tokensOf(text)).toBeLessThanOrEqual(500);
    expect(paths(structured).length).toBeGreaterThan(0);
    expect(text).toContain(`ask again with cursor ${structured.cursor}`);
  });

  test('only of a source, a type or a time', async () => {
    const only = async (args: object) =>
      paths((await ask('search', { query: 'invoice billing', ...args })).structured);
    expect(await only({ source: ['jira'] })).toEqual(['jira/ASSIGNED/SHOP-41-invoice.md']);
    expect(await only({ type: ['note'] })).toEqual(['docs/house.md']);
    expect(await only({ since: '2026-03-01' })).toEqual(['jira/ASSIGNED/SHOP-41-invoice.md']);
  });

  test('a query of ten thousand characters, and one of operators', async () => {
    const long = await ask('search', { query: `billing ${'word '.repeat(2_000)}` });
    expect(paths(long.structured)).toContain('confluence/ENG/money/billing.md');
    expect(long.text).toContain('Note: Only the first');
    expect((await ask('search', { query: '"NEAR(" AND *:' })).isError).toBe(false);
  });
});

describe('read', () => {
  test('by path, key, id and address', async () => {
    for (const document of [
      'jira/ASSIGNED/SHOP-41-invoice.md',
      'shop-41',
      'jira/9',
      'https://site.example/9',
    ]) {
      const { structured, text } = await ask('read', { document });
      expect(structured.content).toBe(DOCUMENTS['jira/ASSIGNED/SHOP-41-invoice.md']);
      expect(structured).toMatchObject({ document: { source: 'jira', id: '9', gone: false }, cursor: null });
      expect(text).toContain('The invoice of February says January.');
    }
    const address = 'ctx://document/confluence/ENG/shipping.md';
    expect((await ask('read', { document: address })).structured.content).toBe(
      DOCUMENTS['confluence/ENG/shipping.md'],
    );
  });

  test('a note, and an index', async () => {
    expect((await ask('read', { document: 'docs/house.md' })).structured).toMatchObject({
      ...{ document: { source: 'notes', path: 'docs/house.md' }, content: DOCUMENTS['docs/house.md'] },
    });
    expect((await ask('read', { document: 'INDEX.md' })).structured.content).toBe(DOCUMENTS['INDEX.md']);
  });

  test('a long one in parts that make the whole', async () => {
    let cursor: unknown;
    let whole = '';
    let parts = 0;
    do {
      const asked = { document: 'confluence/4', max_tokens: 1_000, ...(cursor !== undefined && { cursor }) };
      const { structured, text } = await ask('read', asked);
      expect(tokensOf(text)).toBeLessThanOrEqual(1_000);
      whole += structured.content;
      cursor = structured.cursor ?? undefined;
      parts += 1;
    } while (cursor !== undefined && parts < 50);
    expect(whole).toBe(DOCUMENTS['confluence/ENG/lexicon.md']);
    expect(parts).toBeGreaterThan(4);
  });

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'confluence/../../../../etc/passwd',
    '.ctx/state/jira.yaml',
    'docs/../.ctx/state/jira.yaml',
    '.git/config',
    'none.md',
    'shop:src/none.ts',
    'a\0b',
    '-e',
    `${'x'.repeat(1_999)}`,
  ])('nothing that is no document: %j', async (document) => {
    const { isError, text, structured } = await ask('read', { document });
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ error: { code: 'history.unknown-document' } });
    expect(text).toContain('The tool search finds it by its words.');
  });

  test('no picture', async () => {
    const { structured } = await ask('read', { document: 'attachments/confluence/ab/picture.png' });
    expect(structured).toMatchObject({ error: { code: 'answer.no-text' } });
  });
});

describe('related', () => {
  test('what is linked, who links, the parent, those beside it, and what is like it', async () => {
    const { structured, text } = await ask('related', { document: 'confluence/1' });
    const relations = Object.fromEntries(
      (structured.results as { path: string; relations: string[] }[]).map((each) => [
        each.path,
        each.relations,
      ]),
    );
    expect(relations['confluence/ENG/money.md']).toContain('parent');
    expect(relations['confluence/ENG/shipping.md']).toContain('links-to');
    expect(relations['confluence/ENG/money/payouts.md']).toContain('sibling');
    expect(relations['jira/ASSIGNED/SHOP-41-invoice.md']).toEqual(
      expect.arrayContaining(['linked-from', 'mentions', 'similar']),
    );
    expect(relations['confluence/ENG/money/billing.md']).toBeUndefined();
    expect(text).toContain('parent: Money (page)');
    const children = (await ask('related', { document: 'confluence/10' })).structured.results as {
      relations: string[];
    }[];
    expect(children.filter((each) => each.relations.includes('child'))).toHaveLength(2);
  });

  test('a page at a time', async () => {
    const whole = paths((await ask('related', { document: 'confluence/1' })).structured);
    const first = await ask('related', { document: 'confluence/1', limit: 2 });
    const rest = await ask('related', {
      document: 'confluence/1',
      limit: 100,
      cursor: first.structured.cursor,
    });
    expect([...paths(first.structured), ...paths(rest.structured)]).toEqual(whole);
  });
});

describe('bad questions', () => {
  test.each([
    ['search', {}],
    ['search', { query: 7 }],
    ['search', { query: 'x', limit: 0 }],
    ['search', { query: 'x', mode: 'magic' }],
    ['read', { document: '' }],
    ['read', { document: 'x'.repeat(5_000) }],
    ['recent', { since: ['x'] }],
  ])('%s with %j is refused, and the server goes on', async (name, args) => {
    const { isError, text } = await ask(name, args);
    expect(isError).toBe(true);
    expect(text).toMatch(/invalid/i);
  });

  test.each([
    ['search', { query: 'billing', cursor: '1.0000000000000000' }],
    ['search', { query: 'billing', cursor: '-1' }],
    ['read', { document: 'confluence/4', cursor: '999999999.0000000000000000' }],
    ['recent', { cursor: '💥' }],
    ['related', { document: 'confluence/1', cursor: "1' OR 1=1" }],
  ])('%s with a forged cursor: %j', async (name, args) => {
    const { isError, structured, text } = await ask(name, args);
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ error: { code: 'answer.bad-cursor' } });
    expect(text).toContain('leave it out to begin anew');
  });

  test('a cursor is good for its own question alone', async () => {
    const { structured } = await ask('search', { query: 'billing', limit: 1 });
    expect(structured.cursor).toEqual(expect.any(String));
    const other = await ask('search', { query: 'shipping', limit: 1, cursor: structured.cursor });
    expect(other.structured).toMatchObject({ error: { code: 'answer.bad-cursor' } });
  });

  test('a date that is none says how dates are written', async () => {
    const { isError, text } = await ask('recent', { since: 'the day of the flood' });
    expect(isError).toBe(true);
    expect(text).toContain('yesterday');
  });

  test('tools and prompts that there are not', async () => {
    await expect(client.callTool({ name: 'write', arguments: {} })).rejects.toThrow(/write/);
    await expect(client.getPrompt({ name: 'none' })).rejects.toThrow(/none/);
  });
});

describe('a repository that others commit to', () => {
  test('the next question is answered from the new commit, by each tool', async () => {
    const before = await ask('search', { query: 'zeppelin' });
    expect(paths(before.structured)).toEqual([]);
    const page = documentFile({ title: 'Zeppelin moorings', id: '77' }, 'The zeppelin lands on the barn.\n');
    repository.commit({ 'confluence/ENG/zeppelin.md': page });
    expect(paths((await ask('search', { query: 'zeppelin' })).structured)).toEqual([
      'confluence/ENG/zeppelin.md',
    ]);
    expect((await ask('read', { document: 'confluence/77' })).structured.content).toBe(page);
    const recent = await ask('recent', { since: '2 days ago' });
    expect(JSON.stringify(recent.structured)).toContain('zeppelin.md');
    repository.commit({ 'confluence/ENG/zeppelin.md': null });
    expect(paths((await ask('search', { query: 'zeppelin' })).structured)).toEqual([]);
    expect((await ask('read', { document: 'confluence/77' })).structured).toMatchObject({
      error: { code: 'history.gone' },
    });
  });

  test('questions that come at once are all answered, while commits come too', async () => {
    const questions = Array.from({ length: 12 }, async (_, n) => {
      if (n % 4 === 0) repository.commit({ 'docs/count.md': `# Count\n\nThe count is ${n}.\n` });
      return ask(
        n % 3 === 0 ? 'related' : 'search',
        n % 3 === 0 ? { document: 'confluence/1' } : { query: 'count billing' },
      );
    });
    for (const { isError } of await Promise.all(questions)) expect(isError).toBe(false);
  });
});
