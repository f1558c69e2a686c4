import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { completionOf } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Shell } from '../program/completion.ts';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `ctx completion`: prints what makes a shell complete the commands of `program`. */
export async function completionCommand(
  shell: Shell,
  program: Command,
  { output }: CommandContext,
): Promise<number> {
  output.print(SCRIPTS[shell](completionOf(program)));
  return 0;
}
