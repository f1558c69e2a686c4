import { z } from 'zod';
import type { LoadedSource } from '../../config/load.ts';

/** What a run of `ctx slack sync` was asked for, where it differs from the configuration. */
export const syncChoices = z.strictObject({
  full: z.boolean().optional(),
  incremental: z.boolean().optional(),
  days: z.number().optional(),
  workers: z.number().optional(),
  delay: z.number().optional(),
  direction: z.enum(['backwards', 'forwards']).optional(),
  threads: z.boolean().optional(),
});
export type SyncChoices = z.output<typeof syncChoices>;

/** Of the command line, what differs from the configuration. */
export function chosen(options: SyncChoices): SyncChoices {
  const { full, incremental, days, workers, delay, direction, threads } = options;
  return {
    ...(full && { full }),
    ...(incremental && { incremental }),
    ...(days !== undefined && { days }),
    ...(workers !== undefined && { workers }),
    ...(delay !== undefined && { delay }),
    ...(direction !== undefined && { direction }),
    ...(threads === false && { threads }),
  };
}

/** Yesterday is looked at too: a day ends at midnight in UTC. */
const INCREMENTAL = { days: 2, recent_days: 2, late_replies_days: 0 } as const;

/** The source as it is to be read by these choices. */
export function withChoices(source: LoadedSource, choices: SyncChoices): LoadedSource {
  const { config } = source;
  if (config.type !== 'slack') return source;
  const { full: _, incremental, threads, ...settings } = choices;
  return {
    ...source,
    config: {
      ...config,
      ...(incremental && INCREMENTAL),
      ...settings,
      // Those that the repository has are kept: to be without them is for the configuration to say.
      ...(threads === false && config.threads !== false && { threads: 'later' as const }),
    } as typeof config,
  };
}

/** As a person would ask for it, such as `--full --days 90`. */
export function inWords(choices: SyncChoices): string {
  const said = Object.entries(choices).map(([name, value]) => {
    if (value === true) return `--${name}`;
    return value === false ? `--no-${name}` : `--${name} ${value}`;
  });
  return said.join(' ') || 'as configured';
}
