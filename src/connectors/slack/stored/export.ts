import type { SlackSource } from '../../../config/sources/slack.ts';
import { ctxError } from '../../../core/errors/index.ts';
import { dayAt, daysFrom } from '../days.ts';
import { DEFAULT_DAYS } from '../due.ts';
import { type ExportRequest, type MessageExport, tsOf } from '../export-reader.ts';
import { type ChannelMessages, readOwnMessages } from '../own-messages.ts';
import { People } from '../people.ts';
import { openStoredChannel } from './channel.ts';
import { storedChannels } from './channels.ts';
import { coverageOf, gapsOf } from './gaps.ts';
import type { Store } from './store.ts';

export interface StoredExport {
  /** What is asked for and is not in the repository, in words; without any, Slack tells no more. */
  readonly gaps: readonly string[];
  /** The ids of those who are called so, in whatever case. */
  usersCalled(name: string): readonly string[];
  /** The messages of a person, by id. */
  open(user: string): MessageExport;
}

/** What the repository has of what is asked for. Nothing is asked of Slack. `now` in milliseconds since the epoch. */
export function storedExport(
  store: Store,
  config: SlackSource,
  request: ExportRequest,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): StoredExport {
  const coverage = coverageOf(store);
  const choice = storedChannels(store, coverage, config, request);
  const today = dayAt(now);
  const since = request.since ?? Date.parse(daysFrom(today, 1 - (config.days ?? DEFAULT_DAYS)));
  const until = Math.min(request.until ?? now, now);
  const window = { first: dayAt(since), last: dayAt(until) };
  const gaps = gapsOf(store, coverage, choice, { window, today, config });
  const people = new People(store.documents);

  async function* read(user: string): AsyncGenerator<ChannelMessages> {
    const first = daysFrom(window.first, -config.late_replies_days);
    const untilTs = tsOf(until + 1);
    for (const channel of choice.channels) {
      const { client, earlier, failures } = await openStoredChannel(channel, {
        ...{ source: config.id, store, first, until: untilTs },
        ...(!request.context && { naming: user }),
      });
      const own = await readOwnMessages(channel, {
        ...{ source: config.id, client, people, window: { ...window, first }, signal, user },
        ...{ context: request.context, exclude: config.exclude, since: tsOf(since), until: untilTs },
        ...{ isDaily: false, earlier: new Map([[channel.id, earlier]]) },
        textsOf: ({ text }) => ({ text: String(text), text_md: String(text) }),
      });
      yield { ...own, failures: [...own.failures, ...failures] };
    }
  }

  return {
    gaps,
    usersCalled: (name) => people.called(name),
    open: (user) => ({
      from: 'store',
      workspace: workspaceOf(store),
      user: { id: user, name: people.name(user) ?? user },
      range: { since: new Date(since).toISOString(), until: new Date(until).toISOString() },
      channels: read(user),
      failures: gaps.map((gap) => ctxError('slack.not-stored', { source: config.id, gap })),
      warnings: choice.warnings,
    }),
  };
}

/** Its name in addresses. */
function workspaceOf({ documents }: Store): string {
  const [{ fields = {} } = {}] = documents.values() as Iterable<{ fields?: Record<string, unknown> }>;
  return String(fields.workspace ?? '');
}
