import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { githubCliToken } from '../../src/cli/github-token.ts';
import { loadConfig } from '../../src/config/load.ts';
import { isCtxError } from '../../src/core/errors/index.ts';

const CONFIG = `version: 1
repo: { path: repo }
sources:
  - { id: github, type: github, auth: { token: "\${GITHUB_TOKEN}" }, repositories: [acme/api] }
  - id: ghes
    type: github
    url: https://github.acme.example/api/v3
    auth: { token: "\${GHES_TOKEN}" }
    repositories: [acme/web]
    optional: true
`;

/** A folder with the configuration and a `gh` that is logged in on github.com alone. */
async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'ctx-gh-'));
  onTestFinished(() => rm(path, { recursive: true }));
  await writeFile(join(path, 'context.config.yaml'), CONFIG);
  const gh = `#!/bin/sh
[ "$1 $2 $3" = "auth token --hostname" ] && [ "$4" = github.com ] && echo gho_fromcli && exit 0
echo "no oauth token found for $4" >&2
exit 1
`;
  await writeFile(join(path, 'gh'), gh);
  await chmod(join(path, 'gh'), 0o755);
  return { path, env: { HOME: path, PATH: `${path}${delimiter}${process.env.PATH}` } };
}

test('gh is asked for the token of the host', async () => {
  const { env } = await folder();
  expect(await githubCliToken('github.com', env)).toBe('gho_fromcli');
  expect(await githubCliToken('github.acme.example', env)).toBeUndefined();
  expect(await githubCliToken('github.com', { PATH: '/nowhere' })).toBeUndefined();
});

test('a variable that is set goes before gh, whose token stands in where there is none', async () => {
  const { path, env } = await folder();
  const load = (more: Record<string, string> = {}) =>
    loadConfig({ env: { ...env, ...more }, cwd: path, githubToken: (host) => githubCliToken(host, env) });
  const loaded = await load();
  expect(loaded.sources.map(({ status }) => status)).toEqual(['ready', 'skipped']);
  expect(loaded.secrets).toEqual(['gho_fromcli']);
  expect(loaded.sources[0]?.config).toMatchObject({ auth: { token: 'gho_fromcli' } });
  expect((await load({ GITHUB_TOKEN: 'ghp_set' })).secrets).toEqual(['ghp_set']);
});

test('without gh the variable is missing, as that of any other source', async () => {
  const { path, env } = await folder();
  const error = await loadConfig({ env: { HOME: env.HOME }, cwd: path }).catch((reason: unknown) => reason);
  expect(isCtxError(error) && error.code).toBe('config.missing-variables');
});
