import type { Heading, Nodes, RootContent } from 'mdast';
import { linkDocument, markLinks } from '../../../markdown/links.ts';
import { plainText } from '../../../markdown/nodes.ts';
import { parseWritten } from '../../../markdown/parse-written.ts';
import { type Mark, readMark } from '../mark.ts';
import { placeOf } from '../model.ts';
import { MESSAGE_DEPTH } from '../render.ts';
import type { Message } from '../schema.ts';
import type { StoredDocument } from './store.ts';

/** `name · 2026-03-02 07:32 UTC (edited …)`, as messages are headed. Of a name that is white space nothing is left. */
const TITLE =
  /^(?:(.*) )?· \d{4}-\d\d-\d\d \d\d:\d\d UTC(?: \(edited (\d{4}-\d\d-\d\d \d\d:\d\d) UTC\))?\s*$/s;

/**
 * The messages of a document, in its order, as Slack would tell them, but for `text`: that is markdown. Undefined of a document
 * whose messages are not marked, as those of earlier versions are.
 */
export function messagesOf({ facts, body, addressOf }: StoredDocument): Message[] | undefined {
  const { channel, ts: thread } = placeOf(facts.id) ?? {};
  if (channel === undefined) return undefined;
  const parts: { readonly heading: Heading; readonly blocks: RootContent[] }[] = [];
  for (const node of parseWritten(body).children) {
    if (node.type === 'heading' && node.depth === MESSAGE_DEPTH) parts.push({ heading: node, blocks: [] });
    else parts.at(-1)?.blocks.push(node);
  }
  const messages = parts.map(({ heading, blocks }) => messageOf(heading, blocks, body, addressOf));
  const marked = messages.filter((message) => message !== undefined);
  if (marked.length < messages.length) return undefined;
  if (thread === undefined) return marked;
  const users = [...new Set(marked.slice(1).flatMap(({ user }) => user ?? []))];
  return marked.map((message) => ({
    ...message,
    thread_ts: thread,
    ...(message.ts === thread && {
      ...{ reply_count: marked.length - 1, latest_reply: marked.at(-1)?.ts ?? thread },
      ...{ reply_users: users, reply_users_count: users.length },
    }),
  }));
}

function messageOf(
  heading: Heading,
  blocks: readonly RootContent[],
  body: string,
  addressOf: (destination: string) => string,
): Message | undefined {
  const comment = heading.children.at(-1);
  const mark = comment?.type === 'html' ? readMark(comment.value) : undefined;
  const title = TITLE.exec(plainText(heading.children));
  if (mark === undefined || title === null) return undefined;
  const [, name = '', edited] = title;
  const { ts, user, isNotice, isBroadcast, own, hasFiles, hasReactions } = mark;
  const said = ownBlocks(mark, blocks);
  return {
    ts,
    text: withAddresses(written(said, body), addressOf),
    username: name,
    ...(user !== undefined && { user }),
    ...subtypeOf(isNotice, isBroadcast),
    ...(edited && { edited: { ts: `${Date.parse(`${edited.replace(' ', 'T')}Z`) / 1000}.000000` } }),
    ...(hasReactions && { reactions: reactionsIn(blocks.at(-1)) }),
    ...((own !== undefined || hasFiles) && { attachments: [{}] }),
  };
}

/** Most messages have no link, and to look for them takes as long as to read the message. */
function withAddresses(text: string, addressOf: (destination: string) => string): string {
  return /\]\(|="/.test(text) ? linkDocument(markLinks(text, addressOf), (url) => url) : text;
}

/** Of which kind a notice was does not matter any more: it is no talk. */
function subtypeOf(isNotice: boolean, isBroadcast: boolean): Pick<Message, 'subtype'> {
  if (isNotice) return { subtype: 'bot_message' };
  return isBroadcast ? { subtype: 'thread_broadcast' } : {};
}

/** What the message says itself: behind it come what was added, the files, the reactions. */
function ownBlocks({ own, hasFiles, hasReactions }: Mark, blocks: readonly RootContent[]) {
  return blocks.slice(0, own ?? blocks.length - Number(hasFiles) - Number(hasReactions));
}

/** The blocks as the file has them, with their headings as deep as the message has them. */
function written(blocks: readonly RootContent[], body: string): string {
  const start = blocks[0]?.position?.start.offset ?? 0;
  const end = blocks.at(-1)?.position?.end.offset ?? 0;
  let text = '';
  let position = start;
  for (const { depth, position: place } of headingsIn(blocks)) {
    const at = place?.start.offset ?? end;
    text += body.slice(position, at);
    position = at + Math.min(MESSAGE_DEPTH, depth - 1);
  }
  return text + body.slice(position, end);
}

function headingsIn(nodes: readonly Nodes[]): Heading[] {
  return nodes.flatMap((node) => {
    if (node.type === 'heading') return [node];
    return 'children' in node ? headingsIn(node.children) : [];
  });
}

/** `:wave: 2 · :eyes: 1` */
function reactionsIn(line: RootContent | undefined): { name: string; count: number }[] {
  const said = line === undefined ? '' : plainText([line]);
  return said.split(' · ').flatMap((each) => {
    const [, name, count] = /^:(.+): (\d+)$/.exec(each) ?? [];
    return name === undefined ? [] : [{ name, count: Number(count) }];
  });
}
