import type { Facts } from '../../core/document.ts';
import { isRenamed } from '../renamed.ts';
import type { ItemsReading } from './items.ts';
import { isExcluded } from './run.ts';

/**
 * All releases are listed in each run: there are few, and nothing tells which of them changed. Answers the documents that the
 * listing has not any more. A draft is shown to its writers alone.
 */
export async function findReleases(reading: ItemsReading): Promise<Facts[]> {
  const { run, overview, progress, known, isOutdated } = reading;
  const listed = new Set<string>();
  for (const release of await run.client.releases(overview.id, `the releases of ${overview.nameWithOwner}`)) {
    const { id, updatedAt, tagName, name, isDraft, releaseAssets } = release;
    if (isDraft || isExcluded(run.config, id, undefined)) continue;
    listed.add(id);
    const facts = known.get(id);
    const isSame =
      facts !== undefined &&
      !run.options.full &&
      !isOutdated(facts) &&
      facts.updated === updatedAt &&
      facts.fields?.tag === tagName &&
      !isRenamed(facts.title, name || tagName) &&
      facts.fields?.assets === releaseAssets.totalCount;
    if (!isSame) progress.pending.set(id, 'releases');
  }
  return [...known.values()].filter(({ id }) => !listed.has(id));
}
