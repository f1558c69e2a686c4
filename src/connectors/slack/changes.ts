import { interleave } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { ChangesOptions, Checkpoint, SourceEvent } from '../contract.ts';
import { isRenamed } from '../renamed.ts';
import { readChannel } from './channel.ts';
import { asksForKnown, type Choice, type Chosen, chooseChannels } from './channels.ts';
import { Coverage } from './coverage.ts';
import { type Day, dayAt, daysFrom } from './days.ts';
import { DEFAULT_DAYS, type Depth, type DueOptions, dueDays, type KnownDays, knownByChannel } from './due.ts';
import { lateReplies } from './late-replies.ts';
import { isMadePrivate } from './lost.ts';
import { type ChannelKind, channelScope } from './model.ts';
import { People } from './people.ts';
import type { SlackReader } from './run.ts';

/**
 * One run: the days of each channel that were not read yet, and those that may have changed since. That a channel is lost (to
 * the archive, or to the app's removal) is no reason to forget it: only a message that its day no longer has is gone.
 */
export async function* slackChanges(
  reader: SlackReader,
  { checkpoint, known, full, again = [], signal }: ChangesOptions,
): AsyncGenerator<SourceEvent> {
  const { config, client, clock, log } = reader;
  const now = clock.now();
  const people = new People(known);
  await people.learn(client);
  for (const error of people.failures) yield { type: 'failed', scope: 'names', error };
  const choice = await chooseChannels(client, config, people);
  for (const name of choice.unknown)
    log.warn(
      `${config.id}: no channel is called ${name}, or the token does not see it: invite the app, or correct the name`,
    );

  for (const id of config.exclude) if (known.get(id)) yield { type: 'delete', id, reason: 'excluded' };
  const documents = knownByChannel(known);
  const names = new Map(choice.chosen.map(({ id, name }) => [id, name]));
  const isOutdated = (facts: Facts) =>
    again.includes(facts.id) ||
    Object.entries(facts.people ?? {}).some(([id, name]) => isRenamed(name, people.name(id) ?? name)) ||
    Object.entries(facts.fields?.mentions ?? {}).some(([id, name]) =>
      isRenamed(name, names.get(id) ?? people.group(id) ?? ''),
    );
  const coverage = new Coverage(checkpoint);
  const options = {
    today: dayAt(now),
    days: config.days ?? DEFAULT_DAYS,
    recentDays: config.recent_days,
    lateRepliesDays: config.late_replies_days,
    full,
  };
  const due = await allDueDays(reader, { choice, coverage, documents, isOutdated, options });
  const filesOrigin = config.attachments === 'all' ? new URL(config.files_url).origin : undefined;
  const named = new Set<string>();
  const soFar = () => coverage.toCheckpoint();
  async function* read(channel: Chosen): AsyncGenerator<SourceEvent, void> {
    signal.throwIfAborted();
    const { id } = channel;
    const own: KnownDays = documents.get(id) ?? new Map();
    const days = due.get(id) ?? new Map<Day, Depth>();
    const before = [...coverage.days(id)];
    const reading = readChannel({
      ...reader,
      rendering: {
        ...{ source: config.id, site: reader.workspace.site, workspace: reader.workspace.domain },
        ...{ channel, channels: names, people, filesOrigin },
      },
      ...{ known: own, due: days, until: (now / 1000).toFixed(6), isOutdated },
      onNamed: (document) => named.add(document),
      onRead(day, isSettled) {
        // What is still going on is never read to its end.
        if (isSettled && day < options.today) coverage.add(id, day);
        else coverage.remove(id, day);
      },
    });
    const failure = yield* deliver(reading, soFar);
    if (failure !== undefined) yield { type: 'failed', scope: channelScope(id), error: failure };
    else if (coverage.audited(id) === undefined || before.every((day) => days.has(day)))
      coverage.setAudited(id);
    // The channel is there: what of it was not looked at is as it was.
    for (const facts of [...own.values()].flat())
      if (!named.has(facts.id) && !config.exclude.includes(facts.id)) yield { type: 'present', id: facts.id };
  }
  yield* interleave(choice.chosen.values().map(read), config.workers);
  // Of a channel that the configuration leaves out the repository is to have nothing, whether it is listed or not.
  const unlisted = [...documents].flatMap(([id, days]) => (names.has(id) ? [] : knownChannel(id, days)));
  const unasked = unlisted.filter((channel) => !asksForKnown(channel, config));
  for (const id of new Set([...choice.leftOut, ...unasked.map(({ id }) => id)])) {
    coverage.forget(id);
    if (documents.has(id)) yield { type: 'complete', scope: channelScope(id) };
  }
  for (const channel of unlisted) {
    if (choice.leftOut.has(channel.id) || unasked.includes(channel)) continue;
    if (await isMadePrivate(reader, channel)) {
      coverage.forget(channel.id);
      for (const { id } of [...(documents.get(channel.id) as KnownDays).values()].flat())
        yield { type: 'delete', id, reason: 'restricted' };
    }
  }
  yield { type: 'checkpoint', value: soFar() };
}

/** A channel as its documents call it. */
export function knownChannel(id: string, days: KnownDays): Chosen {
  const [[{ fields = {} } = {}] = []] = days.values() as Iterable<readonly Partial<Facts>[]>;
  return { id, name: String(fields.channel ?? ''), kind: (fields.channel_type ?? 'channel') as ChannelKind };
}

interface DueInput {
  readonly choice: Choice;
  readonly coverage: Coverage;
  readonly documents: ReadonlyMap<string, KnownDays>;
  readonly isOutdated: (facts: Facts) => boolean;
  readonly options: DueOptions;
}

/** What is to be read of each channel. Days that are to be read whole count as unread from here on. */
async function allDueDays(
  reader: SlackReader,
  { choice, coverage, documents, isOutdated, options }: DueInput,
): Promise<ReadonlyMap<string, ReadonlyMap<Day, Depth>>> {
  const late = await lateReplies(reader, coverage);
  const ids = choice.chosen.map(({ id }) => id);
  const audited = coverage.dueForAudit(ids, daysFrom(options.today, -1));
  const due = new Map<string, Map<Day, Depth>>();
  for (const channel of choice.chosen) {
    const { id } = channel;
    const days = dueDays(
      channel,
      coverage.days(id),
      documents.get(id) ?? new Map(),
      isOutdated,
      id === audited,
      options,
    );
    for (const day of late.get(id) ?? []) if (!days.has(day)) days.set(day, 'listed');
    due.set(id, days);
  }
  for (const [id, days] of due)
    for (const [day, depth] of days) if (depth === 'whole') coverage.remove(id, day);
  return due;
}

/** The events of a channel, and what ended its reading if that is no reason to end the run. */
async function* deliver(
  events: AsyncIterable<SourceEvent>,
  checkpoint: () => Checkpoint,
): AsyncGenerator<SourceEvent, CtxError | undefined> {
  try {
    for await (const event of events) {
      yield event;
      yield { type: 'resumable', checkpoint };
    }
    return undefined;
  } catch (error) {
    if (isCtxError(error) && error.kind !== 'credentials') return error;
    throw error;
  }
}
