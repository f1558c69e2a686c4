import type { LoadedConfig } from '../config/load.ts';
import type { SourceConfig } from '../config/schema.ts';
import { type CtxError, ctxError } from '../core/errors/index.ts';
import type { ReadingRepo } from '../git/reading.ts';
import { type LastRun, type LastSourceRun, readLastRun } from '../pipeline/last-run.ts';
import { statePath } from '../pipeline/state.ts';
import type { Kind } from '../schedule/job.ts';
import type { Machine } from '../schedule/machine.ts';
import { scheduleState } from '../schedule/schedule.ts';
import { lookAtIndex, type SeenIndex } from '../search/index/look.ts';
import { readableAge } from './age.ts';
import { isStale, maxAgeOf } from './freshness.ts';

/** Times are ISO 8601 in UTC. */
export interface SourceState {
  readonly id: string;
  /** Undefined where no configuration tells. */
  readonly type?: SourceConfig['type'];
  readonly documents: number;
  /** When a run on this clone read it last; null where none did. */
  readonly read: string | null;
  /** When a commit last changed anything of it, whoever made that. */
  readonly changed: string | null;
  /** What the last run on this clone did with it. */
  readonly lastRun: LastSourceRun | null;
  /** Since it was read, or where no run on this clone did, since it changed. */
  readonly ageSeconds: number | null;
  /** As it is written; null where nothing says how old it may be. */
  readonly maxAge: string | null;
  readonly stale: boolean;
}

export interface Status {
  readonly repository: string;
  readonly commit: string;
  readonly lastRun: Omit<LastRun, 'sources'> | null;
  readonly sources: readonly SourceState[];
  readonly index: (SeenIndex & { readonly current: boolean }) | null;
  /** What starts runs on this machine, and when it does next; null where nothing does. */
  readonly timer: { readonly kind: Kind; readonly active: boolean; readonly next: Date | null } | null;
}

export interface StatusOptions {
  readonly repo: ReadingRepo;
  /** Of that repository; a host's clone may have none. */
  readonly loaded: LoadedConfig | undefined;
  /** In place of what is configured. */
  readonly maxAge?: string | undefined;
  readonly machine: Machine;
}

/** What a clone tells of itself: nothing is asked of a source, and nothing is written. */
export async function statusOf({ repo, loaded, maxAge, machine }: StatusOptions): Promise<Status> {
  const now = machine.now();
  const [{ documents, known }, run, index, { kind, active, next }] = await Promise.all([
    countDocuments(repo),
    readLastRun(repo.gitDir),
    lookAtIndex(repo.gitDir, loaded?.config.search?.store),
    scheduleState(machine),
  ]);
  const configured = loaded?.config.sources ?? [];
  const ids = new Set([...configured.map(({ id }) => id), ...(loaded === undefined ? known : [])]);
  const sources: SourceState[] = [];
  for (const id of ids) {
    const config = configured.find((source) => source.id === id);
    const last = run?.sources[id] ?? null;
    const [read, changed] = [last?.read ?? null, await lastChange(repo, id)];
    const since = read ?? changed;
    const allowed = maxAge ?? (config && loaded ? maxAgeOf(config, loaded.config) : null);
    sources.push({
      ...{ id, ...(config && { type: config.type }), documents: documents.get(id) ?? 0 },
      ...{ read, changed, lastRun: last, maxAge: allowed },
      ageSeconds: since === null ? null : Math.max(0, Math.floor((now - Date.parse(since)) / 1000)),
      // What has no credentials here is not meant to be read here.
      stale:
        allowed !== null &&
        last?.status !== 'skipped' &&
        isStale(since === null ? undefined : Date.parse(since), allowed, now),
    });
  }
  const { sources: _, ...lastRun } = run ?? { sources: {} };
  return {
    ...{ repository: repo.path, commit: repo.head },
    lastRun: run === undefined ? null : (lastRun as Omit<LastRun, 'sources'>),
    sources,
    index: index === undefined ? null : { ...index, current: index.commit === repo.head },
    timer: kind === null ? null : { kind, active, next },
  };
}

/** One for each source that is stale. */
export function staleness({ sources }: Status): CtxError[] {
  return sources.flatMap(({ id, stale, ageSeconds, maxAge }) => {
    if (!stale || maxAge === null) return [];
    const ago = ageSeconds === null ? null : readableAge(ageSeconds);
    return [ctxError('status.stale', { source: id, ago, maxAge })];
  });
}

/** By source; and the sources that a build has left its state of. */
async function countDocuments(
  repo: ReadingRepo,
): Promise<{ readonly documents: ReadonlyMap<string, number>; readonly known: readonly string[] }> {
  const documents = new Map<string, number>();
  const known: string[] = [];
  for await (const path of repo.paths()) {
    const [, state] = /^\.ctx\/state\/([^/]+)\.yaml$/.exec(path) ?? [];
    if (state !== undefined) known.push(state);
    const [, source] = /^([^/]+)\/.*(?<!\/INDEX)\.md$/.exec(path) ?? [];
    if (source !== undefined) documents.set(source, (documents.get(source) ?? 0) + 1);
  }
  return { documents, known: known.sort() };
}

/** The state changes with each commit in which anything of the source does. */
async function lastChange(repo: ReadingRepo, id: string): Promise<string | null> {
  for await (const { committed } of repo.log({ path: statePath(id), limit: 1 }))
    return committed.toISOString();
  return null;
}
