import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Job } from '../../src/schedule/job.ts';
import type { Machine } from '../../src/schedule/machine.ts';
import { chooseScheduler, install, scheduleState, uninstall } from '../../src/schedule/schedule.ts';
import { makeHome } from './fixture.ts';

/** As launchctl(1) does, of what it knows by a file of the home. */
const LAUNCHCTL = `case "$1 $2" in
  "print gui/501") ;;
  "print gui/501/"*) [ -f "$HOME/loaded" ] || { echo "Could not find service" >&2; exit 113; };;
  "bootstrap "*) [ -f "$HOME/loaded" ] && { echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; }; cp "$3" "$HOME/loaded";;
  "bootout "*) rm "$HOME/loaded" || exit 3;;
esac`;

const job: Job = {
  command: [
    '/usr/local/bin/node',
    '/opt/ctx/main.js',
    'build',
    '--config',
    '/Users/ada/team/context.config.yaml',
  ],
  environment: { PATH: '/usr/local/bin:/usr/bin' },
  every: 'hourly',
  minute: 37,
};
const write = { dryRun: false, force: false };

test('launchd has the agent that was installed last, until it is removed', async () => {
  using home = makeHome();
  home.program('launchctl', LAUNCHCTL);
  const machine: Machine = {
    ...{ env: home.env, platform: 'darwin', user: 501 },
    now: () => Date.UTC(2026, 10, 22, 5, 40),
    signal: new AbortController().signal,
  };
  const scheduler = await chooseScheduler(machine, undefined);
  expect(scheduler.kind).toBe('launchd');
  const agent = join(home.path, 'Library/LaunchAgents/local.context-sync.plist');
  const changes = await install(machine, scheduler, job, write);
  const script = join(home.path, '.config/context-sync/schedule.sh');
  expect(changes.map(({ place }) => place)).toEqual([script, agent]);
  expect(home.read('loaded')).toContain(`<string>${script}</string>`);
  expect(
    home
      .calls()
      .filter((call) => call.startsWith('launchctl'))
      .slice(2),
  ).toEqual(['launchctl enable gui/501/local.context-sync', `launchctl bootstrap gui/501 ${agent}`]);

  expect(await install(machine, scheduler, job, write)).toEqual([]);
  await install(machine, scheduler, { ...job, every: 'daily' }, write);
  expect(home.read('loaded')).toContain('<key>Hour</key>');

  const log = '=== ended with exit code 4 at 2026-11-22T05:38:01Z\n';
  home.write('Library/Logs/context-sync.log', log);
  const state = await scheduleState(machine);
  expect(state).toMatchObject({ installed: true, kind: 'launchd', every: 'daily', active: true });
  expect(state.last).toEqual({ at: new Date('2026-11-22T05:38:01Z'), ok: false, code: 4 });
  expect(state.next?.getMinutes()).toBe(37);
  expect(scheduler.start.command).toEqual(['launchctl', 'kickstart', 'gui/501/local.context-sync']);

  await uninstall(machine, { dryRun: false });
  for (const file of [agent, script, join(home.path, 'loaded')]) expect(existsSync(file)).toBe(false);
  expect(home.read('Library/Logs/context-sync.log')).toBe(log);
  expect(await scheduleState(machine)).toMatchObject({ installed: false, active: false });
});
