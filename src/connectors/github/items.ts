import type { GithubKind } from '../../config/sources/github.ts';
import type { Facts } from '../../core/document.ts';
import type { SourceEvent } from '../contract.ts';
import { askAboutItem } from './gone.ts';
import type { Overview, RestIssue } from './listing-schema.ts';
import { kindOf } from './model.ts';
import { isExcluded, type Progress, type Run } from './run.ts';
import { kindOfItem } from './views.ts';

/** Listings lag behind by moments; a run looks back further than the last one saw. */
const OVERLAP_MS = 15 * 60 * 1000;
const DAY_MS = 86_400_000;

/** An issue or a pull request as a listing tells of it. */
interface ListedItem {
  readonly id: string;
  readonly number: number;
  readonly updated: string;
  readonly kind: 'pulls' | 'issues';
  readonly isOpen: boolean;
}

export interface ItemsReading {
  readonly run: Run;
  readonly overview: Overview;
  readonly progress: Progress;
  /** What of it is read. */
  readonly kinds: readonly GithubKind[];
  /** The documents that the repository has of these. */
  readonly known: ReadonlyMap<string, Facts>;
  /** Whether a document is to be read whatever the listing says. */
  readonly isOutdated: (facts: Facts) => boolean;
}

/**
 * Finds out what of a repository's issues and pull requests is to be read, and puts it among what is pending. What changed since
 * the last run is asked for by time. All of them are listed in a first run, in a full one, and when there are not as many as there
 * should be: something was deleted, or a listing lost something. Then what the listing has not is asked for by its number.
 */
export async function findItems(reading: ItemsReading): Promise<SourceEvent[]> {
  const { run, overview, progress, known, isOutdated } = reading;
  const kinds = reading.kinds.filter((kind) => kind === 'pulls' || kind === 'issues');
  if (kinds.length === 0) return [];
  const total =
    (kinds.includes('issues') ? overview.issues.totalCount : 0) +
    (kinds.includes('pulls') ? overview.pullRequests.totalCount : 0);
  const isFirst = progress.updated === undefined || progress.unread === undefined;
  for (const facts of known.values()) if (isOutdated(facts)) pend(reading, facts.id, kindOf(facts));
  // In a repository whose documents are read, the views find some that are too old.
  for (const { id, number, repository, kind } of run.views.found.values()) {
    const isOwn = repository.toLowerCase() === overview.nameWithOwner.toLowerCase();
    if (isOwn && kinds.includes(kind) && !known.has(id) && !isLeftOut(reading, { id, number }))
      progress.pending.set(id, kind);
  }
  // What changed is told together with issues.
  const isTold = !isFirst && !run.options.full && overview.hasIssuesEnabled;
  if (isTold && (await findChanged(reading, total))) return [];
  return findAll(reading, kinds);
}

/** Whether what changed, and what was there before, is as much as there is, and the last change is among it. */
async function findChanged(reading: ItemsReading, total: number): Promise<boolean> {
  const { run, overview, progress, known } = reading;
  const { updated = '', unread } = progress;
  const since = new Date(Date.parse(updated) - OVERLAP_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const changed = new Map<string, RestIssue>();
  for await (const page of run.client.updatedSince(overview.nameWithOwner, since))
    for (const item of page) changed.set(item.node_id, item);
  let latest = updated;
  let unreadBefore = 0;
  for (const item of changed.values()) {
    const { node_id: id, number, updated_at: at, created_at: created } = item;
    if (at > latest) latest = at;
    const kind = kindOfItem(item);
    if (!reading.kinds.includes(kind)) continue;
    if (isLeftOut(reading, { id, number })) {
      // What is left out counts as unread from when it is made.
      if (created > updated) unreadBefore -= 1;
      continue;
    }
    if (!known.has(id) && !progress.pending.has(id) && created <= updated) unreadBefore += 1;
    if (known.get(id)?.updated !== at) progress.pending.set(id, kind);
  }
  const documents = [...progress.pending].filter(([id, kind]) => isItem(kind) && !known.has(id)).length;
  const left = (unread?.items ?? 0) - unreadBefore;
  // A transferred one comes with its age: it was not among the unread, and another may have gone the same way.
  const fits = left >= 0 && known.size + documents + left === total;
  const isWhole = latest >= newestOf(overview) && fits;
  if (isWhole) {
    progress.updated = latest;
    progress.unread = { discussions: unread?.discussions ?? 0, items: left };
  }
  return isWhole;
}

async function findAll(
  reading: ItemsReading,
  kinds: readonly ('pulls' | 'issues')[],
): Promise<SourceEvent[]> {
  const { run, overview, progress, known } = reading;
  const { client, config, options, clock } = run;
  const listed = new Map<string, ListedItem>();
  for (const kind of kinds) {
    const what = `the ${kind} of ${overview.nameWithOwner}`;
    for (const { id, number, updatedAt, state } of await client.all(kind, overview.id, what))
      listed.set(id, { id, number, updated: updatedAt, kind, isOpen: state === 'OPEN' });
  }
  const oldest = config.days === 'all' ? '' : new Date(clock.now() - config.days * DAY_MS).toISOString();
  for (const item of listed.values()) {
    const facts = known.get(item.id);
    const isWanted = facts
      ? options.full || facts.updated !== item.updated
      : item.isOpen || item.updated >= oldest;
    if (isWanted && !isLeftOut(reading, item)) progress.pending.set(item.id, item.kind);
  }
  const events: SourceEvent[] = [];
  for (const facts of known.values()) {
    if (listed.has(facts.id) || run.named.has(facts.id)) continue;
    progress.pending.delete(facts.id);
    events.push(await askAboutItem(run, overview.nameWithOwner, facts));
  }
  const documents = [...listed.keys()].filter((id) => known.has(id) || progress.pending.has(id)).length;
  progress.updated = newestOf(overview) || undefined;
  progress.unread = {
    discussions: progress.unread?.discussions ?? 0,
    items: listed.size - documents,
  };
  return events;
}

function pend({ progress }: ItemsReading, id: string, kind: ReturnType<typeof kindOf>): void {
  if (kind === 'pulls' || kind === 'issues') progress.pending.set(id, kind);
}

const isItem = (kind: string): boolean => kind === 'pulls' || kind === 'issues';

function isLeftOut(
  { run, overview }: ItemsReading,
  { id, number }: { readonly id: string; readonly number: number },
): boolean {
  return isExcluded(run.config, id, `${overview.nameWithOwner}#${number}`);
}

/** When that changed last which did so last, as it was known before anything was listed. */
function newestOf({ issues, pullRequests }: Overview): string {
  const times = [issues, pullRequests].flatMap(({ nodes }) => nodes.map((node) => node?.updatedAt ?? ''));
  return times.reduce((latest, time) => (time > latest ? time : latest), '');
}
