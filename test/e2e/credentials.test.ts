import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../src/demo/server.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { serveRepositories } from '../git/http-remote.ts';
import { commandLines } from '../harness/command-lines.ts';
import { emptySite, smallWorkspace, textFile } from '../harness/small-workspace.ts';
import { type LoopbackServer, serve } from '../http/server.ts';
import { configuration } from './configuration.ts';
import { expectNoEcho } from './echo.ts';
import { git } from './machine.ts';
import { expectHidden, formsOf, machineFor } from './secrets.ts';

vi.setConfig({ testTimeout: 120_000 });

const PUSHED = ['push', 'pass', 'w0rd/+%@é'].join('-');

/** Every file below a folder, as bytes that a search sees. */
function bytesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) =>
        `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`,
    )
    .join('\n');
}

test('R17 stand in no byte of the repository, no output, no command line and no temporary file', async () => {
  const workspace = smallWorkspace();
  await using simulator = Object.assign(await startSimulator({ workspace }), {
    [Symbol.asyncDispose]: () => simulator.close(),
  });
  const { token, username } = simulator.credentials;
  const basic = Buffer.from(`${username}:${token}`).toString('base64');
  // Someone pasted it, or a service quotes what it was sent.
  const quoting = `<p>curl -u me:${token} and Authorization: Basic ${basic}</p><pre>${encodeURIComponent(token)}</pre>`;
  edits.createPage(workspace, { space: 'ENG', title: `How to use ${token}`, body: quoting });
  const guide = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.addLabel(workspace, guide, token);
  edits.attachFile(workspace, guide, textFile(`${token}.txt`, `token: ${token}\n${basic}\n`));
  const config = configuration({
    edits: {
      'spaces: [ENG, INFRA, PRODUCT]': 'spaces: all',
      'comments: true': 'comments: true\n    attachments: all',
      'remote: null': `remote: "\${REMOTE_SCHEME}://bot:\${PUSH_PASSWORD}@\${REMOTE_HOST}/remote.git"`,
    },
  });
  const machine = await machineFor(simulator, config);
  git(machine.folder, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
  const remote = new URL(await serveRepositories(machine.folder, { access: `bot:${PUSHED}` }));
  const temporary = join(machine.folder, 'tmp');
  mkdirSync(temporary);
  const env = {
    CTX_DEBUG: '1',
    PUSH_PASSWORD: PUSHED,
    REMOTE_SCHEME: 'http',
    REMOTE_HOST: remote.host,
    TMPDIR: temporary,
    NODE_COMPILE_CACHE: undefined,
  };
  await chmod(join(machine.folder, '.env'), 0o640);
  await using seen = commandLines();
  const ran = await machine.ctx(['build', '--push', '--json'], { env });
  expect(ran.code, ran.stderr).toBe(0);
  const lines = await seen.lines();
  expect(ran.stderr).toContain(`${join(machine.folder, '.env')} can be read by other users`);
  const head = machine.git('rev-parse', 'HEAD');
  expect(git(machine.folder, '-C', 'remote.git', 'rev-parse', 'main')).toBe(head);

  const forms = [...formsOf(token, username), ...formsOf(PUSHED, 'bot')];
  expectHidden(ran.stdout + ran.stderr, forms);
  expectHidden(bytesBelow(machine.repo), forms);
  const objects = { cwd: machine.repo, maxBuffer: 1 << 28 };
  expectHidden(
    execFileSync('git', ['cat-file', '--batch-all-objects', '--unordered', '--batch'], objects).toString(
      'latin1',
    ),
    forms,
  );
  expectHidden(bytesBelow(temporary), forms);
  expect(machine.git('remote', 'get-url', 'origin')).toBe(`${remote.origin}/remote.git`);
  if (lines !== undefined) {
    expect(lines.filter((line) => line.includes(' push ')).length).toBeGreaterThan(0);
    expectHidden(lines.join('\n'), forms);
  }
  // What was quoted is there, without it.
  expect(machine.git('grep', '-c', 'redacted:', 'HEAD').split('\n').length).toBeGreaterThan(1);
});

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
