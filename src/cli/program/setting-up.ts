import type { Command } from 'commander';
import { seconds } from './arguments.ts';
import type { Run } from './run.ts';
import { CONFIG } from './wording.ts';

/** Commands that bring a build about and look after it: `doctor`. */
export function declareSettingUp(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('try everything that a build needs, change nothing, and say what to do about what is wrong')
    .option('-c, --config <file>', CONFIG)
    .option('--limit <seconds>', 'how long each check may take', seconds, 20)
    .option('--json', 'print the checks as one JSON object')
    .action((options) =>
      run((context) =>
        import('../commands/doctor.ts').then(({ doctorCommand }) => doctorCommand(options, context)),
      ),
    );
}
