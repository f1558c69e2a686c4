import { ctxError } from '../core/errors/index.ts';
import { INTERVALS, type Interval, type Job, type Kind, MARK } from './job.ts';

/** The log is begun anew when it is longer; the former one is kept beside it. */
const LOG_BYTES = 1_000_000;

/** How a run's last line in the log begins; its exit code and its time follow. */
const ENDED = '=== ended with exit code';

/**
 * What launchd and cron run: neither keeps a log that does not grow, and cron neither an environment nor how a run ended. Commands
 * in a crontab are cut at 1,000 characters, too.
 */
export function runScript(job: Job, kind: Kind, log: string): string {
  const literal = (text: string) => shellLiteral(text, kind);
  const variables = Object.entries(job.environment).map(
    ([name, value]) => `${name}=${literal(value)}\nexport ${name}\n`,
  );
  return `#!/bin/sh
# ${MARK}
# Due: ${job.every} at minute ${job.minute}
${variables.join('')}log=${literal(log)}
umask_of_user=$(umask)
umask 077
mkdir -p "\${log%/*}"
if [ -f "$log" ] && [ "$(wc -c < "$log")" -gt ${LOG_BYTES} ]; then mv -f "$log" "$log.1"; fi
exec >> "$log" 2>&1
umask "$umask_of_user"
echo "=== started at $(date -u +%Y-%m-%dT%H:%M:%SZ)"
nice -n 10 ${job.command.map(literal).join(' ')}
code=$?
echo "${ENDED} $code at $(date -u +%Y-%m-%dT%H:%M:%SZ)"
exit "$code"
`;
}

/** When a script of ours is due; undefined of another. */
export function dueOf(script: string): { readonly every: Interval; readonly minute: number } | undefined {
  const [, word, minute] = /^# Due: (\S+) at minute (\d+)$/m.exec(script) ?? [];
  const every = INTERVALS.find((each) => each === word);
  return every && { every, minute: Number(minute) };
}

/** How the last run that a log tells of has ended; undefined if it tells of none. */
export function lastIn(log: string): { readonly at: Date; readonly code: number } | undefined {
  const [, code, at = ''] = [...log.matchAll(new RegExp(`^${ENDED} (\\d+) at (\\S+)$`, 'gm'))].at(-1) ?? [];
  return code === undefined ? undefined : { at: new Date(at), code: Number(code) };
}

export function shellLiteral(text: string, kind: Kind): string {
  if (/\p{Cc}/u.test(text)) throw ctxError('schedule.bad-path', { kind, path: text });
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
