import type {
  Checkpoint,
  ConnectorDefinition,
  KnownDocuments,
  Probe,
  SourceEvent,
} from '../../src/connectors/contract.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Facts } from '../../src/core/document.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { disk } from '../../src/files/disk.ts';
import { fakeClock } from './clock.ts';
import { repositories } from './source-repositories.ts';

export interface RecordedRun {
  /** What the source said before it was read. */
  readonly probe: Probe;
  readonly events: readonly SourceEvent[];
  readonly checkpoint: Checkpoint | undefined;
  /** The documents that a repository without a guard would hold after the run. */
  readonly documents: ReadonlyMap<string, Facts>;
}

/** Reads a source once, beginning where another run ended, and keeps its events as they came. */
export async function recordRun<C>(
  definition: ConnectorDefinition<C>,
  config: C,
  before?: RecordedRun,
  clock: Clock = fakeClock(),
): Promise<RecordedRun> {
  const { signal } = new AbortController();
  const connector = await definition.open(config, {
    ...{ clock, log: silentLogger, signal, files: disk, repositories },
  });
  const documents = new Map(before?.documents);
  const known: KnownDocuments = {
    get: (id) => before?.documents.get(id),
    values: () => before?.documents.values() ?? [],
    size: before?.documents.size ?? 0,
    isInRepository: (id) => before?.documents.has(id) ?? false,
    linkingTo: () => [],
  };
  const events: SourceEvent[] = [];
  let probe: Probe;
  try {
    probe = await connector.probe();
    for await (const event of connector.changes({
      checkpoint: before?.checkpoint,
      known,
      full: false,
      signal,
    })) {
      events.push(event);
      if (event.type === 'upsert') documents.set(event.document.facts.id, event.document.facts);
      else if (event.type === 'delete') documents.delete(event.id);
    }
  } finally {
    await connector.close();
  }
  const named = new Set(events.map(idOf));
  const complete = new Set(events.flatMap((event) => (event.type === 'complete' ? [event.scope] : [])));
  for (const [id, facts] of documents) {
    if (!named.has(id) && connector.model.scopes(facts).every((scope) => complete.has(scope)))
      documents.delete(id);
  }
  const checkpoint = events.findLast((event) => event.type === 'checkpoint')?.value ?? before?.checkpoint;
  return { probe, events, checkpoint, documents };
}

/** The id that an event names, if it names one. */
export function idOf(event: SourceEvent): string | undefined {
  if (event.type === 'upsert') return event.document.facts.id;
  return 'id' in event ? event.id : undefined;
}
