import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type LoadedConfig, loadConfig } from '../../src/config/load.ts';

async function load(remote: string, env: Record<string, string> = {}): Promise<LoadedConfig> {
  const cwd = await mkdtemp(join(tmpdir(), 'ctx-remote-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const text = `version: 1
repo:
  path: repo
  remote: ${JSON.stringify(remote)}
sources:
  - { id: a, type: confluence, url: https://a.example, auth: { token: "\${TOKEN}" }, spaces: all }
`;
  await writeFile(join(cwd, 'context.config.yaml'), text);
  return loadConfig({ env: { HOME: cwd, TOKEN: 'source-token', ...env }, cwd });
}

const P = '$' + '{P}';

test.each([
  [`https://bot:hush-literal@git.example/x.git`],
  [`https://bot:hush-${P}@git.example/x.git`],
  [`https://bot:${P}hush@git.example/x.git`],
  [`https://bot:hush@more@git.example/x.git`],
  [`ssh://bot:hush-literal@git.example/x.git`],
  [`${P}://bot:hush-literal@git.example/x.git`],
  [`https://${['ghp', 'hush'].join('_')}@git.example/x.git`],
])('a secret written into the remote is refused with its place: %s', async (remote) => {
  const error = await load(remote, { P: 'p' }).then(
    () => undefined,
    (error: unknown) => error as Error & { hint: string; params: unknown },
  );
  expect(error).toMatchObject({ code: 'config.invalid', kind: 'usage' });
  expect(error?.message).toContain(
    'context.config.yaml:4:11: repo.remote must hold no password but a variable',
  );
  expect(`${error?.message}${error?.hint}${JSON.stringify(error?.params)}`).not.toContain('hush');
});

test.each([
  {
    remote: `https://bot:${P}@git.example/x.git`,
    P: 'pw',
    filled: 'https://bot:pw@git.example/x.git',
    secrets: ['pw'],
  },
  {
    remote: `https://bot:${P}@git.example/x.git`,
    P: 'p@s/w#d%é%41',
    filled: 'https://bot:p%40s%2Fw%23d%25%C3%A9%41@git.example/x.git',
    secrets: ['p@s/w#d%éA', 'p%40s%2Fw%23d%25%C3%A9%41'],
  },
  { remote: `https://${P}@git.example/x`, P: 'tok', filled: 'https://tok:@git.example/x', secrets: ['tok'] },
  { remote: `https://${P}@git.example/x`, P: 'u:pw', filled: 'https://u:pw@git.example/x', secrets: ['pw'] },
  { remote: `https://u:${P}@${P}.example/x`, P: 'a', filled: 'https://u:a@a.example/x', secrets: ['a'] },
  { remote: P, P: 'https://u:pw@git.example/x', filled: 'https://u:pw@git.example/x', secrets: ['pw'] },
  { remote: P, P: 'https://me@git.example/x', filled: 'https://me@git.example/x', secrets: [] },
  { remote: 'https://me@git.example/x', P: '', filled: 'https://me@git.example/x', secrets: [] },
  { remote: 'git@git.example:x.git', P: '', filled: 'git@git.example:x.git', secrets: [] },
  { remote: `/srv/${P}.git`, P: 'x', filled: '/srv/x.git', secrets: [] },
])(
  'a secret in a variable of the remote is known as one: $remote',
  async ({ remote, P, filled, secrets }) => {
    const loaded = await load(remote, { P });
    expect(loaded.config.repo.remote).toBe(filled);
    expect(loaded.secrets).toEqual(['source-token', ...secrets]);
  },
);

test.each([
  [`https://${P}/x`, 'not a host:hush', 'is not a URL'],
  [P, 'ssh://git:hush@git.example/x', 'only http(s) remotes take'],
  [`https://u:${P}@git.example/x`, 'hush%0Ahost=evil.example', 'control character'],
])('what cannot work is refused without being quoted: %s', async (remote, P, problem) => {
  const error = (await load(remote, { P }).catch((error: unknown) => error)) as Error;
  expect(error.message).toContain('context.config.yaml:4:11: repo.remote ');
  expect(error.message).toContain(problem);
  expect(error.message).not.toContain('hush');
});
