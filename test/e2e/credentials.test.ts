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
import { type Handler, json, type LoopbackServer, raw, reset, serve } from '../http/server.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { git, type Machine, newMachine } from './machine.ts';

vi.setConfig({ testTimeout: 120_000 });

const PUSHED = ['push', 'pass', 'w0rd/+%@é'].join('-');

/** A secret in every form in which it may travel. */
function formsOf(secret: string, username: string): string[] {
  const basic = Buffer.from(`${username}:${secret}`).toString('base64');
  const alone = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    basic,
    basic.slice(8, -4),
    alone,
    alone.replace(/=+$/, '').slice(0, -1),
  ];
}

async function machineFor(
  { url, credentials }: Pick<Simulator, 'url' | 'credentials'>,
  config: string,
): Promise<Machine> {
  const machine = await newMachine();
  onTestFinished(() => machine[Symbol.asyncDispose]());
  await machine.write('context.config.yaml', config);
  await machine.write('.env', dotenv(variables({ url, credentials })));
  return machine;
}

const BOTH = configuration({ edits: { 'spaces: [ENG, INFRA, PRODUCT]': 'spaces: all' } });

function expectHidden(text: string, forms: readonly string[]): void {
  for (const form of forms) expect(text.includes(form), `${form} in ${text.slice(0, 2000)}`).toBe(false);
}

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

test('stand in no byte of the repository, no output, no command line and no temporary file', async () => {
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

describe('a service that quotes what it was sent', () => {
  const quoted = ({ headers }: { headers: Record<string, unknown> }) =>
    `refused ${String(headers.authorization)}`;
  const inJson =
    (status: number): Handler =>
    (response, request, count) => {
      const said = quoted(request);
      return json({ errorMessages: [said], errors: { token: said }, message: said }, status)(
        response,
        request,
        count,
      );
    };
  const kinds: Readonly<Record<string, Handler>> = {
    'status 400': inJson(400),
    'status 401': inJson(401),
    'status 403': inJson(403),
    'status 404': inJson(404),
    'status 410': inJson(410),
    'status 418': inJson(418),
    'status 503': inJson(503),
    'an answer of another shape': inJson(200),
    'a login page': (response, request, count) =>
      raw(`<html><body>${quoted(request)}</body></html>`, 200, { 'content-type': 'text/html' })(
        response,
        request,
        count,
      ),
    'broken JSON': (response, request, count) =>
      raw(`{"message": "${quoted(request)}`)(response, request, count),
    'a redirect': (response, request) => {
      const { authorization = '' } = request.headers;
      response.writeHead(302, { location: `/login?as=${encodeURIComponent(authorization)}` }).end();
    },
    'its headers': (response, request) => {
      response
        .writeHead(401, { 'www-authenticate': quoted(request), 'x-said': quoted(request) })
        .end(quoted(request));
    },
    'a lost connection': reset,
  };

  test('finds no echo in messages, whatever kind of failure it is', async () => {
    const credentials = { username: 'ann@example.test', token: ['ech0', 'ech0', 'ech0', '/+='].join('-') };
    const runs = Object.entries(kinds).map(async ([name, handler]) => {
      await using server = await serve(handler);
      const machine = await machineFor({ url: server.origin, credentials }, BOTH);
      const ran = await machine.ctxHere(['build', '--json'], { env: { CTX_DEBUG: '1' } });
      expect(ran.code, name).not.toBe(0);
      expect(ran.stderr, name).toMatch(/^error: /m);
      expect(server.received.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
      expectHidden(ran.stdout + ran.stderr, formsOf(credentials.token, credentials.username));
      expect(Object.keys(JSON.parse(ran.stdout))).toContain('sources');
    });
    await Promise.all(runs);
  });
});

describe('no other origin gets them', () => {
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
