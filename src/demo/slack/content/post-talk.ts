import { picture } from '../../workspace/content/pictures.ts';
import type { Workspace } from '../../workspace/model.ts';
import { deleteMessage, postBotMessage, postMessage, reply, uploadFile } from '../edits.ts';
import { channelOf, messageOf, writeMessage } from '../journal.ts';
import { makeTs, secondsOf } from '../timestamps.ts';
import type { Json, SlackWorkspace } from '../workspace.ts';
import { expand, pageAddress, titleIn } from './expand.ts';
import { GREENHOUSE, userId } from './people.ts';
import type { FileSpec, Reply, Said } from './talk.ts';

/** Says in a channel what was said there, at its time. */
export function postTalk(
  slack: SlackWorkspace,
  company: Workspace,
  channel: string,
  talk: readonly Said[],
): void {
  let number = 0;
  const say = (said: Said | Reply, root?: string): string => {
    number += 1;
    const ts = makeTs(Date.parse(`${said.at}:00Z`) / 1000, number * 100 + 19);
    post(slack, channel, {
      said,
      ts,
      root,
      text: expand(said.text, slack, company),
      unfurl: unfurlOf(company, said),
    });
    decorate(slack, channel, ts, said);
    return ts;
  };
  for (const each of talk) {
    const root = say(each);
    for (const answer of each.replies ?? []) say(answer, root);
    if (each.deleted === true) deleteMessage(slack, channel, root);
  }
}

interface Posting {
  readonly said: Said | Reply;
  readonly ts: string;
  readonly root: string | undefined;
  readonly text: string;
  readonly unfurl: { readonly attachments?: readonly Json[] };
}

function post(slack: SlackWorkspace, channel: string, { said, ts, root, text, unfurl }: Posting): void {
  const by = userId(said.by);
  const message = {
    by,
    text,
    ts,
    ...unfurl,
    ...(said.subtype === undefined ? {} : { subtype: said.subtype }),
  };
  if (said.file !== undefined) {
    uploadFile(slack, channel, {
      ...contentOf(said.file),
      by,
      text,
      ts,
      ...(root === undefined ? {} : { thread: root }),
    });
  } else if (root !== undefined) {
    reply(slack, channel, root, { ...message, broadcast: 'broadcast' in said });
  } else if (said.by === 'greenhouse' && channelOf(slack, channel).kind !== 'im') {
    postBotMessage(slack, channel, { bot: GREENHOUSE, text, ts });
  } else {
    postMessage(slack, channel, message);
  }
}

function contentOf({ name, mimetype, text }: FileSpec) {
  const bytes = text === undefined ? picture(name).bytes : () => Buffer.from(text);
  return { name, mimetype, bytes };
}

/** What the service adds to a message whose link it could look at. */
function unfurlOf(company: Workspace, said: Said | Reply): Posting['unfurl'] {
  if (said.unfurl === undefined) return {};
  const { page, text } = said.unfurl;
  const address = pageAddress(company, page);
  const title = titleIn(page);
  const attachment = {
    id: 1,
    from_url: address,
    original_url: address,
    service_name: 'Confluence',
    title,
    title_link: address,
    text,
    fallback: `Confluence: ${title}`,
  };
  return { attachments: [attachment] };
}

function decorate(slack: SlackWorkspace, channel: string, ts: string, said: Said | Reply): void {
  const message = messageOf(slack, channel, ts);
  const reactions = Object.entries(said.reactions ?? {}).map(([name, nicks]) => ({
    name,
    users: nicks.map(userId),
  }));
  const edited = { user: userId(said.by), ts: makeTs(secondsOf(ts) + 60) };
  writeMessage(slack, channel, {
    ...message,
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(said.edited === true ? { edited } : {}),
  });
}
