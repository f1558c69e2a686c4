import type { Heading, PhrasingContent, RootContent } from 'mdast';
import {
  addFidelity,
  type Facts,
  type Fidelity,
  NO_CONSTRUCTS,
  type SourceAttachment,
  type SourceDocument,
  type Warning,
} from '../../core/document.ts';
import { fromSlack } from '../../markdown/from-slack.ts';
import { linkDocument, type ReadContext, writeMarkdown } from '../../markdown/index.ts';
import { stripTree } from '../../markdown/invisible.ts';
import { plainText } from '../../markdown/nodes.ts';
import { parseWritten } from '../../markdown/parse-written.ts';
import { bulletList, link, nestHeadings, paragraph, text } from '../nodes.ts';
import { readableSize } from '../readable-size.ts';
import type { Chosen } from './channels.ts';
import { compareTs, type Day, isoOf, minuteOf } from './days.ts';
import { markOf, writeMark } from './mark.ts';
import { dayId, permalink, threadId } from './model.ts';
import { isDeleted } from './noise.ts';
import type { People } from './people.ts';
import type { Message, SharedFile } from './schema.ts';

export interface RenderOptions {
  readonly source: string;
  /** Such as `https://acme.slack.com`. */
  readonly site: string;
  /** The workspace's name in addresses, such as `acme`. */
  readonly workspace: string;
  readonly channel: Chosen;
  /** Names of other channels, by id. */
  readonly channels: ReadonlyMap<string, string>;
  readonly people: People;
  /** The origin of files that are to be kept; without it they are links. */
  readonly filesOrigin: string | undefined;
}

const TITLE_LENGTH = 80;
/** Under the document's title comes each message. */
export const MESSAGE_DEPTH: Heading['depth'] = 3;

/** A thread: its root and its replies, the oldest first. */
export function renderThread(messages: readonly Message[], options: RenderOptions): SourceDocument {
  const { channel, site } = options;
  const [root] = messages as readonly [Message, ...Message[]];
  const talk = new Talk(options);
  for (const message of messages) talk.add(message);
  const replies = messages.slice(1);
  return talk.document({
    id: threadId(channel.id, root.ts),
    type: 'thread',
    title: talk.titleOf(root) || `Thread in ${spoken(channel)}, ${minuteOf(root.ts)}`,
    url: permalink(site, channel.id, root.ts),
    ...(!isDeleted(root) && { author: talk.nameOf(root) }),
    fields: {
      thread_ts: root.ts,
      // As the root tells it: the next run compares it with what the root tells then.
      replies: root.reply_count ?? replies.length,
      ...(root.latest_reply != null && { latest_reply: root.latest_reply }),
      ...(isDeleted(root) && { deleted: true }),
    },
  });
}

/** What was said on a day outside of threads. */
export function renderDay(day: Day, messages: readonly Message[], options: RenderOptions): SourceDocument {
  const { channel, site } = options;
  const talk = new Talk(options);
  for (const message of messages) talk.add(message);
  return talk.document({
    id: dayId(channel.id, day),
    type: 'day',
    title: `${spoken(channel)}, ${day}`,
    url: `${site}/archives/${channel.id}`,
    fields: { messages: messages.length },
  });
}

/** The name of who wrote a message, as far as it is known. */
export function authorOf(message: Message, people: People): string {
  const { user, username, bot_id: bot, bot_profile: profile } = message;
  if (isDeleted(message)) return 'Someone';
  const name = user ? people.name(user) : undefined;
  return name ?? (username || profile?.name || user || bot || 'Someone');
}

/** What the reader of a message's text is to know of the workspace. */
export function readContext(
  { site, people, channels }: Pick<RenderOptions, 'site' | 'people' | 'channels'>,
  ts: string,
): ReadContext {
  return {
    siteUrl: site,
    textId: ts,
    person: (id) => people.name(id),
    userGroup: (id) => people.group(id),
    channel(id) {
      const name = channels.get(id);
      return name === undefined ? undefined : { name, url: `${site}/archives/${id}` };
    },
  };
}

/** What a message says itself, as markdown: without previews of links and quotes of others. */
export function textOf(message: Message, context: ReadContext): string {
  const { root } = fromSlack({ ...message, attachments: undefined }, context);
  return linkDocument(writeMarkdown(stripTree(root).tree), (url) => url).trimEnd();
}

const spoken = ({ name, kind }: Chosen): string =>
  kind === 'channel' || kind === 'private' ? `#${name}` : name;

/** Messages on their way to become a document. */
class Talk {
  readonly #options: RenderOptions;
  readonly #messages: Message[] = [];
  readonly #children: RootContent[] = [];
  readonly #warnings: Warning[] = [];
  readonly #attachments: SourceAttachment[] = [];
  readonly #shown = new Set<string>();
  /** What the text calls channels and groups, by id; nothing if they have no name for us. */
  readonly #mentioned = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #fidelity: Fidelity = NO_CONSTRUCTS;

  constructor(options: RenderOptions) {
    this.#options = options;
  }

