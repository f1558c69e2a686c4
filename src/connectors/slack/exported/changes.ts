import { createHash } from 'node:crypto';
import type { SlackSource } from '../../../config/sources/slack.ts';
import { isCtxError } from '../../../core/errors/index.ts';
import type { ChangesOptions, Checkpoint, SourceEvent } from '../../contract.ts';
import { knownChannel } from '../changes.ts';
import { type ChannelReading, readChannel } from '../channel.ts';
import { asksForKnown, chooseChannels } from '../channels.ts';
import { Coverage } from '../coverage.ts';
import { after, type Day } from '../days.ts';
import { type KnownDays, knownByChannel } from '../due.ts';
import { channelScope, dayId } from '../model.ts';
import { People } from '../people.ts';
import type { SlackReader } from '../run.ts';
import type { Archive } from './archive.ts';
import { Span } from './span.ts';
import type { Survey } from './survey.ts';

export interface ExportReader extends SlackReader {
  readonly archive: Archive;
  readonly survey: () => Promise<Survey>;
}

interface WrittenState {
  readonly export?: {
    /** What was read: an export, by what the configuration asks of it. */
    readonly key: string;
    /** If not all of it, the channels that were. */
    readonly channels?: readonly string[];
  };
}

/**
 * One run: nothing if the export is the one that was read last, and else all of it. What it is too old or too new to tell of
 * stays as it is.
 */
export async function* exportedChanges(
  reader: ExportReader,
  { checkpoint, known, full, again = [], signal }: ChangesOptions,
): AsyncGenerator<SourceEvent> {
  const { archive, client, config, log, workspace } = reader;
  const key = keyOf(archive, config);
  const { export: last } = (checkpoint ?? {}) as WrittenState;
  const wasRead = !full && again.length === 0 && last?.key === key;
  if (wasRead && last.channels === undefined && checkpoint !== undefined) {
    for (const { id } of known.values()) yield { type: 'present', id };
    yield { type: 'checkpoint', value: checkpoint };
    return;
  }
  const people = new People(known);
  await people.learn(client);
  for (const error of people.failures) yield { type: 'failed', scope: 'names', error };
  const choice = await chooseChannels(client, config, people);
  for (const name of choice.unknown) log.warn(`${config.id}: the export has no channel called ${name}`);
  const surveyed = await reader.survey();
  const span = new Span(surveyed, config.days, known.values());
  const early = span.earlierThreads(choice.chosen.map(({ id }) => id));
  if (early > 0)
    log.warn(`${config.id}: ${early} threads began before the export does; what it has of them is left out`);

  for (const id of config.exclude) if (known.get(id)) yield { type: 'delete', id, reason: 'excluded' };
  const documents = knownByChannel(known);
  const names = new Map(choice.chosen.map(({ id, name }) => [id, name]));
  const done = new Set(wasRead ? last.channels : []);
  // As if the API had told it, which may be asked for what comes after.
  const coverage = new Coverage(checkpoint);
  const soFar = (): Checkpoint => ({ ...coverage.toCheckpoint(), export: { key, channels: [...done] } });
  let isSettled = people.failures.length === 0;
  for (const channel of choice.chosen) {
    const { id } = channel;
    const own: KnownDays = documents.get(id) ?? new Map();
    const facts = [...own.values()].flat();
    const named = new Set<string>();
    if (!done.has(id)) {
      const exclude = [
        ...config.exclude,
        ...facts.filter((each) => span.isBeyond(each)).map((each) => each.id),
      ];
      const isRead = yield* readDays(span.daysOf(id, archive, own), {
        // Replies are at hand: nothing is left for later.
        ...{ ...reader, config: { ...config, exclude, threads: config.threads !== false } },
        rendering: {
          ...{ source: config.id, site: workspace.site, workspace: workspace.domain },
          ...{ channel, channels: names, people, filesOrigin: undefined },
        },
        ...{ known: own, until: after(span.last), isOutdated: () => false },
        ...{ onNamed: (document: string) => named.add(document), onRead() {}, signal, span, soFar },
      });
      if (isRead) {
        done.add(id);
        for (const day of span.wholeDays()) coverage.add(id, day);
      } else isSettled = false;
    }
    for (const each of facts)
      if (!named.has(each.id) && !config.exclude.includes(each.id)) yield { type: 'present', id: each.id };
  }
  const unasked = [...documents].filter(
    ([id, days]) => !names.has(id) && !asksForKnown(knownChannel(id, days), config),
  );
  for (const id of new Set([...choice.leftOut, ...unasked.map(([id]) => id)])) {
    coverage.forget(id);
    if (!documents.has(id)) continue;
    // The removal may be held back: the next run asks for it again.
    isSettled = false;
    yield { type: 'complete', scope: channelScope(id) };
  }
  yield { type: 'checkpoint', value: { ...coverage.toCheckpoint(), ...(isSettled && { export: { key } }) } };
}

interface DaysReading extends Omit<ChannelReading, 'due'> {
  readonly signal: AbortSignal;
  readonly span: Span;
  readonly soFar: () => Checkpoint;
}

/** Each day by itself, so that one that is damaged hides no other. Answers whether nothing is to be looked at again. */
async function* readDays(
  days: Iterable<Day>,
  { signal, span, soFar, ...reading }: DaysReading,
): AsyncGenerator<SourceEvent, boolean> {
  let isSettled = true;
  const { onNamed, rendering } = reading;
  for (const day of days) {
    signal.throwIfAborted();
    try {
      for await (const event of readChannel({ ...reading, due: new Map([[day, 'whole']]) })) {
        const isDeletion = event.type === 'delete';
        if (isDeletion && span.isPartial(day)) yield { type: 'present', id: event.id };
        else {
          yield event;
          if (isDeletion || event.type === 'failed') isSettled = false;
        }
        yield { type: 'resumable', checkpoint: soFar };
      }
    } catch (error) {
      if (!isCtxError(error)) throw error;
      isSettled = false;
      const id = dayId(rendering.channel.id, day);
      onNamed(id);
      yield { type: 'failed', id, error };
    }
  }
  return isSettled;
}

function keyOf({ digest }: Archive, config: SlackSource): string {
  const { channels, direct_messages, group_messages, days, exclude } = config;
  return createHash('sha256')
    .update(JSON.stringify([digest, channels, direct_messages, group_messages, days, exclude]))
    .digest('hex')
    .slice(0, 16);
}
