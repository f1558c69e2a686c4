import { type Command, Option } from 'commander';
import { INTERVALS, KINDS } from '../../schedule/job.ts';
import { from1To } from './arguments.ts';
import type { Run } from './run.ts';
import { CONFIG } from './wording.ts';

/** Commands that have it all happen by itself: `schedule`. */
export function declareScheduling(program: Command, run: Run): void {
  const schedule = program
    .command('schedule')
    .description('have this machine build, or pull, by itself: systemd, launchd or cron');

  schedule
    .command('install')
    .description('begin, or take over what is different now')
    .addOption(
      new Option('--every <interval>', 'how often (default: as it is, else hourly)').choices(INTERVALS),
    )
    .option('-c, --config <file>', CONFIG)
    .option('--push', 'push what was built (default: if `repo.remote` is configured)')
    .option('--no-push', 'build and do not push')
    .addOption(new Option('--pull', 'follow a remote instead of building').conflicts('push'))
    .option('-C, --repo <folder>', 'the clone to pull (default: as configured, else ~/context-sync)')
    .addOption(
      new Option('--kind <kind>', 'what runs it (default: as it is, else what this machine has)').choices(
        KINDS,
      ),
    )
    .option('--force', 'replace files of the same names that somebody else has written')
    .option('--dry-run', 'show what would be written and write nothing')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/schedule.ts').then(({ scheduleInstallCommand }) =>
          scheduleInstallCommand(options, context),
        ),
      ),
    );

  schedule
    .command('uninstall')
    .description('end, and remove what was written for it')
    .option('--dry-run', 'say what would be removed and remove nothing')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/schedule.ts').then(({ scheduleUninstallCommand }) =>
          scheduleUninstallCommand(options, context),
        ),
      ),
    );

  schedule
    .command('status')
    .description('the next run, and how the last one ended (exit code 1: nothing runs, 4: it failed)')
    .option('--json', 'print the answer as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/schedule.ts').then(({ scheduleStatusCommand }) =>
          scheduleStatusCommand(options, context),
        ),
      ),
    );

  schedule
    .command('logs')
    .description('what runs have said')
    .option('-n, --lines <number>', 'how many lines', from1To(9999), 100)
    .option('-f, --follow', 'go on with what they say from now on')
    .action((options) =>
      run((context) =>
        import('../commands/schedule.ts').then(({ scheduleLogsCommand }) =>
          scheduleLogsCommand(options, context),
        ),
      ),
    );

  schedule
    .command('run')
    .description('do now what the timer does, as it does it')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/schedule.ts').then(({ scheduleRunCommand }) =>
          scheduleRunCommand(options, context),
        ),
      ),
    );
}
