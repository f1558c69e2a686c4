import type { Machine } from '../../schedule/machine.ts';
import type { CommandContext } from '../command-context.ts';

/** This machine, for its user. */
export function thisMachine({ env, now, signal }: Omit<CommandContext, 'output' | 'stdin' | 'cwd'>): Machine {
  return { env, platform: process.platform, user: process.getuid?.(), now, signal };
}
