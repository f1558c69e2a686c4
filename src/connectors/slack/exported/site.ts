import { isCtxError } from '../../../core/errors/index.ts';
import { attempt } from '../../attempt.ts';
import type { Workspace } from '../run.ts';
import type { Message } from '../schema.ts';
import type { Archive } from './archive.ts';

/**
 * Where the workspace is, by the addresses of its files: an export does not say it elsewhere. Files of other organizations
 * tell theirs (https://docs.slack.dev/reference/objects/file-object). Undefined where no file is shared.
 */
export async function siteOfFiles(
  archive: Archive,
  team: string | undefined,
  signal: AbortSignal,
): Promise<Workspace | undefined> {
  for (const conversation of archive.conversations.values())
    for (const day of conversation.days.keys()) {
      signal.throwIfAborted();
      const messages = await attempt(() => archive.messages(conversation, day));
      for (const message of isCtxError(messages) ? [] : messages) {
        const found = siteOf(message, team);
        if (found) return found;
      }
    }
  return undefined;
}

/** The workspace that a name means, beside the Web API's origin: `https://acme.slack.com`, or `acme.slack-gov.com`. */
export function siteOfName(name: string, api: string): Workspace {
  const domain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return { domain, site: `https://${domain}.${new URL(api).host}` };
}

function siteOf({ files }: Message, team: string | undefined): Workspace | undefined {
  for (const { permalink, user_team: owner } of files ?? []) {
    if (!permalink || !URL.canParse(permalink)) continue;
    const isForeign = typeof owner === 'string' && team !== undefined && owner !== team;
    const { protocol, hostname, pathname, origin } = new URL(permalink);
    const [, domain] = /^([a-z0-9-]+)(?:\.enterprise)?\.slack(?:-gov)?\.[a-z]+$/.exec(hostname) ?? [];
    if (!isForeign && protocol === 'https:' && domain && /^\/files\/[^/]+\/[^/]+/.test(pathname))
      return { site: origin, domain };
  }
  return undefined;
}
