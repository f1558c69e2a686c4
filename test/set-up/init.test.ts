import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Simulator, startSimulator } from '../../src/demo/server.ts';
import { type Machine, newMachine, type Ran } from '../e2e/machine.ts';

vi.setConfig({ testTimeout: 60_000 });

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());
beforeEach(() => simulator.faults.clear());

const TOKEN = 'demo-token-for-the-simulator';

/** Options that answer everything but the token, for the simulated site. */
const site = () => [
  '--site',
  simulator.url,
  '--email',
  simulator.credentials.username,
  '--gateway',
  simulator.url,
];

function init(on: Machine, args: readonly string[] = [], token = TOKEN): Promise<Ran> {
  return on.ctxHere(['init', ...site(), '--token-stdin', ...args], { input: `${token}\n` });
}

const config = (on: Machine) => loadConfig({ env: { HOME: on.home }, cwd: on.folder });

/** Runs a command at a terminal at which somebody answers: what they type when a text appears. */
async function atTerminal(
  on: Machine,
  args: readonly string[],
  answers: readonly (readonly [when: RegExp, typed: string])[],
): Promise<Ran & { readonly asked: number }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const left = [...answers];
  let [stdout, stderr, seen] = ['', '', 0];
  const answer = () => {
    const [next] = left;
    const plain = stderr.slice(seen);
    if (next === undefined || !next[0].test(plain)) return;
    left.shift();
    seen = stderr.length;
    setTimeout(() => {
      // Keys one by one, as a person presses them.
      for (const key of next[1].match(/\u001b\[[A-Z]|[\s\S]/g) ?? []) stdin.write(key);
    }, 30);
  };
  const code = await runProgram(args, {
    stdout: { isTTY: true, write: (text) => (stdout += text) },
    stderr: {
      isTTY: true,
      columns: 200,
      write: (text) => {
        stderr += text;
        answer();
      },
    },
    stdin: stdin as unknown as NodeJS.ReadableStream,
    env: { PATH: process.env.PATH, HOME: on.home },
    cwd: on.folder,
    signal: new AbortController().signal,
  });
  expect(left).toEqual([]);
  return { code, stdout, stderr, asked: answers.length };
}

