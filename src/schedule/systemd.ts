import { join } from 'node:path';
import { configHome } from '../core/paths.ts';
import { fileArtifact } from './artifacts.ts';
import { ask, demand, type Machine } from './machine.ts';
import type { JobState, LastRun, Scheduler } from './scheduler.ts';
import { intervalOf, SERVICE, serviceUnit, TIMER, timerUnit } from './systemd-units.ts';

/** The manager that systemd has for each user. */
export function systemd(machine: Machine): Scheduler {
  const folder = join(configHome(machine.env), 'systemd', 'user');
  const service = fileArtifact(join(folder, SERVICE));
  const timer = fileArtifact(join(folder, TIMER));
  const systemctl = (...args: readonly string[]) => ['systemctl', '--user', ...args];
  return {
    kind: 'systemd',
    artifacts: [service, timer],
    contents: (job) => [serviceUnit(job), timerUnit(job)],
    async obstacle() {
      const ran = await ask(machine, systemctl('show-environment'));
      if (ran === undefined) return 'there is no systemctl';
      return ran.code === 0 ? undefined : ran.stderr.trim() || `systemctl fails with ${ran.code}`;
    },
    async activate() {
      await demand(machine, systemctl('daemon-reload'));
      await demand(machine, systemctl('enable', TIMER));
      // A timer that is started already keeps the times that it has read before.
      await demand(machine, systemctl('restart', TIMER));
    },
    async advice() {
      const user = machine.env.USER ?? String(machine.user);
      const ran = await ask(machine, ['loginctl', 'show-user', user, '-p', 'Linger', '--value']);
      // No answer, as about a user whom logind does not know, is no reason to speak of it.
      return ran?.stdout.trim() === 'no'
        ? 'Runs begin only while you are logged in. Where nobody is, as on a server: loginctl enable-linger'
        : undefined;
    },
    async deactivate() {
      const text = await timer.read();
      if (text !== undefined && timer.isOurs(text))
        await demand(machine, systemctl('disable', '--now', TIMER));
    },
    async forget() {
      await demand(machine, systemctl('daemon-reload'));
    },
    async state() {
      const [text = '', ofService, ofTimer] = await Promise.all([
        timer.read(),
        ask(machine, systemctl('show', SERVICE)),
        ask(machine, systemctl('show', TIMER)),
      ]);
      return stateOf(text, propertiesOf(ofService?.stdout ?? ''), propertiesOf(ofTimer?.stdout ?? ''));
    },
    start: { command: systemctl('start', SERVICE), waits: true },
    logs: (lines, goesOn) => [
      ...['journalctl', '--user', '-u', SERVICE, '-n', String(lines), '--no-pager'],
      ...(goesOn ? ['-f'] : []),
    ],
  };
}

type Properties = ReadonlyMap<string, string>;

function stateOf(timerText: string, service: Properties, timer: Properties): JobState {
  return {
    every: intervalOf(timerText) ?? null,
    active: timer.get('ActiveState') === 'active' && timer.get('UnitFileState') === 'enabled',
    next: timeIn(timer, 'NextElapseUSecRealtime'),
    last: lastOf(service) ?? lastTrigger(timer),
  };
}

function lastOf(service: Properties): LastRun | undefined {
  const at = timeIn(service, 'ExecMainExitTimestamp');
  if (at === null) return undefined;
  // As waitid(2) tells it: 1 is an end by itself.
  const code = service.get('ExecMainCode') === '1' ? Number(service.get('ExecMainStatus')) : null;
  return { at, ok: service.get('Result') === 'success', code };
}

/** The timer's own memory outlives a restart of the machine. */
function lastTrigger(timer: Properties): LastRun | null {
  const at = timeIn(timer, 'LastTriggerUSec');
  return at && { at, ok: null, code: null };
}

function propertiesOf(shown: string): Properties {
  return new Map(
    shown.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
}

/** Such as `Sun 2026-11-22 05:07:31 UTC`; empty or `n/a` without one. */
function timeIn(properties: Properties, name: string): Date | null {
  const [, day, time] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(properties.get(name) ?? '') ?? [];
  return day === undefined ? null : new Date(`${day}T${time}Z`);
}
