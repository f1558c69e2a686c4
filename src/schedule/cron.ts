import { join } from 'node:path';
import { homeOf, stateDir } from '../core/paths.ts';
import { crontabArtifact } from './artifacts.ts';
import { cronLine } from './crontab.ts';
import { ask, type Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';
import { scriptFiles } from './script-files.ts';

/** The user's crontab. */
export function cron(machine: Machine): Scheduler {
  const script = scriptFiles(machine, 'cron', join(stateDir(machine.env), 'schedule.log'));
  const crontab = crontabArtifact(machine);
  return {
    kind: 'cron',
    artifacts: [script.artifact, crontab],
    contents: (job) => [script.content(job), cronLine(job, script.path)],
    async obstacle() {
      const ran = await ask(machine, ['crontab', '-l']);
      if (ran === undefined) return 'there is no crontab';
      const isAllowed = ran.code === 0 || /no crontab/i.test(ran.stderr);
      return isAllowed ? undefined : ran.stderr.trim() || `crontab fails with ${ran.code}`;
    },
    // It reads the crontab by itself.
    activate: async () => {},
    deactivate: async () => {},
    forget: async () => {},
    advice: async () => undefined,
    state: () => script.state(true),
    start: { command: asCron(machine, ['/bin/sh', script.path]), waits: true },
    logs: script.logs,
  };
}

/** With the little that cron gives to what it runs: crontab(5). */
function asCron({ env }: Machine, command: readonly string[]): readonly string[] {
  const given = {
    HOME: homeOf(env),
    LOGNAME: env.LOGNAME ?? env.USER ?? '',
    SHELL: '/bin/sh',
    PATH: '/usr/bin:/bin',
  };
  return [
    '/usr/bin/env',
    '-i',
    ...Object.entries(given).map(([name, value]) => `${name}=${value}`),
    ...command,
  ];
}
