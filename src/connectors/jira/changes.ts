import { batches } from '../../core/concurrently.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { ChangesOptions, KnownDocuments, SourceEvent } from '../contract.ts';
import { unknownExclusions } from '../exclusions.ts';
import { ACCESS_FIELDS, isRestricted } from './access.ts';
import { type JiraCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { ISSUES_PER_REQUEST } from './client.ts';
import { type Excluded, excludedTickets } from './exclude.ts';
import { documentFailed } from './fetch.ts';
import { type FieldDirectory, fieldDirectory } from './fields.ts';
import { viewScope } from './model.ts';
import { peopleDirectory } from './people.ts';
import { noteGone, readIssues } from './read-issues.ts';
import type { JiraSite, Run } from './run.ts';
import { issueAccess } from './schema.ts';
import { selectIssues } from './select.ts';
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
  const selected = new Set(
    selectIssues({ listing, known, checkpoint, people, everything, again: options.again }),
  );
  const run: Run = {
    ...site,
    ...{ known, signal, listing, excluded, people, directory },
    handled: new Set(),
    failed: new Set(),
    restricted: new Map(),
    displaced: new Set(),
    outdated: new Set(),
  };
  for (const id of excluded.ids) if (known.get(id)) yield { type: 'delete', id, reason: 'excluded' };
  yield* readIssues(run, selected);
  yield* askAboutDeparted(run);
  for (let rest = dependents(run); rest.size > 0; rest = dependents(run)) yield* readIssues(run, rest);
  yield* conclude(run, checkpoint);
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
 * What the repository has and no view lists any more is asked for by id: an answer proves that it only left the views, or
 * tells that it is not for everyone any more. One that a view has all the same was missed by a listing that lost some.
 */
async function* askAboutDeparted(run: Run): AsyncGenerator<SourceEvent> {
  const { client, known, listing, excluded, includeRestricted, source } = run;
  const departed = [...known.values()]
    .map(({ id }) => id)
    .filter((id) => !listing.members.has(id) && !excluded.has({ id }));
  for (const batch of batches(departed, ISSUES_PER_REQUEST)) {
    try {
      const { issues: together, errors } = await client.bulkFetch(batch, ACCESS_FIELDS);
      const issues = new Map(together);
      for (const id of batch) {
        if (issues.has(id) || errors.has(id)) continue;
        // That it is gone is for the service to say, not to be read from a silence.
        const issue = await client.fetchOne(id, ACCESS_FIELDS, []);
        if (issue !== undefined) issues.set(id, issue);
      }
      const members = await membersAmong(run, [...issues.keys()]);
      for (const id of batch) {
        const issue = issueAccess.safeParse(issues.get(id)).data;
        const withheld = !includeRestricted && issue?.fields && isRestricted(issue.fields);
        const reason = errors.get(id);
        if (withheld) yield { type: 'delete', id, reason: 'restricted' };
        else if (members.has(id)) yield { type: 'present', id };
        else if (issues.has(id)) yield { type: 'delete', id, reason: 'left-views' };
        else if (reason === undefined) noteGone(run, id);
        else yield { type: 'failed', id, error: ctxError('source.document-failed', { source, id, reason }) };
      }
    } catch (error) {
      for (const id of batch) yield { type: 'failed', id, error: documentFailed(error, id, source) };
    }
  }
}

/** Those of the issues that one of the views they were in still finds. */
async function membersAmong(
  { client, known, listing, views }: Run,
  ids: readonly string[],
): Promise<Set<string>> {
  const members = new Set<string>();
  for (const { name } of listing.views.filter(isListed)) {
    const former = ids.filter((id) => known.get(id)?.views?.includes(name));
    if (former.length === 0) continue;
    for (const id of await client.listAmong(views[name] ?? '', former, `view ${name}`)) members.add(id);
  }
  return members;
}

/**
 * Members that were not read yet and whose text is outdated by another issue: a link has a new key or no target, or
 * a sub-task or a link came or went.
 */
function dependents({ displaced, outdated, handled, known, listing }: Run): Set<string> {
  const ids = [...outdated, ...[...displaced].flatMap((target) => [...known.linkingTo(target)])];
  return new Set(ids.filter((id) => listing.members.has(id) && !handled.has(id)));
}

/** What was listed and not read, how each view ended, and what the next run starts from. */
function* conclude(run: Run, checkpoint: JiraCheckpoint): Generator<SourceEvent> {
  const { listing, known, handled, restricted } = run;
  const listed = new Set(listing.views.filter(isListed).flatMap(({ ids }) => [...ids]));
  for (const id of listing.members.keys()) {
    if (handled.has(id)) continue;
    if (known.get(id) && listed.has(id)) yield { type: 'present', id };
    const withheld = checkpoint.restricted[id];
    if (withheld !== undefined) restricted.set(id, withheld);
  }
  const updated: Record<string, string> = {};
  for (const view of listing.views) {
    const scope = viewScope(view.name);
    if (isListed(view)) yield { type: 'complete', scope };
    else yield { type: 'failed', scope, error: view.error };
    const bound = isListed(view) ? view.newest : checkpoint.updated[view.name];
    if (bound !== undefined) updated[view.name] = bound;
  }
  // A view that the configuration no longer has lists nothing.
  for (const name of formerViews(run)) yield { type: 'complete', scope: viewScope(name) };
  yield {
    type: 'checkpoint',
    value: writeCheckpoint({
      updated,
      pending: [...run.failed],
      restricted: Object.fromEntries(restricted),
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
