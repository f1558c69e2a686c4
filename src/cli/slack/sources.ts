import type { LoadedConfig } from '../../config/load.ts';
import type { SlackSource } from '../../config/sources/slack.ts';
import { ctxError } from '../../core/errors/index.ts';

/** The Slack sources that were asked for, or all of them. */
export function slackSources(
  { config, file }: LoadedConfig,
  asked: readonly string[] | undefined,
): SlackSource[] {
  const all = config.sources.filter((source) => source.type === 'slack');
  const known = all.map(({ id }) => id);
  if (known.length === 0) throw ctxError('slack.no-source', { file });
  const unknown = asked?.find((id) => !known.includes(id));
  if (unknown !== undefined) throw ctxError('config.unknown-source', { id: unknown, known });
  return all.filter(({ id }) => asked === undefined || asked.includes(id));
}
