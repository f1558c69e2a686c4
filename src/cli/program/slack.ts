import { type Command, Option } from 'commander';
import { sinceOf, untilOf } from '../slack/range.ts';
import { from1To, list, seconds, words } from './arguments.ts';
import type { Run } from './run.ts';
import { CONFIG } from './wording.ts';

/** `ctx slack sync` and `ctx slack export`. */
export function declareSlack(program: Command, run: Run): void {
  const slack = program.command('slack').description('what the Slack sources offer beyond builds');

  slack
    .command('sync')
    .description('read the Slack sources alone, or ask of what was read')
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id...>', 'only these (default: all of type slack)')
    .option('--full', 'read all days of the window anew')
    .addOption(
      new Option('--incremental', 'read no more than today and yesterday').conflicts(['full', 'days']),
    )
    .option('--days <number>', 'how many days back (default: as configured)', from1To(3650))
    .option('--workers <number>', 'how many channels are read side by side', from1To(16))
    .option('--delay <seconds>', 'the least time between two requests of a method', seconds)
    .addOption(
      new Option('--direction <direction>', 'which days are read first').choices(['backwards', 'forwards']),
    )
    .option('--no-threads', 'leave replies to a later run')
    .option('--resume', 'go on with the run that was interrupted, as it was asked for')
    .option('--push', 'push the branch to the remote, fast-forward only')
    .option('--confirm-deletes <fingerprint...>', 'accept the deletions that a former run held back')
    .addOption(
      new Option('--status', 'what was read of each channel, what is left, and the last runs').conflicts([
        'search',
        'resetTracking',
      ]),
    )
    .option('--search <words>', 'the messages that have most of these words, the best first', words)
    .option('--limit <number>', 'how many of them', from1To(1000), 5)
    .option('--my-only', 'only those of the owner of the token')
    .option('--user <name>', 'only those of this person: a name as Slack shows it, or an id')
    .addOption(
      new Option('--reset-tracking', 'forget which days were read; documents stay').conflicts('search'),
    )
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/slack-sync.ts').then(({ slackSyncCommand }) =>
          slackSyncCommand(options, context),
        ),
      ),
    );

  slack
    .command('export')
    .description('your own messages, a line of JSON for each, with replies in threads')
    .option('-c, --config <file>', CONFIG)
    .option('-s, --source <id>', 'which source of type slack, if there are several')
    .option('--channels <names>', 'names or ids, with commas (default: as configured)', list)
    .option('-o, --output <file>', 'where to write them, - for the standard output', 'slack-export.jsonl')
    .option('--since <date>', 'not before: such as 2026-03-02 or 2026-03-02T09:00Z', sinceOf)
    .option('--until <date>', 'not after; a day is meant with its end', untilOf)
    .option('--include-dms', 'direct messages and those of groups too')
    .option('--context', 'with what others said in the same threads, and right before')
    .option(
      '--user <name>',
      'whose messages: a name, an id or an e-mail address (default: the token’s owner)',
    )
    .addOption(
      new Option(
        '--from <where>',
        'the repository, or Slack (default: the repository if it has all that is asked for)',
      ).choices(['store', 'slack']),
    )
    .action((options) =>
      run((context) =>
        import('../commands/slack-export.ts').then(({ slackExportCommand }) =>
          slackExportCommand(options, context),
        ),
      ),
    );
}
