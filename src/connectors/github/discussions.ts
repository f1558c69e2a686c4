import type { Facts } from '../../core/document.ts';
import type { ItemsReading } from './items.ts';
import type { Listed } from './listing-schema.ts';
import { isExcluded } from './run.ts';

const OVERLAP_MS = 15 * 60 * 1000;
const DAY_MS = 86_400_000;

/**
 * The same for discussions as for issues, with their own listing: the last that changed first. Answers the documents that no
 * listing has any more.
 */
export async function findDiscussions(reading: ItemsReading): Promise<Facts[]> {
  const { run, overview, progress, known, isOutdated } = reading;
  const total = overview.discussions?.totalCount ?? 0;
  for (const facts of known.values()) if (isOutdated(facts)) progress.pending.set(facts.id, 'discussions');
  const isFirst = progress.discussions === undefined || progress.unread === undefined;
  if (!isFirst && !run.options.full && (await findChanged(reading, total))) return [];
  return findAll(reading);
}

async function findChanged(reading: ItemsReading, total: number): Promise<boolean> {
  const { run, overview, progress, known } = reading;
  const { discussions: before = '', unread } = progress;
  const since = new Date(Date.parse(before) - OVERLAP_MS).toISOString().replace(/\.\d+Z$/, 'Z');
  const what = `what was discussed in ${overview.nameWithOwner}`;
  let latest = before;
  let found = 0;
  for await (const item of run.client.discussionsSince(overview.id, since, what)) {
    if (item.updatedAt > latest) latest = item.updatedAt;
    if (isLeftOut(reading, item) || known.get(item.id)?.updated === item.updatedAt) continue;
    if (!known.has(item.id)) found += 1;
    progress.pending.set(item.id, 'discussions');
  }
  const left = unread?.discussions ?? 0;
  const isWhole = latest >= newestOf(reading) && known.size + found + left === total;
  if (isWhole) progress.discussions = latest;
  return isWhole;
}

async function findAll(reading: ItemsReading): Promise<Facts[]> {
  const { run, overview, progress, known } = reading;
  const { client, config, options, clock } = run;
  const what = `the discussions of ${overview.nameWithOwner}`;
  const listed = new Map<string, Listed>();
  for (const item of await client.all('discussions', overview.id, what)) listed.set(item.id, item);
  const oldest = config.days === 'all' ? '' : new Date(clock.now() - config.days * DAY_MS).toISOString();
  for (const item of listed.values()) {
    const facts = known.get(item.id);
    const isWanted = facts ? options.full || facts.updated !== item.updatedAt : item.updatedAt >= oldest;
    if (isWanted && !isLeftOut(reading, item)) progress.pending.set(item.id, 'discussions');
  }
  const documents = [...listed.keys()].filter((id) => known.has(id) || progress.pending.has(id)).length;
  progress.discussions = newestOf(reading) || undefined;
  progress.unread = { items: progress.unread?.items ?? 0, discussions: listed.size - documents };
  return [...known.values()].filter(({ id }) => !listed.has(id));
}

function isLeftOut({ run, overview }: ItemsReading, { id, number }: Listed): boolean {
  return isExcluded(run.config, id, `${overview.nameWithOwner}#${number}`);
}

function newestOf({ overview }: ItemsReading): string {
  return overview.discussions?.nodes[0]?.updatedAt ?? '';
}
