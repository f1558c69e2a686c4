import { searchContentByCQL } from 'confluence.js/v1';
import { getPages } from 'confluence.js/v2';
import { searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/logger.ts';
import {
  atlassianAuthorization,
  atlassianTransport,
  basicAuthorization,
} from '../../src/http/atlassian-transport.ts';
import { createHttpClient } from '../../src/http/client.ts';
import { fakeClock, json, type LoopbackServer, serve } from './server.ts';

let server: LoopbackServer;
afterEach(() => server[Symbol.asyncDispose]());

async function transport(answer: unknown, prefix = '', signal?: AbortSignal) {
  server = await serve(json(answer));
  const http = createHttpClient({
    source: 's',
    origin: server.origin,
    log: silentLogger,
    clock: fakeClock(),
  });
  return atlassianTransport({ http, baseUrl: server.origin + prefix, ...(signal && { signal }) });
}

describe('under the Atlassian clients', () => {
  it('serves Confluence v2 below the gateway’s path, repeating arrays and leaving out what is absent', async () => {
    const client = await transport({ results: [] }, '/ex/confluence/cloud-1');
    await getPages(client, { spaceId: [1, 2], status: ['current', 'archived'], limit: 250 });
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      path: '/ex/confluence/cloud-1/wiki/api/v2/pages?space-id=1&space-id=2&status=current&status=archived&limit=250',
    });
  });

  it('serves Confluence v1, joining what to expand by commas', async () => {
    const client = await transport({ results: [] });
    await searchContentByCQL(client, { cql: 'space = ENG', expand: ['version', 'metadata.labels'] });
    const url = new URL(server.received[0]?.path ?? '', server.origin);
    expect(url.pathname).toBe('/wiki/rest/api/content/search');
    expect(url.searchParams.getAll('expand')).toEqual(['version,metadata.labels']);
    expect(url.searchParams.get('cql')).toBe('space = ENG');
  });

  it('serves Jira, and hands on the answer as it came although the library’s schema would refuse it', async () => {
    const answer = { issues: [{ id: 7, surprise: { nested: ['x'] } }], nextPageToken: 5 };
    const client = await transport(answer);
    const got = await searchAndReconsileIssuesUsingJqlPost(client, {
      jql: 'project = A',
      maxResults: 2,
    });
    expect(got).toEqual(answer);
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/rest/api/3/search/jql' });
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ jql: 'project = A', maxResults: 2 });
  });

  it('ends with the signal', async () => {
    const reason = new Error('interrupted');
    const sender = await transport({}, '', AbortSignal.abort(reason));
    await expect(sender.sendRequest({ url: '/rest/api/3/myself' })).rejects.toBe(reason);
    expect(server.received).toEqual([]);
  });
});

describe('authorization', () => {
  it('is Basic in UTF-8 with a username, and Bearer without', async () => {
    server = await serve(json(1));
    expect(basicAuthorization('zoë@example.org', 'p:w')).toBe('Basic em/Dq0BleGFtcGxlLm9yZzpwOnc=');
    expect(atlassianAuthorization({ username: 'a', token: 'b' })).toBe('Basic YTpi');
    expect(atlassianAuthorization({ token: 'b' })).toBe('Bearer b');
  });
});
