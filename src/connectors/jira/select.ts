import type { Facts } from '../../core/document.ts';
import { lacksAttachments } from '../attachments.ts';
import type { KnownDocuments } from '../contract.ts';
import { isRenamed } from '../renamed.ts';
import type { JiraCheckpoint } from './checkpoint.ts';
import type { PeopleDirectory } from './people.ts';
import { isListed, type Listing } from './views.ts';

export interface SelectOptions {
  readonly listing: Listing;
  readonly known: KnownDocuments;
  readonly checkpoint: JiraCheckpoint;
  readonly people: PeopleDirectory;
  /** Ids to read whatever the listing says. */
  readonly again?: readonly string[] | undefined;
  /** Read everything, changed or not. */
  readonly everything: boolean;
}

/** The members to read: whatever may differ from the repository's version, and nothing else. */
export function* selectIssues(options: SelectOptions): Generator<string> {
  const { listing, known, checkpoint, people, everything, again = [] } = options;
  const pending = new Set([...checkpoint.pending, ...again]);
  const changed = changesByView(listing);
  for (const [id, views] of listing.members) {
    const facts = known.get(id);
    // A restricted issue that is still in the repository is read again, so that its removal is said again.
    const withheld = facts ? undefined : checkpoint.restricted[id];
    const updated = facts?.updated ?? withheld;
    const selected =
      everything ||
      pending.has(id) ||
      (facts === undefined && withheld === undefined) ||
      (facts !== undefined && checkpoint.restricted[id] !== undefined) ||
      (facts !== undefined && !equal(facts.views ?? [], views)) ||
      views.some((view) => changed.get(view)?.(id, updated)) ||
      (facts !== undefined && (hasNewName(facts, people) || lacksAttachments(facts)));
    if (selected) yield id;
  }
}

/** The excluded issues that changed since they were last heard of. */
export function* selectExcluded({
  listing,
  checkpoint,
  everything,
}: Pick<SelectOptions, 'listing' | 'checkpoint' | 'everything'>): Generator<string> {
  const changed = changesByView(listing);
  for (const [id, views] of listing.excluded) {
    const updated = checkpoint.excluded[id];
    const selected =
      everything ||
      updated === undefined ||
      checkpoint.pending.includes(id) ||
      views.some((view) => changed.get(view)?.(id, updated));
    if (selected) yield id;
  }
}

/** Per listed view, whether an issue may have changed since it was `updated`. */
function changesByView({
  views,
}: Listing): Map<string, (id: string, updated: string | undefined) => boolean> {
  return new Map(
    views
      .filter(isListed)
      .map(({ name, changed }) => [
        name,
        (id, updated) => changed === undefined || (changed.has(id) && changed.get(id) !== updated),
      ]),
  );
}

function hasNewName(facts: Facts, people: PeopleDirectory): boolean {
  return Object.entries(facts.people ?? {}).some(([id, name]) => isRenamed(name, people.name(id) ?? name));
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
