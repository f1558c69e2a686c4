import { ctxError } from '../core/errors/index.ts';
import { DAILY_HOUR } from './calendar.ts';
import { type Interval, type Job, MARK } from './job.ts';

export const SERVICE = 'context-sync.service';
export const TIMER = 'context-sync.timer';

/** When runs are due, and within how much time after that they begin, so that machines do not all ask at once. */
const WHEN: Readonly<Record<Interval, { readonly due: string; readonly within: string }>> = {
  '15min': { due: '*:0/15', within: '2min' },
  hourly: { due: 'hourly', within: '10min' },
  daily: { due: `*-*-* 0${DAILY_HOUR}:00:00`, within: '30min' },
};

/**
 * The service: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 *
 * A user's manager can't set up namespaces for it without hiding the machine's users from it, so that of the hardening there is only
 * what a process can be denied for good: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing.
 * `MemoryDenyWriteExecute=` is not among it, because V8 compiles to memory.
 */
export function serviceUnit({ command, environment }: Job): string {
  const variables = Object.entries(environment).map(
    ([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`,
  );
  return `# ${MARK}
# Settings of your own: systemctl --user edit ${SERVICE}

[Unit]
Description=context-sync: bring the context repository up to date

[Service]
Type=oneshot
${variables.join('')}ExecStart=${commandLine(command)}
# A run that hangs does not keep all later ones from starting; one that is only long goes on the next time.
TimeoutStartSec=2h
# What it has started, such as git, ends with it in order.
KillMode=mixed
Nice=10
IOSchedulingClass=idle
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
`;
}

export function timerUnit({ every }: Job): string {
  const { due, within } = WHEN[every];
  return `# ${MARK}
# Settings of your own: systemctl --user edit ${TIMER}

[Unit]
Description=context-sync: ${every === '15min' ? 'every 15 minutes' : every}

[Timer]
OnCalendar=${due}
RandomizedDelaySec=${within}
# What was missed while the machine was off or asleep is made up for, once.
Persistent=true

[Install]
WantedBy=timers.target
`;
}

/** How often a timer of ours is due; undefined of another. */
export function intervalOf(timer: string): Interval | undefined {
  const due = /^OnCalendar=(.*)$/m.exec(timer)?.[1];
  return (Object.keys(WHEN) as Interval[]).find((every) => WHEN[every].due === due);
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines */
function commandLine([program = '', ...args]: readonly string[]): string {
  // Of the program, systemd takes neither, quoted or not; and it fills no variables into it.
  if (/["'\\]/.test(program)) throw ctxError('schedule.bad-path', { kind: 'systemd', path: program });
  return [quoted(program), ...args.map((arg) => quoted(arg).replaceAll('$', '$$$$'))].join(' ');
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting, with specifiers taken literally. */
function quoted(text: string): string {
  if (/\p{Cc}/u.test(text)) throw ctxError('schedule.bad-path', { kind: 'systemd', path: text });
  if (/^[\w@+=:,./-]+$/.test(text)) return text;
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;
}
