import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitRemote } from '../../src/git/credentials.ts';
import { openRepo } from '../../src/git/open.ts';
import { commandLines } from '../harness/command-lines.ts';
import { commit, git, temporaryFolder } from './fixture.ts';
import { serveRepositories } from './http-remote.ts';

const PASSWORD = ['p4ss', 'w0rd', '%&$(touch x)"\'@/é'].join('-');
const FORMS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  Buffer.from(`bot:${PASSWORD}`).toString('base64'),
  'p4ss-w0rd',
];

function expectNowhere(text: string): void {
  for (const form of FORMS) expect(text).not.toContain(form);
}

/** Everything that an error tells, to a person or a program. */
function told(error: unknown): string {
  const { message, hint, params, stack, cause } = error as Error & { hint: string; params: unknown };
  return [message, hint, JSON.stringify(params), stack, String(cause)].join('\n');
}

const withUser = (url: string, password = PASSWORD) =>
  url.replace('//', `//bot:${encodeURIComponent(password)}@`);

describe.each(['git', 'isomorphic-git'] as const)('R17 the credentials of a remote, over %s', (engine) => {
  async function setUp() {
    const root = temporaryFolder();
    git(root, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
    const url = `${await serveRepositories(root, { access: `bot:${PASSWORD}` })}/remote.git`;
    const open = (name: string, remote: string | null) =>
      openRepo({ path: join(root, name), branch: 'main', engine, remote });
    return { root, bare: join(root, 'remote.git'), url, open };
  }

  it('let in, and stand in no file and no command line', async () => {
    const { root, bare, url, open } = await setUp();
    await using seen = commandLines();
    const first = await open('first', withUser(url));
    const made = await commit(first, { 'a.md': 'a' });
    await first.push({ remote: withUser(url), branch: 'main' });
    expect(git(bare, 'rev-parse', 'main').trim()).toBe(made?.id);
    const second = await open('second', withUser(url));
    expect(await second.head()).toBe(made?.id);
    expect(git(second.path, 'remote', 'get-url', 'origin').trim()).toBe(url);

    for (const folder of ['first', 'second']) {
      for (const file of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
        if (file.isFile()) expectNowhere(readFileSync(join(file.parentPath, file.name), 'latin1'));
    }
    const lines = await seen.lines();
    if (lines !== undefined) expectNowhere(lines.join('\n'));
    if (lines !== undefined && engine === 'git') expect(lines.join('\n')).toContain(' push ');
    expect(existsSync(join(root, 'x'))).toBe(false);
  });

  it('that are refused show in no error, though the remote quotes them', async () => {
    const { url, open } = await setUp();
    const wrong = `${PASSWORD}-not`;
    const absent = await open('absent', withUser(url, wrong)).catch((error: unknown) => error);
    expect(absent).toMatchObject({ code: 'git.remote-unreachable' });
    const local = await open('local', null);
    await commit(local, { 'a.md': 'a' });
    const refused = await local
      .push({ remote: withUser(url, wrong), branch: 'main' })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'git.push-failed' });
    for (const error of [absent, refused]) {
      expectNowhere(told(error));
      expect(told(error)).toContain(url);
    }
  });

  it.each([
    ['once they were accepted', true],
    ['before it asks', false],
  ])('stay with their origin when it redirects %s', async (_, accepted) => {
    const { root } = await setUp();
    const elsewhere: (string | undefined)[] = [];
    const listen = ({ headers }: IncomingMessage) => {
      elsewhere.push(headers.authorization);
      return undefined;
    };
    // It asks too, so that it would be told what any helper knows.
    const other = await serveRepositories(root, { redirect: listen, access: 'nobody:nothing' });
    const away = await serveRepositories(root, {
      redirect: ({ headers, url }) => (headers.authorization || !accepted ? other + url : undefined),
      access: 'nobody:nothing',
    });
    const remote = withUser(`${away}/remote.git`);
    const opened = openRepo({ path: join(root, 'clone'), branch: 'main', engine, remote });
    await expect(opened).rejects.toMatchObject({ code: 'git.remote-unreachable' });
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(elsewhere.filter((authorization) => authorization?.includes(FORMS[2] ?? ''))).toEqual([]);
  });
});

describe('R17 the credentials of a remote', () => {
  it('leave the credential helpers of the user out, which would store them', async () => {
    const root = temporaryFolder();
    git(root, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
    const url = `${await serveRepositories(root, { access: 'bot:pw' })}/remote.git`;
    git(root, 'init', '-q', '-b', 'main', 'repo');
    const path = join(root, 'repo');
    git(path, 'config', 'credential.helper', `store --file=${join(root, 'stored')}`);
    const repo = await openRepo({ path, branch: 'main', engine: 'git', remote: withUser(url, 'pw') });
    await commit(repo, { 'a.md': 'a' });
    await repo.push({ remote: withUser(url, 'pw'), branch: 'main' });
    expect(existsSync(join(root, 'stored'))).toBe(false);

    // Without credentials in the URL the user's own helper answers, as for any git.
    git(path, 'config', 'credential.helper', '!f() { echo username=bot; echo password=pw; }; f');
    const made = await commit(repo, { 'b.md': 'b' });
    await repo.push({ remote: 'origin', branch: 'main' });
    expect(git(join(root, 'remote.git'), 'rev-parse', 'main').trim()).toBe(made?.id);
  });

  it.each([
    [
      'https://user:p%40ss@host:8443/x.git',
      'https://host:8443/x.git',
      { username: 'user', password: 'p@ss' },
    ],
    ['https://token:@host/x', 'https://host/x', { username: 'token', password: '' }],
    ['HTTP://a:b:c@host/x', 'HTTP://host/x', { username: 'a', password: 'b:c' }],
    ['https://a:100%@host/x', 'https://host/x', { username: 'a', password: '100%' }],
    ['https://team@dev.azure.example/x', 'https://team@dev.azure.example/x', undefined],
    ['https://host/a:b@c', 'https://host/a:b@c', undefined],
    ['ssh://git@host/x', 'ssh://git@host/x', undefined],
    ['git@host:x.git', 'git@host:x.git', undefined],
    ['origin', 'origin', undefined],
    ['/a/path', '/a/path', undefined],
  ])('are told from the address: %s', (remote, url, credentials) => {
    expect(splitRemote(remote)).toEqual({ url, credentials });
  });
});
