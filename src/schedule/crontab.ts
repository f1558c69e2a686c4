import { ctxError } from '../core/errors/index.ts';
import type { Marks } from '../core/marked-block.ts';
import { DAILY_HOUR, minutesOf } from './calendar.ts';
import type { Job } from './job.ts';
import { shellLiteral } from './script.ts';

export const CRONTAB_MARKS: Marks = {
  begin: '# >>> context-sync: written by `ctx schedule install`',
  end: '# <<< context-sync',
};

/** The line of the crontab: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/crontab.html */
export function cronLine({ every, minute }: Job, script: string): string {
  // What a backslash means before anything but a percent sign, implementations do not agree on.
  if (script.includes('\\')) throw ctxError('schedule.bad-path', { kind: 'cron', path: script });
  const minutes = minutesOf(every, minute).join(',');
  const command = `/bin/sh ${shellLiteral(script, 'cron')}`.replaceAll('%', '\\%');
  return `${minutes} ${every === 'daily' ? DAILY_HOUR : '*'} * * * ${command}\n`;
}
