import { expect, test } from 'vitest';
import * as edits from '../../../src/demo/slack/edits.ts';
import { type SlackClient, startSlack } from './client.ts';

async function shared(client: SlackClient) {
  const { workspace } = client.simulator;
  const channel = client.channel('general');
  const bytes = () => Buffer.from('a,b\n1,2\n');
  const { id, ts } = edits.uploadFile(workspace, channel, {
    name: 'Data 1.csv',
    mimetype: 'text/csv',
    bytes,
  });
  return { workspace, channel, id, ts };
}

test('a file is shared by a message and served from another origin, to those with a token', async () => {
  const client = await startSlack();
  const { channel, id, ts } = await shared(client);
  const { simulator, call, send } = client;
  const { messages } = await call('conversations.history', { channel, limit: 1 });
  expect(messages[0]).toMatchObject({
    ts,
    text: '',
    files: [{ id, mode: 'hosted', size: 8, filetype: 'csv' }],
  });
  const { file } = await call('files.info', { file: id });
  expect(file).toMatchObject({ name: 'Data 1.csv', channels: [channel], ims: [], is_public: true });
  expect(new URL(file.url_private).origin).toBe(simulator.filesUrl);
  expect(simulator.filesUrl).not.toBe(new URL(simulator.url).origin);
  for (const address of [file.url_private, file.url_private_download]) {
    const reply = await send(address, { headers: { authorization: `Bearer ${simulator.token}` } });
    expect([reply.status, reply.headers.get('content-type'), reply.text]).toEqual([
      200,
      'text/csv',
      'a,b\n1,2\n',
    ]);
  }
  expect(simulator.fileRequests.map(({ authorized, status }) => [authorized, status])).toEqual([
    [true, 200],
    [true, 200],
  ]);
});

test('without a good token a file is a page to log in on, as a success', async () => {
  const client = await startSlack();
  const { simulator, call, send } = client;
  const { id } = await shared(client);
  const { file } = await call('files.info', { file: id });
  for (const headers of [{}, { authorization: 'Bearer another' }]) {
    const first = await send(file.url_private, { headers });
    expect(first.status).toBe(302);
    const login = await send(first.headers.get('location') ?? '');
    expect([login.status, login.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(login.text).toContain('<title>Sign in | Slack</title>');
  }
  expect(simulator.fileRequests.every(({ authorized }) => !authorized)).toBe(true);
  const lost = await send(file.url_private.replace(id, 'F0NOTHING00'), {
    headers: { authorization: `Bearer ${simulator.token}` },
  });
  expect(lost.status).toBe(404);
});

test('a token without files:read is sent to log in too', async () => {
  const client = await startSlack({ scopes: ['channels:history'] });
  const { channel } = await shared(client);
  const { messages } = await client.call('conversations.history', { channel, limit: 1 });
  const { status } = await client.send(messages[0].files[0].url_private, {
    headers: { authorization: `Bearer ${client.simulator.token}` },
  });
  expect(status).toBe(302);
});

test('a deleted file leaves a tombstone in its message', async () => {
  const client = await startSlack();
  const { workspace, channel, id } = await shared(client);
  const { file } = await client.call('files.info', { file: id });
  edits.deleteFile(workspace, id);
  const { messages } = await client.call('conversations.history', { channel, limit: 1 });
  expect(messages[0].files).toEqual([{ id, mode: 'tombstone' }]);
  expect((await client.call('files.info', { file: id })).error).toBe('file_deleted');
  const headers = { authorization: `Bearer ${client.simulator.token}` };
  expect((await client.send(file.url_private, { headers })).status).toBe(404);
});

test('a file of a conversation without the bot is not there for it', async () => {
  const { simulator, call, callAsUser } = await startSlack();
  const { workspace } = simulator;
  const channel = edits.createChannel(workspace, { name: 'closed', kind: 'private_channel' });
  const { id } = edits.uploadFile(workspace, channel, {
    name: 'a.png',
    mimetype: 'image/png',
    bytes: () => Buffer.of(1),
  });
  expect((await call('files.info', { file: id })).error).toBe('file_not_found');
  expect((await callAsUser('files.info', { file: id })).file.is_public).toBe(false);
});
