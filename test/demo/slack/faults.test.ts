import { expect, test } from 'vitest';
import { randomFaults } from '../../../src/demo/faults.ts';
import * as edits from '../../../src/demo/slack/edits.ts';
import type { SlackWorkspace } from '../../../src/demo/slack/workspace.ts';
import { pagesOf, startSlack, tsOf } from './client.ts';

const HISTORY = /^\/api\/conversations\.history\b/;

async function startHistory() {
  const client = await startSlack({ pageLimit: 2 });
  const { simulator, send, channel } = client;
  const id = channel('engineering');
  const read = (cursor = '') =>
    send(`conversations.history?channel=${id}&cursor=${encodeURIComponent(cursor)}`, {
      headers: { authorization: `Bearer ${simulator.token}` },
    });
  return { ...client, id, read, faults: simulator.faults };
}

test('calls fail in the forms that the service has', async () => {
  const { faults, read, simulator } = await startHistory();
  const next = async (fault: Parameters<typeof faults.add>[0]['fault']) => {
    faults.add({ fault, path: HISTORY });
    const { status, headers, text, json } = await read();
    return { status, type: headers.get('content-type'), wait: headers.get('retry-after'), text, json };
  };
  const limited = { ok: false, error: 'ratelimited' };
  expect(await next({ kind: 'rate-limit', seconds: 7 })).toMatchObject({
    status: 429,
    wait: '7',
    json: limited,
  });
  expect(await next({ kind: 'rate-limit', retryAfter: 'absent' })).toMatchObject({ status: 429, wait: null });
  for (const status of [500, 503])
    expect(await next({ kind: 'status', status })).toMatchObject({
      status,
      type: 'text/html; charset=utf-8',
    });
  for (const error of ['internal_error', 'fatal_error'])
    expect(await next({ kind: 'refusal', error })).toMatchObject({ status: 200, json: { ok: false, error } });
  const html = await next({ kind: 'login-page' });
  expect([html.status, html.type, html.json]).toEqual([200, 'text/html; charset=utf-8', undefined]);
  const half = await next({ kind: 'truncated' });
  expect([half.status, half.json]).toEqual([200, undefined]);
  expect(half.text).toMatch(/^\{"ok":true/);
  expect(await next({ kind: 'empty' })).toMatchObject({ status: 200, text: '' });
  await expect(next({ kind: 'reset' })).rejects.toThrow();
  expect(simulator.requests.map(({ fault }) => fault)).toEqual(faults.given.map(({ kind }) => kind));
  expect(simulator.requests.at(-1)?.status).toBe(0);
  expect((await read()).json.ok).toBe(true);
});

test('an edit comes between two pages', async () => {
  const { faults, call, id } = await startHistory();
  faults.add({
    path: HISTORY,
    skip: 1,
    fault: { kind: 'edit', edit: (workspace) => edits.postMessage(workspace, id, { text: 'in between' }) },
  });
  const pages = await pagesOf(call, 'conversations.history', { list: 'messages', channel: id });
  expect(pages.flat().map(({ text }) => text)).not.toContain('in between');
  const again = await pagesOf(call, 'conversations.history', { list: 'messages', channel: id });
  expect(tsOf(again.flat()).slice(1)).toEqual(tsOf(pages.flat()));
});

test('listings lie about where they go on', async () => {
  const { faults, read } = await startHistory();
  const first = (await read()).json;
  const { next_cursor: cursor } = first.response_metadata;
  faults.add({ path: HISTORY, fault: { kind: 'repeated-page' }, times: 2 });
  const repeated = (await read()).json;
  expect(tsOf((await read(repeated.response_metadata.next_cursor)).json.messages)).toEqual(
    tsOf(first.messages),
  );
  faults.clear();
  faults.add({ path: HISTORY, fault: { kind: 'repeated-page' } });
  expect((await read(cursor)).json.response_metadata.next_cursor).toBe(cursor);
  faults.add({ path: HISTORY, fault: { kind: 'cut-listing' } });
  expect((await read()).json).toMatchObject({ has_more: false, response_metadata: { next_cursor: '' } });
  faults.add({ path: HISTORY, fault: { kind: 'lost-page' } });
  expect((await read()).json).toEqual({ ...first, messages: [] });
  faults.add({ path: HISTORY, fault: { kind: 'empty-page' } });
  const empty = (await read(cursor)).json;
  expect([empty.messages, empty.response_metadata.next_cursor]).toEqual([[], cursor]);
});

test('a cursor expires, and only requests with one are refused', async () => {
  const { faults, read } = await startHistory();
  faults.add({ path: HISTORY, fault: { kind: 'expired-cursor' } });
  const first = (await read()).json;
  expect((await read(first.response_metadata.next_cursor)).json.error).toBe('invalid_cursor');
  expect((await read(first.response_metadata.next_cursor)).json.ok).toBe(true);
});

test('what is forbidden is listed but cannot be read', async () => {
  const { faults, call, id } = await startHistory();
  faults.forbidden.add(id);
  const channels = (await pagesOf(call, 'conversations.list', { list: 'channels' })).flat();
  expect(channels.map((channel) => channel.id)).toContain(id);
  expect((await call('conversations.history', { channel: id })).error).toBe('channel_not_found');
});

test('rules see the arguments of a form, and schedules may draw faults', async () => {
  const { faults, call, id } = await startHistory();
  faults.add({
    path: new RegExp(`channel=${id}`),
    method: 'POST',
    fault: { kind: 'refusal', error: 'internal_error' },
  });
  expect((await call('conversations.history', { channel: id })).error).toBe('internal_error');
  const drawn = [{ kind: 'refusal', error: 'fatal_error' }] as const;
  faults.schedule = randomFaults<SlackWorkspace>({ rate: 1, seed: 3, faults: drawn });
  expect((await call('auth.test')).error).toBe('fatal_error');
});

test('files fail as well', async () => {
  const { simulator, faults, send } = await startHistory();
  const [file] = simulator.workspace.files.values();
  const address = `${simulator.filesUrl}/files-pri/${simulator.team.id}-${file?.id}/a`;
  const headers = { authorization: `Bearer ${simulator.token}` };
  faults.add({ path: /^\/files-pri\//, fault: { kind: 'status', status: 503 } });
  expect((await send(address, { headers })).status).toBe(503);
  expect((await send(address, { headers })).status).toBe(200);
});
