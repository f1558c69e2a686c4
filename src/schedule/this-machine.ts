import type { Machine } from './machine.ts';

/** This machine, for its user. */
export function thisMachine({ env, now, signal }: Pick<Machine, 'env' | 'now' | 'signal'>): Machine {
  return { env, platform: process.platform, user: process.getuid?.(), now, signal };
}
