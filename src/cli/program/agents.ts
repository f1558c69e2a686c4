import type { Command } from 'commander';
import { from500 } from './arguments.ts';
import type { Run } from './run.ts';
import { DATES, REPO } from './wording.ts';

/** Commands that assistants' sessions run by themselves: `brief`. */
export function declareAgents(program: Command, run: Run): void {
  program
    .command('brief')
    .description('what changed, in a few lines, for an assistant whose session begins')
    .option('-C, --repo <folder>', REPO)
    .option('--since <date>', `${DATES} (default: a day ago, or the last session if that is longer ago)`)
    .option('--max-bytes <number>', 'the most that the text may take', from500, 4096)
    .option('--hook', 'as a SessionStart hook answers; silent where there is no repository')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/brief.ts').then(({ briefCommand }) => briefCommand(options, context)),
      ),
    );
}
