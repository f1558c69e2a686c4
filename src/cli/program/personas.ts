import { type Command, Option } from 'commander';
import type { Run } from './run.ts';
import { CONFIG } from './wording.ts';

/** `ctx persona build` and `ctx persona analyze`. */
export function declarePersonas(program: Command, run: Run): void {
  const persona = program
    .command('persona')
    .description('roles and voices for assistants, from files of the team and from messages');

  persona
    .command('build')
    .description('make a document, an agent and a skill of each persona; text outside of their marks stays')
    .option('-p, --persona <name...>', 'only these (default: all)')
    .option(
      '-d, --dir <folder>',
      'the folder with the personas (default: personas here, or beside the configuration)',
    )
    .option(
      '-o, --output <folder>',
      'where to put what is made (default: the folder that the personas’ folder is in)',
    )
    .addOption(
      new Option(
        '--check',
        'say whether the personas, and the files that are there, are in order; write nothing',
      ).conflicts(['list', 'dryRun']),
    )
    .addOption(new Option('--list', 'name the personas; write nothing').conflicts(['dryRun']))
    .option('--dry-run', 'show what would change as a diff; write nothing')
    .option('-c, --config <file>', CONFIG)
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/persona-build.ts').then(({ personaBuildCommand }) =>
          personaBuildCommand(options, context),
        ),
      ),
    );

  persona
    .command('analyze')
    .description('how somebody writes, from messages that ctx slack export wrote')
    .argument('<messages>', 'a file with a line of JSON for each message, or - for the standard input')
    .option('-o, --output <file>', 'where to write the profile, - for the standard output', 'profile.yaml')
    .option('--chart <file>', 'an SVG too, of hours, lengths and emoji')
    .option('--time-zone <name>', 'of the hours, such as Europe/Berlin', 'UTC')
    .option('--json', 'print the profile as one JSON object, too')
    .action((messages, options) =>
      run((context) =>
        import('../commands/persona-analyze.ts').then(({ personaAnalyzeCommand }) =>
          personaAnalyzeCommand(messages, options, context),
        ),
      ),
    );
}
