import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { serveRepositories } from '../git/http-remote.ts';
import { commandLines } from '../harness/command-lines.ts';
import { smallWorkspace, textFile } from '../harness/small-workspace.ts';
import { configuration } from './configuration.ts';
import { expectNoEcho, kinds } from './echo.ts';
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

test('R17 a service that quotes what it was sent finds no echo in messages, whatever kind of failure it is', () =>
  expectNoEcho(Object.keys(kinds) as (keyof typeof kinds)[]));

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
