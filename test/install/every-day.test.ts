import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { git } from '../harness/git.ts';
import { SYSTEMCTL } from '../schedule/fixture.ts';
import { besideUserManager, obstacleToUserManager } from '../schedule/user-manager.ts';
import { installGlobally } from './installed.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = mkdtempSync(join(tmpdir(), 'ctx-every-day-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let installed: string | undefined;
beforeAll(() => {
  installed = installGlobally(root);
});

const [home, team, bin] = [join(root, 'home'), join(root, 'home/team'), join(root, 'bin')];
const remote = join(root, 'team.git');
const documents = join(home, 'context-sync');
const UNITS = join(home, '.config/systemd/user');

/** Without anything of the user whose tests these are. */
const env = {
  HOME: home,
  USER: 'ada',
  PATH: [bin, join(root, 'global/bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
  GIT_CONFIG_SYSTEM: '/dev/null',
  NODE_COMPILE_CACHE: join(root, 'compiled'),
};

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(file: string, args: readonly string[], given: Readonly<Record<string, string>>) {
  const child = spawn(file, args, { cwd: team, env: given, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, said, ended };
}

/** What a command prints, which has to go well. */
async function ctx(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
  const ran = await start('ctx', args, { ...env, ...more }).ended;
  expect(ran, `ctx ${args.join(' ')}`).toMatchObject({ code: 0 });
  return ran.stdout;
}

/** The simulated services, and the variables that `ctx demo --serve` prints of them. */
async function serve(): Promise<Readonly<Record<string, string>>> {
  const { child, said, ended } = start('ctx', ['demo', '--serve'], env);
  onTestFinished(async () => {
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });
  await vi.waitFor(() => expect(said.stderr).toContain('Set these in another terminal'), { timeout: 60_000 });
  return Object.fromEntries(Array.from(said.stdout.matchAll(/^export (\w+)=(.*)$/gm), ([, ...pair]) => pair));
}

/** Somebody edits the page of the checkout service: the text in place of another. */
async function edit(services: Readonly<Record<string, string>>, former: string, text: string): Promise<void> {
  const { CONFLUENCE_URL: url, CONFLUENCE_USERNAME, CONFLUENCE_API_TOKEN } = services;
  const control = async (op: string, ...args: readonly unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ op, args });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/__control`, { method: 'POST', headers, body });
    expect(answer.status, body).toBe(200);
    return ((await answer.json()) as { result: unknown }).result;
  };
  const id = await control('pageIdByTitle', 'ENG', 'Checkout service');
  const basic = Buffer.from(`${CONFLUENCE_USERNAME}:${CONFLUENCE_API_TOKEN}`).toString('base64');
  const page = await fetch(`${url}/wiki/api/v2/pages/${id}?body-format=storage`, {
    headers: { authorization: `Basic ${basic}` },
  });
  const { body } = (await page.json()) as { body: { storage: { value: string } } };
  expect(body.storage.value).toContain(former);
  await control('editPage', id, { body: body.storage.value.replace(former, text) });
}

/** The service as its manager starts it: its own environment, and of the user what every process has. */
function runService(): Promise<Ran> {
  const unit = readFileSync(join(UNITS, 'context-sync.service'), 'utf8');
  const values = (name: string) =>
    Array.from(unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm')), ([, value = '']) => value);
  const [command = ''] = values('ExecStart');
  // Nothing here needs the quotes of systemd.
  expect(unit).not.toMatch(/^(?:ExecStart|Environment)=.*["\\%$]/m);
  const [file = '', ...args] = command.split(' ');
  const own = values('Environment').map((pair) => [
    pair.slice(0, pair.indexOf('=')),
    pair.slice(pair.indexOf('=') + 1),
  ]);
  return start(file, args, { HOME: home, USER: 'ada', ...Object.fromEntries(own) }).ended;
}

const pushed = () => git(remote, ['log', '--format=%s', 'main']).toString().trim().split('\n');

test('from the packed tarball in an empty folder to a repository that keeps itself up to date', async (context) => {
  if (installed === undefined) return context.skip('the registry of npm cannot be reached');
  for (const folder of [team, bin]) mkdirSync(folder, { recursive: true });
  git(root, ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  for (const [name, script] of [
    ['systemctl', SYSTEMCTL.replace(/^ {2}\*"show context-sync\.service".*?;;\n/ms, '')],
    ['loginctl', 'exit 1'],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const services = await serve();

  // The folder is empty, and after it nothing is in the environment that a file does not say.
  const url = services.CONFLUENCE_URL ?? '';
  const setUp = await ctx(['init', '--yes', '--gateway', url, '--remote', remote], services);
  expect(setUp).toContain('\nNext: ctx build --push\n');
  expect(readdirSync(team).sort()).toEqual([
    '.env',
    '.gitignore',
    'context.config.yaml',
    'context.schema.json',
  ]);

  expect(await ctx(['build', '--push'])).toMatch(
    /^confluence: 71 added.*\njira: 25 added.*\nCommit \w{10} in .*\/home\/context-sync\nPushed main to .*\/team\.git\n$/,
  );
  expect(pushed()).toEqual(['Sync 96 documents: confluence +71, jira +25']);

  expect(await ctx(['schedule', 'install'])).toContain('--push, every hour.\nNext run: ');
  expect(readdirSync(UNITS).sort()).toEqual(['context-sync.service', 'context-sync.timer']);

  const health = await ctx(['doctor']);
  expect(health).toMatch(/\n\nAll is well\.\n$/);
  expect(
    health
      .split('\n\n')[0]
      ?.split('\n')
      .filter((line) => !line.startsWith('ok ')),
  ).toEqual([]);

  const host = join(home, 'host');
  expect(await ctx(['pull', remote, '--repo', host])).toMatch(/^~\/host: cloned, 96 documents; /);

  await edit(services, 'within ten minutes', 'within an hour, as hedgehogs are slow');
  const ran = await runService();
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(
    /^confluence: 1 modified, 70 unchanged\b.*\njira: 25 unchanged .*\nCommit .*\nPushed .*\n$/,
  );
  expect(pushed()).toEqual(['Update Checkout service', 'Sync 96 documents: confluence +71, jira +25']);

  expect(await ctx(['pull', '--repo', host])).toMatch(
    /^~\/host: 1 document changed; the newest content is \d+ s old /,
  );
  const [title, , began, , ...changes] = (await ctx(['diff', '--since', 'yesterday', '--repo', host]))
    .trimEnd()
    .split('\n');
  expect(title).toMatch(/^# Changes since \d{4}-\d\d-\d\d 00:00$/);
  expect(began).toMatch(/^The history begins at \d{4}-\d\d-\d\d \d\d:\d\d with 96 documents\. Since then:$/);
  const path = 'confluence/ENG/architecture/checkout-service.md';
  expect(changes).toEqual([
    expect.stringMatching(/^1 document: 1 changed \(\w{10} → \w{10}\)\.$/),
    '',
    '## confluence/ENG',
    '',
    `- **changed** [Checkout service](${url}/wiki/spaces/ENG/pages/1048612), by Mina Okafor`,
    `  - \`${path}\``,
    '  - editor: Priya Raman → Mina Okafor',
    '  - text +1 −1: Timeouts',
  ]);
  expect(await ctx(['search', 'slow hedgehogs', '--limit', '1', '--repo', host])).toMatch(
    new RegExp(`^Checkout service\\n[^]*an hour, as hedgehogs are slow[^]*\\n {2}${path}:\\d+\\n`),
  );
  expect(await ctx(['gather', 'Why are the hedgehogs slow?', '--repo', host])).toMatch(
    new RegExp(`\\n### Checkout service\\n[^]*- path: ${path}[^]*an hour, as hedgehogs are slow`),
  );
  expect(await ctx(['status'])).toMatch(
    /\nlast run: done, \d+ s ago\n.*\nindex: 96 documents, .*, up to date\n$/,
  );
  // Nothing of git's own settings, and nothing beside what was asked for.
  const ours = ['.cache', '.config', 'context-sync', 'host', 'team'];
  expect(readdirSync(home).filter((name) => !ours.includes(name))).toEqual([]);

  const obstacle = obstacleToUserManager(home);
  if (obstacle) {
    process.emitWarning(
      `not tested with a timer of systemd's own: no user manager can be started (${obstacle})`,
    );
    return;
  }
  await edit(services, 'within an hour', 'within two hours');
  rmSync(join(bin, 'systemctl'));
  const managed = besideUserManager(
    home,
    `export PATH='${env.PATH}'
cd '${team}'
ctx schedule install --kind systemd
systemctl --user start context-sync.service
ctx doctor
systemctl --user list-timers --all --no-legend`,
  );
  expect(managed, managed.stderr).toMatchObject({ code: 0 });
  expect(managed.stdout).toMatch(/^ok {4}timer {14}systemd, next run in /m);
  expect(managed.stdout).toContain('All is well.');
  expect(managed.stdout).toMatch(/context-sync\.timer +context-sync\.service/);
  expect(pushed()).toHaveLength(3);
  expect(git(documents, ['status', '--porcelain']).toString()).toBe('');
});
