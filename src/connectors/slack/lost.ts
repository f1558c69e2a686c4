import { isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { Chosen } from './channels.ts';
import type { SlackReader } from './run.ts';

/**
 * Whether a channel that was read and is no longer listed has been made private: only its members may see it then, and it is
 * not asked for. Slack tells a token with `groups:read` so, and one without it that the scope is missing, which a public
 * channel would not take (https://docs.slack.dev/reference/methods/conversations.info). Any other absence (the app was removed, the
 * channel deleted) is no reason to forget what was said.
 */
export async function isMadePrivate(
  { client, config, log }: SlackReader,
  { id, name, kind }: Chosen,
): Promise<boolean> {
  if (kind === 'channel') {
    const answer = await attempt(() => client.channel(id));
    if (!isCtxError(answer)) return answer.is_private === true;
    if (answer.is('slack.missing-scope') && answer.params.scope?.split(',').includes('groups:read'))
      return true;
  }
  log.warn(
    `${config.id}: channel ${name} (${id}) is not shown to the token any more; its documents stay. Invite the app again, or put ${id} under exclude`,
  );
  return false;
}
