import { isCtxError } from '../../core/errors/index.ts';
import type { ChangesOptions, KnownDocuments, SourceEvent } from '../contract.ts';
import { unknownExclusions } from '../exclusions.ts';
import { noteAppeared } from './appeared.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { askAboutDeparted, askAboutWithheld } from './departed.ts';
import { type Excluded, excludedTickets } from './exclude.ts';
import { type FieldDirectory, fieldDirectory } from './fields.ts';
import { viewScope } from './model.ts';
import { peopleDirectory } from './people.ts';
import { boundsOf, outdatedIn } from './progress.ts';
import { readExcluded } from './read-excluded.ts';
import { readIssues } from './read-issues.ts';
import { Namers } from './relations.ts';
import type { JiraSite, Run } from './run.ts';
import { selectExcluded, selectIssues } from './select.ts';
import { isListed, type Listing, listViews } from './views.ts';

/** Reads what changed since the checkpoint; the order of events is that of the contract. */
export async function* readChanges(site: JiraSite, options: ChangesOptions): AsyncGenerator<SourceEvent> {
  const { source, client, log, views } = site;
  const { known, signal } = options;
  const checkpoint = readCheckpoint(options.checkpoint);
  const directory = await customFields(site);
  const everything =
    options.full ||
    options.checkpoint === undefined ||
    (directory !== undefined && directory.digest !== checkpoint.fields);
  const bounds = everything ? {} : checkpoint.updated;
  const excluded = await excludedTickets(client, site.exclude, known);
  const listing = await listViews({ client, source, views, bounds, known, excluded });
  yield { type: 'expect', documents: listing.members.size };
  warnOfUnknown(site, listing, known, excluded);
  const people = peopleDirectory(client, source, log);
  await people.learn(namedIn(known));
  const wanted = new Set(
    selectIssues({ listing, known, checkpoint, people, everything, again: options.again }),
  );
  const run: Run = {
    ...site,
    ...{ known, signal, listing, excluded, people, directory, revisions: options.revisions },
    ...{ checkpoint, wanted },
    handled: new Set(),
    failed: new Set(),
    withheld: { restricted: new Map(), excluded: new Map() },
    displaced: new Set(),
    outdated: new Set(),
    missed: new Set(),
    namers: new Namers(known),
  };
  const leftOut = [...selectExcluded({ listing, checkpoint, everything })];
  // Whoever reads everything reads their children, too.
  if (!everything) await noteAppeared(run, [...wanted, ...leftOut]);
  for (const id of excluded.ids) if (known.get(id)) yield { type: 'delete', id, reason: 'excluded' };
  yield* readIssues(run, wanted);
  await readExcluded(run, leftOut);
  yield* askAboutDeparted(run);
  await askAboutWithheld(run, checkpoint);
  for (let rest = dependents(run); rest.size > 0; rest = dependents(run)) yield* readIssues(run, rest);
  yield* conclude(run);
}

/** A mistyped name would leave in the repository what was to be left out. */
function warnOfUnknown(
  { source, log, exclude }: JiraSite,
  { views }: Listing,
  known: KnownDocuments,
  { unknown }: Excluded,
): void {
  const isUnknown = (id: string) =>
    known.get(id) === undefined && views.every((view) => isListed(view) && !view.ids.has(id));
  const names = [...unknown, ...exclude.filter((name) => /^\d+$/.test(name) && isUnknown(name))];
  if (names.length > 0) log.warn(unknownExclusions(source, names));
}

async function customFields({ client, source, log, fields }: JiraSite): Promise<FieldDirectory | undefined> {
  try {
    return fieldDirectory(await client.fields(), fields);
  } catch (error) {
    if (!isCtxError(error) || error.kind === 'credentials') throw error;
    log.warn(`${source}: the names of custom fields are taken from the issues: ${error.message}`);
    return undefined;
  }
}

function* namedIn(known: KnownDocuments): Generator<string> {
  for (const { people } of known.values()) yield* Object.keys(people ?? {});
}

/**
 * Members that were not read yet and whose text is outdated by another issue: a link has a new key or no target, or
 * a sub-task or a link came or went.
 */
function dependents(run: Run): Set<string> {
  const { handled, listing } = run;
  return new Set(outdatedIn(run).filter((id) => listing.members.has(id) && !handled.has(id)));
}

/** What was listed and not read, how each view ended, and what the next run starts from. */
function* conclude(run: Run): Generator<SourceEvent> {
  const { listing, known, handled, withheld, checkpoint } = run;
  const keep = (reason: 'restricted' | 'excluded', id: string) => {
    const updated = checkpoint[reason][id];
    if (updated !== undefined) withheld[reason].set(id, updated);
  };
  const listed = new Set(listing.views.filter(isListed).flatMap(({ ids }) => [...ids]));
  for (const id of listing.members.keys()) {
    if (handled.has(id)) continue;
    if (known.get(id) && listed.has(id)) yield { type: 'present', id };
    keep('restricted', id);
  }
  for (const id of listing.excluded.keys()) if (!handled.has(id)) keep('excluded', id);
  const waiting = [...outdatedIn(run), ...checkpoint.pending];
  for (const view of listing.views) {
    const scope = viewScope(view.name);
    if (isListed(view)) yield { type: 'complete', scope };
    else yield { type: 'failed', scope, error: view.error };
  }
  // A view that the configuration no longer has lists nothing.
  for (const name of formerViews(run)) yield { type: 'complete', scope: viewScope(name) };
  yield {
    type: 'checkpoint',
    value: writeCheckpoint({
      updated: boundsOf(listing, checkpoint),
      pending: [...new Set([...run.failed, ...waiting.filter((id) => run.missed.has(id))])],
      restricted: Object.fromEntries(withheld.restricted),
      excluded: Object.fromEntries(withheld.excluded),
      fields: run.directory?.digest,
    }),
  };
}

function formerViews({ known, views }: Run): Set<string> {
  const names = new Set<string>();
  for (const facts of known.values()) {
    for (const name of facts.views ?? []) if (!Object.hasOwn(views, name)) names.add(name);
  }
  return names;
}