  add(message: Message): void {
    this.#messages.push(message);
    const shown = withoutForeignQuotes(message, this.#options.channels);
    const { root, warnings, fidelity } = fromSlack(shown, this.#context(message));
    this.#warnings.push(...warnings);
    this.#fidelity = addFidelity(this.#fidelity, fidelity);
    this.#texts.set(message.ts, plainText(root.children.slice(0, 1)));
    const edited = message.edited ? ` (edited ${minuteOf(message.edited.ts)})` : '';
    const title = `${this.nameOf(message)} · ${minuteOf(message.ts)}${edited}`;
    const mark = markOf(message, () => blocksOfText(shown, this.#context(message)));
    const content = isDeleted(message)
      ? [paragraph({ type: 'emphasis', children: [text('This message was deleted.')] })]
      : nestHeadings(root.children, MESSAGE_DEPTH);
    this.#children.push(
      {
        type: 'heading',
        depth: MESSAGE_DEPTH,
        children: [text(`${title} `), { type: 'html', value: writeMark(mark) }],
      },
      ...content,
      ...this.#files(message.files ?? []),
      ...reactionLine(message),
    );
  }

  nameOf(message: Message): string {
    const { people } = this.#options;
    if (message.user && !isDeleted(message)) this.#shown.add(message.user);
    return authorOf(message, people);
  }

  /** The first words of a message; none of a deleted one. */
  titleOf(message: Message): string {
    const words = (isDeleted(message) ? '' : (this.#texts.get(message.ts) ?? '')).replace(/\s+/g, ' ').trim();
    if (words.length <= TITLE_LENGTH) return words;
    const cut = words.slice(0, TITLE_LENGTH);
    const space = cut.lastIndexOf(' ');
    return `${(space > TITLE_LENGTH / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
  }

  document({ fields, ...own }: Omit<Facts, 'source' | 'created' | 'updated' | 'people'>): SourceDocument {
    const { source, workspace, channel, people } = this.#options;
    const times = this.#messages.flatMap(({ ts, edited }) => (edited ? [ts, edited.ts] : [ts]));
    const [first = '0.000000', ...others] = times.sort(compareTs);
    const named = [...this.#shown].sort().flatMap((id) => {
      const name = people.name(id);
      return name === undefined ? [] : [[id, name] as const];
    });
    return {
      facts: {
        ...own,
        source,
        created: isoOf(first),
        updated: isoOf(others.at(-1) ?? first),
        ...(named.length > 0 && { people: Object.fromEntries(named) }),
        fields: {
          workspace,
          channel: channel.name,
          channel_id: channel.id,
          channel_type: channel.kind,
          ...fields,
          ...(this.#mentioned.size > 0 && { mentions: Object.fromEntries([...this.#mentioned].sort()) }),
        },
      },
      body: { type: 'root', children: this.#children },
      warnings: this.#warnings,
      fidelity: this.#fidelity,
      attachments: this.#attachments,
    };
  }

  #context({ ts }: Message): ReadContext {
    const known = readContext(this.#options, ts);
    return {
      ...known,
      onPerson: (id) => this.#shown.add(id),
      userGroup: (id) => {
        const name = known.userGroup?.(id);
        this.#mentioned.set(id, name ?? '');
        return name;
      },
      channel: (id) => {
        const channel = known.channel?.(id);
        this.#mentioned.set(id, channel?.name ?? '');
        return channel;
      },
    };
  }

  #files(files: readonly SharedFile[]): RootContent[] {
    const items = files.map((file): PhrasingContent[] => {
      const name = file.title || file.name || file.id;
      const details = [file.mimetype, readableSize(file.size)].filter(Boolean);
      const url = this.#keep(file) ?? file.permalink;
      const label = url ? link(url, name) : text(name);
      return details.length === 0 ? [label] : [label, text(` · ${details.join(' · ')}`)];
    });
    return items.length === 0 ? [] : [bulletList(items)];
  }

  /** The address under which the repository is to have the file; undefined if it is only linked to. */
  #keep(file: SharedFile): string | undefined {
    const url = file.url_private_download ?? file.url_private;
    const { filesOrigin } = this.#options;
    if (!url || !URL.canParse(url) || new URL(url).origin !== filesOrigin || isElsewhere(file))
      return undefined;
    this.#attachments.push({
      id: file.id,
      name: file.name || file.id,
      // A file's content never changes: what is uploaded anew is another file.
      version: 1,
      ...(file.mimetype && { type: file.mimetype }),
      ...(file.size != null && { size: file.size }),
      url,
      referenced: true,
    });
    return url;
  }
}

/**
 * A quoted message brings its text along, and Slack shows it to members of its own channel alone
 * (https://slack.com/help/articles/203274767-Share-messages-in-Slack): of a channel that is not read, only the link stays.
 */
function withoutForeignQuotes(message: Message, channels: ReadonlyMap<string, string>): Message {
  const { attachments } = message;
  if (!Array.isArray(attachments)) return message;
  const own = attachments.map((attachment: unknown) => {
    const { channel_id: channel, from_url: url } = (attachment ?? {}) as Record<string, unknown>;
    if (typeof channel !== 'string' || channels.has(channel)) return attachment;
    return { title: 'A message of another channel', title_link: url };
  });
  return { ...message, attachments: own };
}

/** How many blocks a reader finds in what a message says itself, without what links and apps have added. */
function blocksOfText(message: Message, context: ReadContext): number {
  return parseWritten(textOf(message, context)).children.length;
}

/** Not on Slack's own host, gone, or hidden by the limits of a plan. https://docs.slack.dev/reference/objects/file-object */
function isElsewhere({ mode }: SharedFile): boolean {
  return ['external', 'tombstone', 'hidden_by_limit'].includes(mode ?? '');
}

function reactionLine({ reactions }: Message): RootContent[] {
  const said = (reactions ?? []).map(({ name, count }) => `:${name}: ${count ?? 1}`);
  return said.length === 0 ? [] : [paragraph(text(said.join(' · ')))];
}
