import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CRONTAB, configuration, makeHome, SYSTEMCTL } from './fixture.ts';

const UNITS = '.config/systemd/user';

describe('with systemd', () => {
  test('units of the names that people know are written, checked and started', async () => {
    using home = makeHome();
    home.program('systemctl', SYSTEMCTL);
    home.program('loginctl', 'echo no');
    const { code, stdout, stderr } = await home.ctx('schedule', 'install', '--every', '15min');
    expect(code).toBe(0);
    expect(stdout).toContain(`wrote ${home.path}/${UNITS}/context-sync.service\n`);
    expect(stdout).toContain('every 15 minutes.\nNext run: 2026-11-22 06:03 UTC\n');
    expect(stderr).toContain('loginctl enable-linger');
    expect(home.calls().filter((call) => /^systemctl(?!.*show)/.test(call))).toEqual([
      'systemctl --user daemon-reload',
      'systemctl --user enable context-sync.timer',
      'systemctl --user restart context-sync.timer',
    ]);
    const service = home.read(`${UNITS}/context-sync.service`);
    expect(service).toContain(` build --config ${home.project}/context.config.yaml\n`);
    expect(service).toContain(`Environment=PATH=${home.env.PATH}\n`);
  });

  test('a second time changes nothing, a change is shown, and all of it is removed again', async () => {
    using home = makeHome();
    home.program('systemctl', SYSTEMCTL);
    await home.ctx('schedule', 'install');
    const before = home.read(`${UNITS}/context-sync.timer`);
    const again = await home.ctx('schedule', 'install');
    expect(again.stdout).toContain('Installed already: nothing is to be changed.');
    const changed = await home.ctx('schedule', 'install', '--every', 'daily');
    expect(changed.stdout).toContain('-OnCalendar=hourly\n');
    expect(changed.stdout).toContain('+OnCalendar=*-*-* 06:00:00\n');
    expect(changed.stdout).not.toContain('context-sync.service');
    expect((await home.ctx('schedule', 'install')).stdout).toContain('Installed already');
    home.calls();
    home.write(`${UNITS}/backup.timer`, before);
    const removed = await home.ctx('schedule', 'uninstall');
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(home.calls().filter((call) => call.startsWith('systemctl'))).toEqual([
      'systemctl --user disable --now context-sync.timer',
      'systemctl --user daemon-reload',
    ]);
    expect(existsSync(join(home.path, UNITS, 'context-sync.service'))).toBe(false);
    expect(existsSync(join(home.path, UNITS, 'context-sync.timer'))).toBe(false);
    expect(home.read(`${UNITS}/backup.timer`)).toBe(before);
    expect((await home.ctx('schedule', 'uninstall')).stdout).toBe(
      'Nothing is scheduled: nothing is to be removed.\n',
    );
  });

  test('units that somebody else has written stay, unless they are given up', async () => {
    using home = makeHome();
    home.program('systemctl', SYSTEMCTL);
    const former = '[Service]\nExecStart=/opt/former/sync.sh\n';
    home.write(`${UNITS}/context-sync.service`, former);
    const refused = await home.ctx('schedule', 'install');
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain(`${UNITS}/context-sync.service is there`);
    expect(existsSync(join(home.path, UNITS, 'context-sync.timer'))).toBe(false);
    await home.ctx('schedule', 'uninstall');
    expect(home.read(`${UNITS}/context-sync.service`)).toBe(former);
    const forced = await home.ctx('schedule', 'install', '--force');
    expect(forced.stdout).toContain('-ExecStart=/opt/former/sync.sh\n');
    expect(forced.code).toBe(0);
  });

  test('a dry run shows all and writes nothing', async () => {
    using home = makeHome();
    home.program('systemctl', SYSTEMCTL);
    const { code, stdout } = await home.ctx('schedule', 'install', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('+ExecStart=');
    expect(stdout).toContain('+OnCalendar=hourly\n');
    expect(stdout).toContain('Dry run: nothing was written.');
    expect(existsSync(join(home.path, '.config'))).toBe(false);
    expect(new Set(home.calls())).toEqual(new Set(['systemctl --user show-environment', 'crontab -l']));
  });

  test('the status tells how the last run ended, and a run that fails is told', async () => {
    using home = makeHome();
    home.program('systemctl', SYSTEMCTL);
    const none = await home.ctx('schedule', 'status', '--json');
    expect(none.code).toBe(1);
    expect(JSON.parse(none.stdout)).toMatchObject({ installed: false, kind: null, next: null, last: null });
    expect(await home.ctx('schedule', 'run')).toMatchObject({ code: 2, stdout: '' });
    await home.ctx('schedule', 'install');
    const status = await home.ctx('schedule', 'status', '--json');
    expect(status.code).toBe(4);
    expect(JSON.parse(status.stdout)).toMatchObject({
      ...{
        installed: true,
        kind: 'systemd',
        every: 'hourly',
        active: true,
        next: '2026-11-22T06:03:00.000Z',
      },
      last: { at: '2026-11-22T05:07:31.000Z', ok: false, code: 4 },
    });
    const run = await home.ctx('schedule', 'run');
    expect(run.code).toBe(1);
    expect(run.stdout).toBe('It failed (exit code 4): `ctx schedule logs` tells why.\n');
    home.program('journalctl', 'echo "$*"');
    const logs = await home.ctx('schedule', 'logs', '-n', '7', '--follow');
    expect(logs.stdout).toBe('--user -u context-sync.service -n 7 --no-pager -f\n');
  });

  test('what systemd refuses is told with its reason', async () => {
    using home = makeHome();
    home.program('systemctl', `case "$*" in *enable*) echo "Access denied" >&2; exit 4;; esac`);
    const { code, stderr } = await home.ctx('schedule', 'install');
    expect(code).toBe(1);
    expect(stderr).toContain('`systemctl --user enable context-sync.timer` failed: Access denied.');
  });
});

describe('with cron', () => {
  const TABLE = '# mine\r\n0 3 * * * /usr/bin/backup 100\\%';

  test('only our block of the crontab is touched', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    home.write('crontab.txt', TABLE);
    const { code, stdout } = await home.ctx('schedule', 'install');
    expect(code).toBe(0);
    expect(stdout).toContain('cron runs ctx build');
    const table = home.read('crontab.txt');
    expect(table.startsWith(`${TABLE}\n# >>> context-sync`)).toBe(true);
    expect(table).toMatch(
      /\n\d+ \* \* \* \* \/bin\/sh \S+\/\.config\/context-sync\/schedule\.sh\n# <<< context-sync\n$/,
    );
    const again = await home.ctx('schedule', 'install');
    expect(again.stdout).toContain('Installed already');
    expect(home.read('crontab.txt')).toBe(table);
    await home.ctx('schedule', 'uninstall');
    expect(home.read('crontab.txt')).toBe(`${TABLE}\n`);
    expect(existsSync(join(home.path, '.config/context-sync/schedule.sh'))).toBe(false);
  });

  test('a crontab that is ours alone is removed whole', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    await home.ctx('schedule', 'install');
    expect(existsSync(join(home.path, 'crontab.txt'))).toBe(true);
    await home.ctx('schedule', 'uninstall');
    expect(existsSync(join(home.path, 'crontab.txt'))).toBe(false);
  });

  test('a crontab that can not be read is not written', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    await home.ctx('schedule', 'install');
    home.program(
      'crontab',
      `case $1 in -l) echo "can't open: I/O error" >&2; exit 1;; *) touch "$HOME/written";; esac`,
    );
    const { code, stderr } = await home.ctx('schedule', 'install', '--kind', 'cron');
    expect(code).toBe(1);
    expect(stderr).toContain("can't open: I/O error");
    expect(existsSync(join(home.path, 'written'))).toBe(false);
  });

  test('another kind takes over from the former one', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    home.write('crontab.txt', `${TABLE}\n`);
    await home.ctx('schedule', 'install');
    home.program('systemctl', SYSTEMCTL);
    // Nobody has asked for it.
    expect((await home.ctx('schedule', 'install')).stdout).toContain('Installed already');
    const { stdout } = await home.ctx('schedule', 'install', '--kind', 'systemd');
    expect(stdout).toContain('removed block of ctx in the crontab\n');
    expect(home.read('crontab.txt')).toBe(`${TABLE}\n`);
    expect(JSON.parse((await home.ctx('schedule', 'status', '--json')).stdout).kind).toBe('systemd');
    // As where the session is of another user: the timer that it can't reach would go on.
    home.program('systemctl', 'echo "Failed to connect to bus" >&2; exit 1');
    for (const more of [[], ['--kind', 'cron']]) {
      const refused = await home.ctx('schedule', 'install', ...more);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("systemd can't be used here: Failed to connect to bus.");
      expect(home.read('crontab.txt')).toBe(`${TABLE}\n`);
    }
    home.program('systemctl', SYSTEMCTL);
    await home.ctx('schedule', 'install', '--kind', 'cron');
    expect(existsSync(join(home.path, UNITS, 'context-sync.timer'))).toBe(false);
    expect(JSON.parse((await home.ctx('schedule', 'status', '--json')).stdout).kind).toBe('cron');
  });
});

