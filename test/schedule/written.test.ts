import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { afterAll, describe, expect, test } from 'vitest';
import { cronLine } from '../../src/schedule/crontab.ts';
import { type Job, MARK } from '../../src/schedule/job.ts';
import { launchAgent } from '../../src/schedule/launch-agent.ts';
import { lastIn, runScript } from '../../src/schedule/script.ts';
import { serviceUnit, timerUnit } from '../../src/schedule/systemd-units.ts';
import { replayed } from '../harness/replay.ts';

const job: Job = {
  command: [
    '/usr/bin/node',
    '/opt/ctx/main.js',
    'build',
    '--config',
    '/home/ada/my team/100%.yaml',
    '--push',
  ],
  environment: { PATH: '/usr/local/bin:/usr/bin', HTTPS_PROXY: 'http://proxy:3128' },
  every: 'hourly',
  minute: 37,
};
const every = (interval: Job['every']): Job => ({ ...job, every: interval });

/** Names of folders as people have them, and as nobody should. */
const name = fc
  .string({ unit: fc.constantFrom(...'ab é☃ %$\'"&<>()[]{};`!#~*?|=,+-'), minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() !== '');

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ctx-schedule-')));
afterAll(() => rmSync(folder, { recursive: true }));

describe('what systemd reads', () => {
  test('the service', () => {
    expect(serviceUnit(job)).toBe(`# ${MARK}
# Settings of your own: systemctl --user edit context-sync.service

[Unit]
Description=context-sync: bring the context repository up to date

[Service]
Type=oneshot
Environment=PATH=/usr/local/bin:/usr/bin
Environment=HTTPS_PROXY=http://proxy:3128
ExecStart=/usr/bin/node /opt/ctx/main.js build --config "/home/ada/my team/100%%.yaml" --push
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
`);
  });

  test('the timer', () => {
    expect(timerUnit(job)).toBe(`# ${MARK}
# Settings of your own: systemctl --user edit context-sync.timer

[Unit]
Description=context-sync: hourly

[Timer]
OnCalendar=hourly
RandomizedDelaySec=10min
# What was missed while the machine was off or asleep is made up for, once.
Persistent=true

[Install]
WantedBy=timers.target
`);
    expect(timerUnit(every('15min'))).toContain('OnCalendar=*:0/15\nRandomizedDelaySec=2min\n');
    expect(timerUnit(every('daily'))).toContain('OnCalendar=*-*-* 06:00:00\nRandomizedDelaySec=30min\n');
  });

  test.each(['/opt/"node"', "/opt/ada's/node", '/opt\\node', '/opt/no\nde'])(
    'a program that it can not be told is refused: %j',
    (program) => {
      expect(() => serviceUnit({ ...job, command: [program] })).toThrow(
        /characters that systemd can't be told/,
      );
    },
  );
});

describe('what launchd reads', () => {
  test('the agent', () => {
    expect(
      launchAgent(job, '/Users/ada/.config/R&D/schedule.sh', '/Users/ada/Library/Logs/context-sync.log'),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!-- ${MARK} -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>local.context-sync</string>
  <key>ProgramArguments</key>
  <array>
    <string>/bin/sh</string>
    <string>/Users/ada/.config/R&amp;D/schedule.sh</string>
  </array>
  <key>StartCalendarInterval</key>
  <array>
    <dict>
      <key>Minute</key>
      <integer>37</integer>
    </dict>
  </array>
  <key>ProcessType</key>
  <string>Background</string>
  <key>LowPriorityIO</key>
  <true/>
  <key>StandardOutPath</key>
  <string>/Users/ada/Library/Logs/context-sync.log</string>
  <key>StandardErrorPath</key>
  <string>/Users/ada/Library/Logs/context-sync.log</string>
</dict>
</plist>
`);
  });

  test('a daily agent has its hour, and one of every 15 minutes has four times', () => {
    const times = (text: string) =>
      [...text.matchAll(/<key>(Hour|Minute)<\/key>\n\s*<integer>(\d+)/g)].map(([, key, value]) => [
        key,
        value,
      ]);
    expect(times(launchAgent(every('daily'), '/s', '/l'))).toEqual([
      ['Hour', '6'],
      ['Minute', '37'],
    ]);
    expect(times(launchAgent(every('15min'), '/s', '/l')).map(([, value]) => value)).toEqual([
      '7',
      '22',
      '37',
      '52',
    ]);
  });

  test('any path arrives as it is', () => {
    fc.assert(
      fc.property(name, (part) => {
        const agent = launchAgent(job, `/Users/${part}/schedule.sh`, '/log');
        const strings = [...texts(parseDocument(agent, { xmlMode: true }), 'string')];
        expect(strings).toContain(`/Users/${part}/schedule.sh`);
      }),
      replayed({ runs: 300 }),
    );
    expect(() => launchAgent(job, '/Users/\u0001', '/log')).toThrow(/characters that launchd can't be told/);
  });
});

describe('what cron reads', () => {
  test('the line, at the minutes that are due', () => {
    expect(cronLine(job, '/home/ada/.config/context-sync/schedule.sh')).toBe(
      '37 * * * * /bin/sh /home/ada/.config/context-sync/schedule.sh\n',
    );
    expect(cronLine(every('15min'), '/s')).toBe('7,22,37,52 * * * * /bin/sh /s\n');
    expect(cronLine(every('daily'), '/s')).toBe('37 6 * * * /bin/sh /s\n');
  });

  test('any path arrives as it is, by the rules of cron and then of the shell', () => {
    fc.assert(
      fc.property(name, (part) => {
        const path = join(folder, part, 'schedule.sh');
        mkdirSync(join(folder, part), { recursive: true });
        writeFileSync(path, 'printf %s "$0"\n');
        const line = cronLine(job, path);
        const command = /^37 \* \* \* \* (.*)\n$/.exec(line)?.[1] ?? '';
        // A percent sign of its own ends the command; one behind a backslash stands for itself: crontab(5).
        expect(command.replaceAll('\\%', '')).not.toContain('%');
        const shown = execFileSync('/bin/sh', ['-c', command.replaceAll('\\%', '%')], { encoding: 'utf8' });
        expect(shown).toBe(path);
      }),
      replayed({ runs: 40 }),
    );
    expect(() => cronLine(job, '/a\\b')).toThrow(/characters that cron can't be told/);
  });
});

describe('the script that launchd and cron run', () => {
  const show =
    'process.stdout.write(JSON.stringify([process.argv.slice(2), process.env.HTTPS_PROXY, process.env.PATH]) + "\\n")';

  test('hands on arguments and environment as they are, and tells how it ended', () => {
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        name,
        fc.integer({ min: 0, max: 255 }),
        (args, part, code) => {
          const place = join(folder, `run ${part}`);
          mkdirSync(place, { recursive: true });
          const program = join(place, 'main.cjs');
          writeFileSync(program, `${show}; process.exitCode = ${code}`);
          const log = join(place, 'logs', 'schedule.log');
          const path = `${process.env.PATH}:/opt/${part}`;
          const script = runScript(
            {
              ...job,
              command: [process.execPath, program, ...args],
              environment: { PATH: path, HTTPS_PROXY: part },
            },
            'cron',
            log,
          );
          const file = join(place, 'schedule.sh');
          writeFileSync(file, script);
          expect(exitCodeOf(() => execFileSync('/bin/sh', [file], { env: {}, stdio: 'pipe' }))).toBe(code);
          const written = readFileSync(log, 'utf8');
          expect(written.split('\n').at(-3)).toBe(JSON.stringify([args, part, path]));
          expect(lastIn(written)?.code).toBe(code);
          expect(Math.abs(Date.now() - Number(lastIn(written)?.at))).toBeLessThan(60_000);
          rmSync(place, { recursive: true });
        },
      ),
      replayed({ runs: 8 }),
    );
  });

  test('begins its log anew before it is too long, and keeps the former one', () => {
    const log = join(folder, 'long', 'schedule.log');
    mkdirSync(join(folder, 'long'));
    writeFileSync(log, 'x'.repeat(1_000_001));
    const file = join(folder, 'long', 'schedule.sh');
    writeFileSync(file, runScript({ ...job, command: ['/bin/sh', '-c', 'umask'] }, 'cron', log));
    execFileSync('/bin/sh', ['-c', `umask 022; /bin/sh ${file}`]);
    expect(readFileSync(`${log}.1`).length).toBe(1_000_001);
    // What it writes for itself is for nobody else; what the run writes has the rights that the user gives.
    expect(readFileSync(log, 'utf8')).toMatch(
      /^=== started at \S+\n0?022\n=== ended with exit code 0 at \S+\n$/,
    );
    execFileSync('/bin/sh', [file]);
    expect(readFileSync(log, 'utf8').match(/started/g)).toHaveLength(2);
    expect(existsSync(`${log}.1.1`)).toBe(false);
  });

  function exitCodeOf(run: () => unknown): number {
    try {
      run();
      return 0;
    } catch (error) {
      return (error as { status: number }).status;
    }
  }
});

/** The texts of all elements of a name. */
function* texts(node: object, element: string): Iterable<string> {
  const { name: own, children = [] } = node as { name?: string; children?: { data?: string }[] };
  if (own === element) yield children.map(({ data = '' }) => data).join('');
  for (const child of children) yield* texts(child, element);
}
