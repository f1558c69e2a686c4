import { isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Coverage } from './coverage.ts';
import { type Day, dayOf, daysFrom } from './days.ts';
import type { SlackReader } from './run.ts';

/** The search lags behind, and its days are those of the time zone of the token's owner. */
const OVERLAP_DAYS = 2;

/**
 * The days whose threads got replies since the last run, by channel: a channel's history shows no replies. Only the search
 * tells of them, which is not for bots, nor for tokens without its scope: then there are none, and what is due by its age
 * alone is all that is looked at.
 */
export async function lateReplies(
  { client, config, log }: SlackReader,
  coverage: Coverage,
): Promise<ReadonlyMap<string, ReadonlySet<Day>>> {
  const channels = new Map<string, Set<Day>>();
  const last = coverage.lastDay;
  if (last === undefined || config.threads !== true) return channels;
  const found = await attempt(async () => {
    for await (const { channel, thread } of client.repliesSince(daysFrom(last, -OVERLAP_DAYS))) {
      const day = dayOf(thread);
      if (coverage.has(channel, day)) channels.set(channel, (channels.get(channel) ?? new Set()).add(day));
    }
  });
  if (isCtxError(found)) {
    const isNotForUs =
      found.is('slack.missing-scope') ||
      (found.is('slack.error') && found.params.error === 'not_allowed_token_type');
    log[isNotForUs ? 'debug' : 'warn'](`${config.id}: late replies are not searched for: ${found.message}`);
  }
  return channels;
}
