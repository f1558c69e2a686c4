import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import { git } from '../harness/git.ts';
import { CRONTAB } from '../schedule/fixture.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'ctx-setup-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a clone has of what is needed here, as it is in this checkout. */
const KEPT = [
  'src',
  'setup.sh',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.types.json',
  'rolldown.config.ts',
];

// npm takes what this user has fetched before, and asks the registry for the rest.
test('a clone becomes a repository that is built by itself: ./setup.sh, and the next run', async (context) => {
  const [clone, home, bin] = [join(root, 'clone'), join(root, 'home'), join(root, 'bin')];
  for (const folder of [clone, home, bin]) mkdirSync(folder);
  for (const name of [
    ...KEPT,
    'context.config.yaml',
    'context.schema.json',
    '.github',
    'LICENSE',
    'README.md',
  ])
    if (existsSync(join(project, name))) cpSync(join(project, name), join(clone, name), { recursive: true });
  writeFileSync(join(bin, 'crontab'), `#!/bin/sh\n${CRONTAB}\n`);
  chmodSync(join(bin, 'crontab'), 0o755);

  // As a user's shell has them, and not the Node.js of this project's scripts.
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  const env = {
    HOME: home,
    PATH: [bin, ...path].join(':'),
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_userconfig: join(homedir(), '.npmrc'),
    npm_config_prefer_offline: 'true',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const npm = spawnSync('npm', ['ping'], { env, encoding: 'utf8', timeout: 30_000 });
  if (npm.status !== 0) context.skip(`npm reaches no registry: ${npm.stderr.split('\n').at(-2)}`);

  const simulator = await startSimulator();
  context.onTestFinished(() => simulator.close());
  const run = (file: string, ...args: readonly string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve, reject) => {
      const child = spawn(file, args, {
        cwd: home,
        env: {
          ...env,
          CONFLUENCE_API_TOKEN: simulator.credentials.token,
          JIRA_API_TOKEN: simulator.credentials.token,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
    });
  const { url, credentials } = simulator;
  const site = ['--site', url, '--gateway', url, '--email', credentials.username];
  const options = [
    '--yes',
    ...site,
    '--spaces',
    'ENG',
    '--views',
    'ASSIGNED',
    '--kind',
    'cron',
    '--every',
    '15min',
  ];
  const setUp = await run(join(clone, 'setup.sh'), ...options);
  expect(setUp, setUp.output).toMatchObject({ code: 0 });

  const ctx = join(home, '.local/bin/ctx');
  const built = await run(ctx, 'schedule', 'run');
  expect(built, built.output).toMatchObject({ code: 0 });
  const tree = git(join(home, 'context-sync'), ['ls-tree', '-r', '--name-only', 'HEAD']).toString();
  expect(tree).toMatch(/^confluence\/ENG\//m);
  expect(tree).toMatch(/^jira\/ASSIGNED\//m);
  const again = await run(join(clone, 'setup.sh'), '--yes', '--kind', 'cron', '--every', '15min');
  expect(again, again.output).toMatchObject({ code: 0 });
  expect(again.output).toContain('Configured already');
  expect(again.output).toContain('Installed already');
  const status = await run(ctx, 'schedule', 'status');
  expect(status, status.output).toMatchObject({ code: 0 });
}, 600_000);
