import { ageInSeconds } from '../config/age.ts';
import type { Config, SourceConfig } from '../config/schema.ts';

/** Where nothing else is configured. */
const DEFAULT_MAX_AGE = '24h';

/** How long ago a source may have been read, as it is written. */
export function maxAgeOf(
  { max_age }: Pick<SourceConfig, 'max_age'>,
  config: Pick<Config, 'max_age'>,
): string {
  return max_age ?? config.max_age ?? DEFAULT_MAX_AGE;
}

/** Whether a source was read too long ago, or never. Times in milliseconds since the epoch. */
export function isStale(read: number | undefined, maxAge: string, now: number): boolean {
  return read === undefined || now - read > (ageInSeconds(maxAge) ?? 0) * 1000;
}
