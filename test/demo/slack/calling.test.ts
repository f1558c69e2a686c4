import { expect, test } from 'vitest';
import { startSlack } from './client.ts';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test('arguments come in a query, a form or JSON, and the token in a header or among them', async () => {
  const { simulator, send, channel } = await startSlack();
  const { token } = simulator;
  const id = channel('general');
  const json = { ...bearer(token), 'content-type': 'application/json; charset=utf-8' };
  const replies = await Promise.all([
    send(`conversations.info?channel=${id}`, { headers: bearer(token) }),
    send('conversations.info', {
      method: 'POST',
      headers: bearer(token),
      body: new URLSearchParams({ channel: id }),
    }),
    send('conversations.info', { method: 'POST', headers: json, body: JSON.stringify({ channel: id }) }),
    send('conversations.info', { method: 'POST', body: new URLSearchParams({ channel: id, token }) }),
  ]);
  expect(replies.map((reply) => reply.json.channel?.name)).toEqual(Array(4).fill('general'));
  expect(JSON.stringify(simulator.requests)).not.toContain(token);
  expect(simulator.requests.map(({ httpMethod, method, params }) => [httpMethod, method, params])).toEqual([
    ['GET', 'conversations.info', { channel: id }],
    ['POST', 'conversations.info', { channel: id }],
    ['POST', 'conversations.info', { channel: id }],
    ['POST', 'conversations.info', { channel: id }],
  ]);
});

test('every refusal is a success of HTTP with a name', async () => {
  const { simulator, send } = await startSlack();
  const headers = bearer(simulator.token);
  const json = { ...headers, 'content-type': 'application/json' };
  const cases: [error: string, path: string, init?: RequestInit][] = [
    ['not_authed', 'auth.test'],
    ['invalid_auth', 'auth.test', { headers: bearer('another') }],
    ['unknown_method', 'conversations.hisotry', { headers }],
    ['invalid_arguments', 'conversations.history', { headers }],
    ['channel_not_found', 'conversations.history?channel=C0NOWHERE0', { headers }],
    ['invalid_json', 'auth.test', { method: 'POST', headers: json, body: '{"a":' }],
    ['json_not_object', 'auth.test', { method: 'POST', headers: json, body: '[]' }],
    ['invalid_post_type', 'auth.test', { method: 'POST', headers, body: 'channel' }],
    ['user_not_found', 'users.info?user=U0NOBODY00', { headers }],
    ['bot_not_found', 'bots.info?bot=B0NOBODY00', { headers }],
    ['file_not_found', 'files.info?file=F0NOTHING0', { headers }],
    ['invalid_types', 'conversations.list?types=public', { headers }],
    ['invalid_limit', 'conversations.list?limit=1001', { headers }],
    ['invalid_limit', 'conversations.list?limit=many', { headers }],
    ['invalid_cursor', 'conversations.list?cursor=bmV4dF90czoxMg==', { headers }],
    ['invalid_cursor', 'users.list?cursor=!', { headers }],
  ];
  for (const [error, path, init] of cases) {
    const reply = await send(path, init);
    expect([path, reply.status, reply.json.ok, reply.json.error]).toEqual([path, 200, false, error]);
  }
  expect(simulator.requests.map((request) => request.error)).toEqual(cases.map(([error]) => error));
});

test('a missing scope is named, with those that there are', async () => {
  const { simulator, call, send, channel } = await startSlack({ scopes: ['channels:read', 'users:read'] });
  const provided = 'channels:read,users:read';
  const refused = (needed: string) => ({ ok: false, error: 'missing_scope', needed, provided });
  expect(await call('conversations.history', { channel: channel('general') })).toEqual(
    refused('channels:history'),
  );
  expect(await call('conversations.list', { types: 'public_channel,private_channel,im' })).toEqual(
    refused('groups:read,im:read'),
  );
  expect(await call('team.info')).toEqual(refused('team:read'));
  expect((await call('conversations.list')).ok).toBe(true);
  const users = await call('users.list');
  expect(users.members.some((user: { profile: object }) => 'email' in user.profile)).toBe(false);
  const reply = await send('emoji.list', { headers: bearer(simulator.token) });
  expect(reply.headers.get('x-oauth-scopes')).toBe(provided);
});

test('calls beyond those of a minute have to wait, each method for itself', async () => {
  let now = 1_000;
  const { simulator, send } = await startSlack({ rateLimits: { 'auth.test': 2 }, clock: () => now });
  const statuses = async (...paths: string[]) => {
    const replies = [];
    for (const path of paths) replies.push(await send(path, { headers: bearer(simulator.token) }));
    return replies;
  };
  const [, , third, other] = await statuses('auth.test', 'auth.test', 'auth.test', 'team.info');
  expect([third?.status, third?.headers.get('retry-after'), third?.json]).toEqual([
    429,
    '60',
    { ok: false, error: 'ratelimited' },
  ]);
  expect(third?.headers.get('x-oauth-scopes')).toContain('channels:history');
  expect(other?.status).toBe(200);
  now += 59_001;
  const [early] = await statuses('auth.test');
  expect([early?.status, early?.headers.get('retry-after')]).toEqual([429, '1']);
  now += 999;
  expect((await statuses('auth.test')).map(({ status }) => status)).toEqual([200]);
  const asUser = await send('auth.test', { headers: bearer(simulator.userToken) });
  expect(asUser.status).toBe(200);
});
