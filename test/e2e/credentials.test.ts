import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../src/demo/server.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { emptySite, textFile } from '../harness/small-workspace.ts';
import { type LoopbackServer, serve } from '../http/server.ts';
import { configuration } from './configuration.ts';
import { expectNoEcho } from './echo.ts';
import { machineFor } from './secrets.ts';

vi.setConfig({ testTimeout: 120_000 });

test('R17 a service that quotes what it was sent finds no echo in messages', () =>
  expectNoEcho(['status 401', 'status 503', 'a login page', 'a redirect', 'its headers']));

describe('R17 no other origin gets them', () => {
  /** The simulated site behind a server that names another origin wherever an answer may. */
  async function frontOf(simulator: Simulator, other: LoopbackServer): Promise<LoopbackServer> {
    return serve(async (response, { method, path, headers, body }) => {
      if (path.includes('/download') || path.includes('/attachment/content/')) {
        response.writeHead(302, { location: `${other.origin}${path}` }).end();
        return;
      }
      const answer = await fetch(simulator.url + path, {
        method,
        headers: { ...(headers as Record<string, string>), host: new URL(simulator.url).host },
        ...(method === 'POST' && { body }),
        redirect: 'manual',
      });
      const text = (await answer.text())
        .replaceAll(simulator.url, other.origin)
        .replaceAll('"next":"/', `"next":"${other.origin}/`)
        .replaceAll(
          /"(base|baseUrl|self|webui|content|thumbnail|downloadLink|avatarUrl)":"[^"]*"/g,
          (_, name) => `"${name}":"${other.origin}/${name}"`,
        );
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'text/plain',
      });
      response.end(text);
    });
  }

  test.each([
    ['a site', (url: string) => url],
    ['a gateway', (url: string, cloudId: string) => `${url}/ex/confluence/${cloudId}`],
  ])('%s that names another as its own address, its next pages and its files', async (_, address) => {
    const workspace = emptySite();
    const page = edits.createPage(workspace, { space: 'ENG', title: 'Files', body: '<p>x</p>' });
    for (const name of ['a', 'b', 'c']) edits.attachFile(workspace, page, textFile(`${name}.txt`));
    for (const title of ['One', 'Two', 'Three'])
      edits.createPage(workspace, { space: 'ENG', title, body: '<p>x</p>' });
    const simulator = await startSimulator({ workspace, pageLimit: 2 });
    onTestFinished(() => simulator.close());
    const followed: (string | undefined)[] = [];
    let back = '';
    await using other = await serve((response, { headers, path }) => {
      followed.push(headers.authorization);
      // Sends back for something else that only the credentials may read.
      response
        .writeHead(302, { location: path.includes('version=') ? `${back}/rest/api/3/myself` : path })
        .end();
    });
    await using front = await frontOf(simulator, other);
    back = front.origin;
    const machine = await machineFor(
      { url: front.origin, credentials: simulator.credentials },
      configuration({
        sources: ['confluence'],
        edits: {
          'spaces: [ENG, INFRA, PRODUCT]': 'spaces: all',
          'comments: true': 'comments: true\n    attachments: all',
        },
      }),
    );
    const env = { CONFLUENCE_URL: address(front.origin, simulator.cloudId) };
    const ran = await machine.ctxHere(['build'], { env });
    // The files come from elsewhere, where nobody who is unknown gets them; all else is there.
    expect([0, 4], ran.stderr).toContain(ran.code);
    expect(readdirSync(join(machine.repo, 'confluence', 'ENG'))).toEqual(
      expect.arrayContaining(['one.md', 'three.md', 'files.md']),
    );
    expect(followed.length).toBeGreaterThan(0);
    expect(followed.filter(Boolean)).toEqual([]);
    const led = front.received.filter(({ path }) => path.endsWith('/rest/api/3/myself'));
    expect(led.length).toBeGreaterThan(0);
    expect(led.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expect(front.received.filter(({ path }) => path.includes('cursor=')).length).toBeGreaterThan(0);
  });
});
