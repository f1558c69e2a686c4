import { type Command, InvalidArgumentError } from 'commander';
import type { Run } from './run.ts';
import { CONFIG } from './wording.ts';

/** `ctx link`. */
export function declareLinking(program: Command, run: Run): void {
  program
    .command('link')
    .description('make the context repository visible in a project, for you and the agents you run there')
    .argument('<project>', "the project's folder")
    .option('-C, --repo <folder>', 'the context repository (default: as configured, else ~/context-sync)')
    .option('-c, --config <file>', CONFIG)
    .option('--name <name>', "the link's name", linkName, '.context')
    .option('--local', 'ignore it in `.git/info/exclude` of the project, not in your own ignore file of git')
    .option(
      '--rule <file>',
      'the file of the project that tells agents of it (default: CLAUDE.local.md)',
      ruleFile,
    )
    .option('--no-rule', 'tell no agent of it')
    .option('--remove', 'undo all of it')
    .option('--dry-run', 'show what would be written and write nothing')
    .option('--json', 'print the result as one JSON object')
    .action((project, options) =>
      run((context) =>
        import('../commands/link.ts').then(({ linkCommand }) => linkCommand(project, options, context)),
      ),
    );
}

/** Such as need no escape in an ignore file. */
function linkName(text: string): string {
  if (!/^[\p{L}\p{N}._-]+$/u.test(text) || /^\.{1,2}$|^\.git$/i.test(text))
    throw new InvalidArgumentError('It is no name of letters, digits, dots, - and _.');
  return text;
}

function ruleFile(text: string): string {
  if (text === '' || text.startsWith('/') || text.split('/').includes('..'))
    throw new InvalidArgumentError('It is no path within the project.');
  return text;
}
