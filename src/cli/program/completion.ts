import { Argument, type Command } from 'commander';
import type { Run } from './run.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** `ctx completion`, which tells a shell of all commands. */
export function declareCompletion(program: Command, run: Run): void {
  program
    .command('completion')
    .description('print a script that lets a shell complete commands, options and files')
    .addArgument(new Argument('<shell>', 'whose script').choices(SHELLS))
    .addHelpText(
      'after',
      `
Write it where the shell looks for such scripts:
  ctx completion bash > ~/.local/share/bash-completion/completions/ctx
  ctx completion zsh > "\${fpath[1]}/_ctx"
  ctx completion fish > ~/.config/fish/completions/ctx.fish
`,
    )
    .action((shell) =>
      run((context) =>
        import('../commands/completion.ts').then(({ completionCommand }) =>
          completionCommand(shell, program, context),
        ),
      ),
    );
}
