import { type Command, Option } from 'commander';
import { FORMATS } from '../../markdown/formats.ts';
import type { Run } from './run.ts';

/** Commands that show what the program does, without any account: `demo`, `render`. */
export function declareTrying(program: Command, run: Run): void {
  program
    .command('demo')
    .description('build a simulated workspace, apply a morning of edits, build again')
    .option('-d, --dir <folder>', 'where to put the repository (default: a temporary folder)')
    .option('--serve', 'keep the simulated workspace running and print the environment for ctx build')
    .option('--json', 'print the result as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/demo.ts').then(({ demoCommand }) => demoCommand(options, context)),
      ),
    );

  program
    .command('render')
    .description('render one text as a build would, and say what of it could not be kept')
    .argument('<file>', 'a file, or - for the standard input')
    .addOption(new Option('--from <format>', 'what it is written in (default: by its name)').choices(FORMATS))
    .option('--site <url>', 'the site that relative links lead to')
    .option('--json', 'print markdown, warnings and counts as one JSON object')
    .action((file, options) =>
      run((context) =>
        import('../commands/render.ts').then(({ renderCommand }) => renderCommand(file, options, context)),
      ),
    );
}
