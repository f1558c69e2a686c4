import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WrittenRepository, writtenRepository } from '../harness/written-repository.ts';
import { DOCUMENTS } from './knowledge.ts';
import { call, type ServedOverHttp, servedOverHttp } from './serving.ts';

const TOKEN = 'a-token-of-the-tests-0123456789';

let repository: WrittenRepository;
let served: ServedOverHttp;

beforeAll(async () => {
  repository = writtenRepository();
  repository.commit(DOCUMENTS);
  served = await servedOverHttp(repository, { CTX_MCP_TOKEN: TOKEN });
});

afterAll(async () => {
  const { code, stdout, stderr } = await served.end();
  await repository[Symbol.asyncDispose]();
  // Ended by a signal, in order; what it listens at is all that it says.
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${served.address}\n` });
  expect(stderr).not.toContain(TOKEN);
});

interface Sent {
  readonly body?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

/** By hand, since a client would not say what these say. */
function send({ body = JSON.stringify(INITIALIZE), method = 'POST', path = '/mcp', headers = {} }: Sent) {
  const { port } = new URL(served.address);
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, method, path },
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
          Authorization: `Bearer ${TOKEN}`,
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(method === 'GET' ? undefined : body);
  });
}

describe('over HTTP', () => {
  test('on this machine alone, at a port of its own', () => {
    expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
  });

  test('two clients at once get what the command line says', async () => {
    const clients = await Promise.all([served.client(TOKEN), served.client(TOKEN)]);
    const [first, second] = await Promise.all(
      clients.map((client, n) =>
        call(client, 'search', { query: n === 0 ? 'SHOP-41' : 'parcels', limit: 1 }),
      ),
    );
    expect(first?.structured).toMatchObject({ results: [{ path: 'jira/ASSIGNED/SHOP-41-invoice.md' }] });
    expect(second?.structured).toMatchObject({ results: [{ path: 'confluence/ENG/shipping.md' }] });
    for (const client of clients) await client.close();
  });

  test('a client of 2025 is served too', async () => {
    const { status, text } = await send({});
    expect(status).toBe(200);
    expect(text).toContain('"context-sync"');
  });

  test.each([
    ['another host', { Host: 'evil.example' }, 403],
    ['another host with the port', { Host: 'evil.example:80' }, 403],
    ['a page of another site', { Origin: 'https://evil.example' }, 403],
    ['a page of a file', { Origin: 'null' }, 403],
    ['no token', { Authorization: '' }, 401],
    ['another token', { Authorization: 'Bearer another-token-0123456789' }, 401],
    ['another kind of login', { Authorization: 'Basic dTpw' }, 401],
  ])('refuses %s', async (_, headers, expected) => {
    const { status, text } = await send({ headers });
    expect(status).toBe(expected);
    expect(text).not.toContain('context-sync');
  });

  test('other names of this machine, and its own pages, pass', async () => {
    const { port } = new URL(served.address);
    for (const headers of [{ Host: `localhost:${port}` }, { Origin: `http://localhost:${port}` }])
      expect((await send({ headers })).status).toBe(200);
  });

  test.each([
    ['no JSON', { body: '{' }, 400],
    ['no request', { body: '{"jsonrpc":"2.0"}' }, 400],
    ['an empty body', { body: '' }, 400],
    ['another path', { path: '/' }, 404],
    ['another kind of body', { headers: { 'Content-Type': 'text/plain' } }, 415],
    ['too large a body', { body: JSON.stringify({ ...INITIALIZE, more: 'x'.repeat(1_100_000) }) }, 413],
    ['a stream for nothing', { method: 'GET' }, 405],
  ])('answers %s with its status, and goes on', async (_, sent: Sent, expected) => {
    expect((await send(sent)).status).toBe(expected);
    expect((await send({})).status).toBe(200);
  });
});

describe('what can not be served', () => {
  test('a port that another one has', async () => {
    const { port } = new URL(served.address);
    const { code, stderr } = await repository.run(['mcp', '--http', port]);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('choose another one'),
    });
  });

  test.each([
    [['mcp', '--http', 'x'], {}, 'It is no port'],
    [['mcp', '--http', '70000'], {}, 'It is no port'],
    [['mcp', '--http'], { CTX_MCP_TOKEN: 'short' }, 'openssl rand'],
    [['mcp', '-C', '/nowhere'], {}, 'no context repository'],
  ])('%j', async (args, env, said) => {
    const { code, stdout, stderr } = await repository.run(args, { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('short.');
  });
});