test('on a machine with neither, it is said what there is to do', async () => {
  using home = makeHome();
  const { code, stderr } = await home.ctx('schedule', 'install');
  expect(code).toBe(1);
  expect(stderr).toContain('Nothing that ctx can schedule with answers on this machine');
  const asked = await home.ctx('schedule', 'install', '--kind', 'systemd');
  expect(asked.code).toBe(1);
  expect(asked.stderr).toContain("systemd can't be used here");
  expect(asked.stderr).toContain('--kind cron');
});

describe('what is scheduled', () => {
  test('pushes where a remote is configured, unless it is told not to', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    const command = async (...args: string[]) =>
      JSON.parse(
        (await home.ctx('schedule', 'install', '--dry-run', '--json', ...args)).stdout,
      ).command.slice(2);
    const build = ['build', '--config', join(home.project, 'context.config.yaml')];
    expect(await command()).toEqual(build);
    expect(await command('--push')).toEqual([...build, '--push']);
    home.write('team/context.config.yaml', configuration(', remote: git@example.com:team/context.git'));
    expect(await command()).toEqual([...build, '--push']);
    expect(await command('--no-push')).toEqual(build);
  });

  test('credentials that only the shell has are missed at once, and none is written down', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    const config =
      'version: 1\nrepo: { path: ./repo }\nsources:\n  - id: talk\n    type: slack\n    workspace: acme\n';
    home.write(
      'team/context.config.yaml',
      `${config}    auth: { token: "\${SLACK_TOKEN}" }\n    channels: [general]\n`,
    );
    const env: Record<string, string> = home.env;
    env.SLACK_TOKEN = `xoxp-${'1'.repeat(20)}`;
    env.HTTPS_PROXY = 'http://ada:opensesame@proxy:3128';
    const refused = await home.ctx('schedule', 'install');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`SLACK_TOKEN.\n  Write them as NAME=value in ${home.project}/.env`);
    home.write('team/.env', `SLACK_TOKEN=${env.SLACK_TOKEN}\n`);
    const { code, stdout, stderr } = await home.ctx('schedule', 'install');
    expect(code).toBe(0);
    expect(stderr).toContain('HTTPS_PROXY holds a password and is not written down');
    const script = home.read('.config/context-sync/schedule.sh');
    expect(`${stdout}${stderr}${script}`).not.toMatch(/xoxp|opensesame/);
  });

  test('a host pulls its clone, which must be there', async () => {
    using home = makeHome();
    home.program('crontab', CRONTAB);
    renameSync(join(home.project, 'context.config.yaml'), join(home.project, 'other.yaml'));
    const refused = await home.ctx('schedule', 'install', '--pull');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`There is no clone to pull in ${home.path}/context-sync.`);
    for (const folder of ['.git', '.ctx/state'])
      mkdirSync(join(home.path, 'context-sync', folder), { recursive: true });
    const { stdout } = await home.ctx('schedule', 'install', '--pull', '--json');
    expect(JSON.parse(stdout).command.slice(2)).toEqual(['pull', '--repo', join(home.path, 'context-sync')]);
  });
});
