import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SCRIPT = new URL('../setup.sh', import.meta.url).pathname;

/** What npm leaves behind: a Node.js, and a program that notes how it is called, and writes a configuration when it is to. */
const NPM = `#!/bin/sh
echo "npm $* in $PWD" >> "$HOME/calls"
mkdir -p node_modules/.bin dist/cli
ln -sf '${process.execPath}' node_modules/.bin/node
echo > node_modules/.package-lock.json
cat > dist/cli/main.js <<'MAIN'
const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const scheduled = process.env.HOME + '/scheduled';
if (args[0] === '--version') console.log('9.9.9');
else if (args[1] !== 'status') appendFileSync(process.env.HOME + '/calls', JSON.stringify(args) + '\\n');
if (args[0] === 'init') writeFileSync(args[args.indexOf('--dir') + 1] + '/context.config.yaml', 'version: 1');
if (args[1] === 'install') writeFileSync(scheduled, '');
process.exitCode = args[1] === 'status' ? Number(existsSync(scheduled) ? 4 : 1) : Number(process.env.FAILS === args[0] && 3);
MAIN
`;

/** A clone, with any name, and a home; programs of the system are those that are put there and what a shell needs. */
function makeClone() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ctx-setup-')));
  const [home, clone, bin] = [join(folder, 'home'), join(folder, "ada's $clone"), join(folder, 'bin')];
  for (const each of [home, clone, bin]) mkdirSync(each);
  copyFileSync(SCRIPT, join(clone, 'setup.sh'));
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  const program = (name: string, text: string) => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  program('npm', NPM);
  program('git', '#!/bin/sh\necho "git version 2.39.5 (Apple Git-154)"\n');
  program('node', '#!/bin/sh\necho v20.11.0\n');
  for (const name of ['dirname', 'sed', 'grep', 'mkdir', 'chmod', 'mv', 'cat', 'ln', 'find'])
    program(name, `#!/bin/sh\nexec $(command -v -p ${name}) "$@"\n`);
  return {
    home,
    clone,
    program,
    without: (name: string) => rmSync(join(bin, name)),
    run(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
      writeFileSync(join(home, 'calls'), '');
      const ran = spawnSync('/bin/sh', [join(clone, 'setup.sh'), ...args], {
        cwd: home,
        env: { HOME: home, PATH: bin, ...more },
        encoding: 'utf8',
      });
      const calls = readFileSync(join(home, 'calls'), 'utf8').split('\n').filter(Boolean);
      return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr, calls };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

describe('./setup.sh', () => {
  test('installs, configures and schedules, each with what is meant for it', () => {
    using machine = makeClone();
    const { home, clone, run } = machine;
    const { code, stdout, calls } = run([
      ...['--yes', '--site', 'https://team.example', '--every', '15min', '--views', "a'b c", '--no-push'],
    ]);
    expect(code).toBe(0);
    const config = join(home, '.config/context-sync');
    expect(calls).toEqual([
      `npm ci --no-audit --no-fund in ${clone}`,
      JSON.stringify([
        'init',
        '--dir',
        config,
        '--yes',
        '--site',
        'https://team.example',
        '--views',
        "a'b c",
      ]),
      JSON.stringify([
        ...[
          'schedule',
          'install',
          '--config',
          join(config, 'context.config.yaml'),
          '--every',
          '15min',
          '--no-push',
        ],
      ]),
    ]);
    expect(stdout).toContain(`ctx 9.9.9 is ${home}/.local/bin/ctx\n`);
    expect(stdout).toContain(`${home}/.local/bin is not among the folders of PATH`);
    expect(statSync(join(home, '.local/bin/ctx')).mode & 0o777).toBe(0o755);
    expect(execFileSync(join(home, '.local/bin/ctx'), ['--version'], { encoding: 'utf8' })).toBe('9.9.9\n');
  });

  test('can be run again: what is configured and scheduled stays, unless something is asked for', () => {
    using machine = makeClone();
    const { home, run } = machine;
    run(['--yes']);
    const path = `${process.env.PATH}:${home}/.local/bin`;
    const again = run(['--yes'], { PATH: `${join(machine.clone, '../bin')}:${path}` });
    expect(again.code).toBe(0);
    expect(again.calls.map((call) => call.slice(0, 8))).toEqual(['npm run ']);
    expect(again.stdout).toContain('Scheduled already');
    expect(run(['--every', 'daily']).calls.at(-1)).toContain('"--every","daily"');
    expect(again.stdout).not.toContain('is not among the folders of PATH');
    const asked = run(['--yes', '--spaces', 'ENG', '--no-schedule']);
    expect(asked.calls.map((call) => call.slice(0, 8))).toEqual(['npm run ', '["init",']);
    // As after a pull that changed what is needed.
    const later = Date.now() / 1000 + 60;
    utimesSync(join(machine.clone, 'package-lock.json'), later, later);
    expect(run(['--yes']).calls[0]).toContain('npm ci ');
  });

  test('puts command and configuration where it is told', () => {
    using machine = makeClone();
    const { home, run } = machine;
    const { code, calls } = run(['--dir', 'my team', '--bin', join(home, 'programs'), '--kind', 'cron']);
    expect(code).toBe(0);
    expect(calls.slice(1)).toEqual([
      JSON.stringify(['init', '--dir', 'my team']),
      JSON.stringify(['schedule', 'install', '--config', 'my team/context.config.yaml', '--kind', 'cron']),
    ]);
    expect(existsSync(join(home, 'programs/ctx'))).toBe(true);
    expect(existsSync(join(home, '.local'))).toBe(false);
  });

  test('stops where init stops, with its exit code', () => {
    using machine = makeClone();
    const { code, calls } = machine.run(['--yes'], { FAILS: 'init' });
    expect(code).toBe(3);
    expect(calls.at(-1)).toContain('init');
  });

  test('leaves another program of that name', () => {
    using machine = makeClone();
    const { home, run } = machine;
    mkdirSync(join(home, '.local/bin'), { recursive: true });
    writeFileSync(join(home, '.local/bin/ctx'), '#!/bin/sh\necho mine\n');
    const { code, stderr } = run([]);
    expect(code).toBe(1);
    expect(stderr).toContain('is another program');
    expect(readFileSync(join(home, '.local/bin/ctx'), 'utf8')).toBe('#!/bin/sh\necho mine\n');
  });

  test.each([
    ['git', undefined, 'git is missing: install it'],
    ['git', 'echo git version 2.17.1', 'git is 2.17.1, and 2.30 or newer is needed'],
    ['node', undefined, 'Node.js is missing'],
    ['node', 'echo v18.20.4', 'Node.js is 18.20.4, and 20 or newer is needed'],
    ['npm', undefined, 'npm is missing'],
    ['npm', 'exit 0', 'npm has not made'],
  ])('says what is wrong with %s (%s)', (name, answer, reason) => {
    using machine = makeClone();
    if (answer === undefined) machine.without(name);
    else machine.program(name, `#!/bin/sh\n${answer}\n`);
    const { code, stderr } = machine.run([]);
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
    expect(existsSync(join(machine.home, '.config'))).toBe(false);
  });

  test('says how it is used, and what it lacks', () => {
    using machine = makeClone();
    expect(machine.run(['--help'])).toMatchObject({ code: 0, stderr: '', calls: [] });
    expect(machine.run(['--every'])).toMatchObject({ code: 2, calls: [] });
  });
});