describe('without a terminal', () => {
  test('options and defaults make a configuration that builds, and secrets that stay where they are', async () => {
    await using machine = await newMachine();
    const ran = await init(machine, [
      '--spaces',
      'ENG,INFRA',
      '--views',
      'ASSIGNED,SHOP',
      '--repo',
      './docs',
    ]);
    expect(ran.stderr).toMatch(/^Confluence: \d+ spaces\nJira: signed in as Mina Okafor\n$/);
    expect(ran.stdout).toBe(
      'Wrote .gitignore\nWrote .env\nWrote context.config.yaml\nWrote context.schema.json\n\nNext: ctx build\nThen, to have it done every hour: ctx schedule install\nIf something stands in its way: ctx doctor\n',
    );
    expect(ran.code).toBe(0);
    expect(statSync(join(machine.folder, '.env')).mode & 0o777).toBe(0o600);
    expect(await machine.read('.gitignore')).toBe('.env\n');
    const { config: loaded, warnings } = await config(machine);
    expect(warnings).toEqual([]);
    expect(loaded.repo).toMatchObject({ path: join(machine.folder, 'docs'), remote: null });
    expect(loaded.sources).toMatchObject([
      { type: 'confluence', url: simulator.url, spaces: ['ENG', 'INFRA'], optional: false },
      {
        type: 'jira',
        auth: { token: TOKEN },
        views: {
          ASSIGNED: 'assignee = currentUser() AND resolution = Unresolved',
          SHOP: 'project = "SHOP" AND updated >= -90d',
        },
      },
    ]);
    const text = await machine.read('context.config.yaml');
    expect(text).not.toContain(TOKEN);
    // What the sample says of each setting is there to be read.
    expect(text).toContain('# yaml-language-server: $schema=./context.schema.json');
    expect(text).toMatch(/commit: per-run +# one commit for each run/);
    expect(text).toContain('#   type: slack');
    expect(ran.stdout + ran.stderr).not.toContain(TOKEN);
  });

  test('variables stand for options, and everything has a default', async () => {
    await using machine = await newMachine();
    const env = {
      JIRA_URL: `${simulator.url}/wiki/spaces/ENG`,
      JIRA_USERNAME: simulator.credentials.username,
      JIRA_API_TOKEN: TOKEN,
    };
    const ran = await machine.ctxHere(['init', '--yes', '--gateway', simulator.url], { env });
    expect(ran.code, ran.stderr).toBe(0);
    const { config: loaded } = await config(machine);
    expect(loaded.repo.path).toBe(join(machine.home, 'context-sync'));
    expect(loaded.sources).toMatchObject([
      { url: simulator.url, spaces: 'all' },
      { views: { ASSIGNED: expect.any(String), WATCHING: expect.any(String) } },
    ]);
  });

  test('what is missing is named, and nothing is written', async () => {
    await using machine = await newMachine();
    const ran = await machine.ctxHere(['init']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(
      '--site (or CONFLUENCE_URL), --email (or CONFLUENCE_USERNAME), --token-stdin (or CONFLUENCE_API_TOKEN)',
    );
    await expect(machine.read('.env')).rejects.toThrow('ENOENT');
  });

  test.each([
    ['a token that is refused', [], 'wrong', 3, /401/],
    ['a space that is not there', ['--spaces', 'ENG,NOPE'], TOKEN, 2, /--spaces: .*NOPE/],
    ['a project that is not there', ['--views', 'NOPE'], TOKEN, 2, /--views: .*NOPE/],
    [
      'a secret in the remote',
      ['--remote', 'https://bot:hunter2hunter2@host.example/r.git'],
      TOKEN,
      2,
      /--remote: it must hold no password/,
    ],
  ])('%s leaves nothing behind', async (_, args, token, code, message) => {
    await using machine = await newMachine();
    const ran = await init(machine, args, token);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toContain('hunter2');
    for (const path of ['.env', '.gitignore', 'context.config.yaml'])
      await expect(machine.read(path)).rejects.toThrow('ENOENT');
  });

  test('a product that the site has not is left out', async () => {
    await using machine = await newMachine();
    simulator.faults.add({ fault: { kind: 'status', status: 404 }, path: /^\/wiki\//, times: 1000 });
    const ran = await init(machine);
    expect(ran.stderr).toMatch(/^Confluence: left out: /m);
    expect(ran.code, ran.stderr).toBe(0);
    expect((await config(machine)).config.sources).toMatchObject([{ type: 'jira' }]);
    expect(await machine.read('.env')).not.toContain('CONFLUENCE');
  });
});

describe('what is there already', () => {
  test('stays if it is the same, and a second run says so', async () => {
    await using machine = await newMachine();
    await init(machine);
    const again = await init(machine);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was written') });
  });

  test('is shown and kept if it differs, unless --force replaces it', async () => {
    await using machine = await newMachine();
    await machine.write('.env', 'OTHER=mine\nJIRA_API_TOKEN=the-former-token\n# a note\n');
    await machine.write('.gitignore', 'node_modules');
    await init(machine, ['--force', '--spaces', 'ENG']);
    const [env, before] = [await machine.read('.env'), await machine.read('context.config.yaml')];
    expect(env).toContain('OTHER=mine\nJIRA_API_TOKEN=demo-token-for-the-simulator\n# a note\n');
    expect(await machine.read('.gitignore')).toBe('node_modules\n.env\n');

    const kept = await init(machine, ['--spaces', 'INFRA', '--yes']);
    expect(kept.code).toBe(5);
    expect(kept.stdout).toMatch(/^--- context\.config\.yaml\n\+\+\+ context\.config\.yaml\n@@ /m);
    expect(kept.stdout).toMatch(/^-\s+spaces: \[ENG\]/m);
    expect(kept.stdout).toMatch(/^\+\s+spaces: \[INFRA\]/m);
    expect(kept.stderr).toContain('--force');
    expect(await machine.read('context.config.yaml')).toBe(before);

    writeFileSync(join(machine.folder, '.env'), env.replace(TOKEN, 'the-former-token'));
    const forced = await init(machine, ['--spaces', 'INFRA', '--force']);
    expect(forced.code).toBe(0);
    expect(forced.stdout).toContain('~ JIRA_API_TOKEN');
    expect(forced.stdout).not.toContain('the-former-token');
    expect((await config(machine)).config.sources[0]).toMatchObject({ spaces: ['INFRA'] });
  });
});

test('GitHub Actions gets the workflow of the package, and the commands that remain', async () => {
  await using machine = await newMachine();
  const ran = await init(machine, ['--actions']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await machine.read('.github/workflows/context.yml')).toContain('ctx build');
  expect((await config(machine)).config.repo.path).toBe(machine.folder);
  expect(ran.stdout).toContain('gh secret set JIRA_API_TOKEN');
  expect(ran.stdout).toContain('gh variable set CONFLUENCE_URL');
});

describe('at a terminal', () => {
  test('six questions are enough, and the token is not shown', async () => {
    await using machine = await newMachine();
    const ran = await atTerminal(
      machine,
      ['init', '--gateway', simulator.url],
      [
        [/Where is your Confluence or Jira/, `${simulator.url}/wiki/\r`],
        [/e-mail address/, `${simulator.credentials.username}\r`],
        [/API token/, `${TOKEN}\r`],
        [/Which Confluence spaces/, ' \r'],
        [/Which Jira tickets/, '\r'],
        [/git remote to push/, 'https://git.example.com/context.git\r'],
      ],
    );
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.asked).toBeLessThanOrEqual(6);
    expect(ran.stderr).not.toContain(TOKEN);
    expect(ran.stdout).toContain('Next: ctx build --push');
    const { config: loaded } = await config(machine);
    expect(loaded.repo.remote).toBe('https://git.example.com/context.git');
    expect(loaded.sources).toMatchObject([
      { spaces: [expect.any(String)] },
      { views: { ASSIGNED: expect.any(String), WATCHING: expect.any(String) } },
    ]);
  });

  test('a wrong token is asked for again, with what else was answered', async () => {
    await using machine = await newMachine();
    const ran = await atTerminal(
      machine,
      ['init', ...site()],
      [
        [/API token/, 'wrong\r'],
        [/Where is your Confluence or Jira/, '\r'],
        [/e-mail address/, '\r'],
        [/API token/, `${TOKEN}\r`],
        [/Which Confluence spaces/, '\r'],
        [/Which Jira tickets/, '\r'],
        [/git remote to push/, '\r'],
      ],
    );
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toContain('401');
    expect((await config(machine)).config.sources[0]).toMatchObject({ spaces: 'all' });
  });

  test('Ctrl-C at a question ends it, and nothing was written', async () => {
    await using machine = await newMachine();
    const ran = await atTerminal(machine, ['init', ...site()], [[/API token/, '\u0003']]);
    expect(ran.code).toBe(130);
    await expect(machine.read('.env')).rejects.toThrow('ENOENT');
  });

  test('a file that differs is replaced only when that is said', async () => {
    await using machine = await newMachine();
    await machine.write('context.config.yaml', 'version: 1\n');
    const args = ['init', ...site(), '--spaces', 'ENG', '--views', 'ASSIGNED', '--remote', '../r.git'];
    const no = await atTerminal(machine, args, [
      [/API token/, `${TOKEN}\r`],
      [/Replace context.config.yaml/, '\r'],
    ]);
    expect(no.code).toBe(5);
    expect(await machine.read('context.config.yaml')).toBe('version: 1\n');
    const yes = await atTerminal(machine, args, [[/Replace context.config.yaml/, 'y']]);
    expect(yes.code).toBe(0);
    expect(await machine.read('context.config.yaml')).toContain('spaces: [ENG]');
  });
});
