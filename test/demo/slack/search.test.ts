import { expect, test } from 'vitest';
import { readDay } from '../../../src/demo/slack/days.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { Loose } from '../client.ts';
import { startSlack } from './client.ts';

const texts = (json: Loose): string[] => json.messages.matches.map(({ text }: Loose) => text);

async function startSearch() {
  const client = await startSlack();
  const { workspace } = client.simulator;
  const channel = edits.createChannel(workspace, { name: 'plain' });
  const search = (query: string, args: object = {}): Promise<Loose> =>
    client.callAsUser('search.messages', { query, sort: 'timestamp', ...args });
  const at = (time: string, text: string) =>
    edits.postMessage(workspace, channel, { text, ts: `${Date.parse(time) / 1000}.000100` });
  return { ...client, workspace, channel, search, at };
}

test('only people may search', async () => {
  const { call, search } = await startSearch();
  expect((await call('search.messages', { query: 'mail' })).error).toBe('not_allowed_token_type');
  expect((await search(' ')).error).toBe('no_query');
  const scoped = await startSlack({ scopes: ['channels:read'] });
  expect(await scoped.callAsUser('search.messages', { query: 'mail' })).toMatchObject({
    error: 'missing_scope',
    needed: 'search:read',
  });
});

test('days begin and end where the searcher lives', async () => {
  const { search, at } = await startSearch();
  at('2025-11-19T22:59:59Z', 'late on the 19th in Berlin');
  at('2025-11-19T23:00:00Z', 'first of the 20th');
  at('2025-11-20T22:59:59Z', 'last of the 20th');
  at('2025-11-20T23:00:00Z', 'first of the 21st');
  const asc = { sort_dir: 'asc' };
  expect(texts(await search('in:plain on:2025-11-20', asc))).toEqual([
    'first of the 20th',
    'last of the 20th',
  ]);
  expect(texts(await search('in:plain before:2025-11-20'))).toEqual(['late on the 19th in Berlin']);
  expect(texts(await search('in:#plain after:2025-11-20'))).toEqual(['first of the 21st']);
  expect(texts(await search('in:plain after:2025-11-18 before:2025-11-21', asc))).toHaveLength(3);
  expect((await search('in:plain on:tomorrow')).messages.total).toBe(0);
});

test('a day on which clocks change has 23 hours or 25', async () => {
  const { search, at } = await startSearch();
  at('2025-03-29T23:00:00Z', 'midnight of the 30th, in winter');
  at('2025-03-30T21:59:59Z', 'the end of it, in summer');
  at('2025-03-30T22:00:00Z', 'the 31st');
  expect((await search('in:plain on:2025-03-30')).messages.total).toBe(2);
  expect(readDay('2025-04-06', 'Pacific/Auckland')).toEqual({
    from: Date.parse('2025-04-05T11:00:00Z'),
    to: Date.parse('2025-04-06T12:00:00Z'),
  });
});

test('words, phrases, channels and people narrow a search', async () => {
  const { search, simulator } = await startSearch();
  const total = async (query: string) => (await search(query)).messages.total;
  expect(texts(await search('QUEUE 310'))).toEqual(['Queue is at 310.']);
  expect(await total('"is at" queue')).toBe(1);
  expect(await total('"at is" queue')).toBe(0);
  expect(await total('queue in:general')).toBe(0);
  const jonas = [...simulator.workspace.users.values()].find(({ name }) => name === 'jonas');
  expect(await total('from:@jonas queue')).toBe(1);
  expect(await total(`from:<@${jonas?.id}> queue in:<#C0FH0000003|incidents>`)).toBe(1);
  expect(await total('from:me queue')).toBe(0);
  expect(await total('in:@jonas night')).toBe(1);
  expect(await total('has joined')).toBe(0);
  expect(await total('"message was deleted"')).toBe(0);
});

test('a match says where it is; the address of a reply names its thread', async () => {
  const { search, team } = await startSearch().then((each) => ({ ...each, team: each.simulator.team }));
  const [match] = (await search('310')).messages.matches;
  const digits = match.ts.replace('.', '');
  expect(match).toMatchObject({ username: 'jonas', channel: { name: 'incidents', is_private: false } });
  expect(match.permalink).toMatch(
    new RegExp(`^${team.url}archives/${match.channel.id}/p${digits}\\?thread_ts=\\d{10}\\.\\d{6}$`),
  );
});

test('pages have up to 100 matches, and there are at most 100 of them', async () => {
  const { search, workspace, channel } = await startSearch();
  const last = 10_050;
  for (let number = 1; number <= last; number += 1)
    edits.postMessage(workspace, channel, { text: `n${number}`, ts: `${1_700_000_000 + number}.000100` });
  const read = (page: number, count: number) => search('in:plain', { page, count, sort_dir: 'asc' });
  const first = await read(1, 500);
  expect(first.messages).toMatchObject({
    total: last,
    paging: { count: 100, total: last, page: 1, pages: 100 },
    pagination: { per_page: 100, page_count: 100, first: 1, last: 100 },
  });
  expect(texts(await read(100, 100)).at(-1)).toBe('n10000');
  expect(texts(await read(101, 100))).toEqual([]);
  expect(texts(await search('in:plain', { count: 2 }))).toEqual(['n10050', 'n10049']);
  expect((await search('in:plain', { page: 0 })).error).toBe('invalid_arguments');
});

test('the index may lag behind: it shows what was, and not yet what is', async () => {
  const { search, workspace, channel, simulator } = await startSearch();
  const [kept = '', gone = ''] = ['first draft', 'gone soon'].map((text) =>
    edits.postMessage(workspace, channel, { text }),
  );
  edits.editMessage(workspace, channel, kept, { text: 'second draft' });
  edits.deleteMessage(workspace, channel, gone);
  edits.reply(workspace, channel, kept, { text: 'an answer' });
  simulator.faults.searchLag = 3;
  expect(texts(await search('in:plain', { sort_dir: 'asc' }))).toEqual(['first draft', 'gone soon']);
  simulator.faults.searchLag = 0;
  expect(texts(await search('in:plain', { sort_dir: 'asc' }))).toEqual(['second draft', 'an answer']);
});
