import { z } from 'zod';
import { ctxError } from '../../../core/errors/index.ts';
import { type Channel, channel, type Message, message, type User, user } from '../schema.ts';
import { type ExportPlace, openExportFiles } from './files.ts';
import { type ExportLayout, type ListedKind, layoutOf } from './layout.ts';
import { isRecord, modernized } from './old-forms.ts';
import { Recent } from './recent.ts';

/** A conversation of an export. */
export interface Conversation {
  readonly channel: Channel;
  readonly kind: ListedKind;
  /** The files of each day, by the day that they are called by, the earliest first. */
  readonly days: ReadonlyMap<string, readonly string[]>;
}

/** An opened export. Holds the lists, and of what was said the last days that were read. */
export interface Archive {
  readonly digest: string;
  /** By their ids, in the order of these. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** Those of the lists. Fails with `slack.export-file`. */
  people(): Promise<User[]>;
  /** What the files of a day say, in their order. Fails with `slack.export-file`. */
  messages(conversation: Conversation, day: string): Promise<readonly Message[]>;
}

export async function openArchive(
  place: ExportPlace & { readonly workspace: string | undefined },
): Promise<Archive> {
  const { source, path } = place;
  const files = await openExportFiles(place);
  const layout = layoutOf(files.names, place);
  if (layout === undefined)
    throw ctxError('slack.no-export', { source, path, reason: 'it lists no channels' });
  const list: ReadList = async (file, schema) => {
    const parsed = z.array(schema).safeParse(await files.json(file));
    if (parsed.success) return parsed.data;
    const reason = `${parsed.error.issues[0]?.path.join('.') || 'it'} is not as expected`;
    throw ctxError('slack.export-file', { source, file, reason });
  };
  const recent = new Recent<readonly Message[]>();
  const read = (name: string) =>
    recent.get(name, async () => messagesOf(source, name, await files.json(name)));
  return {
    digest: files.digest,
    conversations: await conversationsOf(layout, list),
    async people() {
      const lists = await Promise.all(layout.people.map((file) => list(file, user)));
      return lists.flat();
    },
    async messages({ days }, day) {
      return (await Promise.all((days.get(day) ?? []).map(read))).flat();
    },
  };
}

type ReadList = <S extends z.ZodType>(file: string, schema: S) => Promise<z.output<S>[]>;

async function conversationsOf(
  layout: ExportLayout,
  list: ReadList,
): Promise<ReadonlyMap<string, Conversation>> {
  const all = new Map<string, Conversation>();
  for (const { kind, file, root } of layout.conversations)
    for (const listed of await list(file, channel)) {
      const known = all.get(listed.id);
      // Groups are listed twice in some exports: among the group messages first.
      const own = known?.kind ?? kind;
      const days = new Map(known?.days);
      for (const folder of new Set([listed.name || listed.id, listed.id]))
        for (const [day, name] of layout.days(root, folder))
          days.set(day, [...new Set([...(days.get(day) ?? []), name])]);
      all.set(listed.id, {
        kind: own,
        channel: {
          ...listed,
          ...{ is_im: own === 'im', is_mpim: own === 'mpim', is_private: own !== 'public_channel' },
          is_member: true,
        },
        days: new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1))),
      });
    }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function messagesOf(source: string, file: string, json: unknown): Message[] {
  const unexpected = (reason: string) => ctxError('slack.export-file', { source, file, reason });
  if (!Array.isArray(json)) throw unexpected('it is no list');
  return json.flatMap((each: unknown, index) => {
    if (!isRecord(each)) throw unexpected(`entry ${index} is no message`);
    if (each.type !== undefined && each.type !== 'message') return [];
    const parsed = message.safeParse(modernized(each));
    if (parsed.success) return [parsed.data];
    throw unexpected(`${parsed.error.issues[0]?.path.join('.')} of entry ${index} is not as expected`);
  });
}
