import type { ChangesOptions, SourceEvent } from '../contract.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { idsByName, noteGone } from './dependents.ts';
import { readFound } from './found.ts';
import { githubModel, kindOf, kindScope, viewScope } from './model.ts';
import { renamedSince } from './people.ts';
import { type Reading, readPending } from './read.ts';
import { chooseRepositories, knownByRepository } from './repositories.ts';
import { readRepository } from './repository.ts';
import { type GithubReader, isExcluded, type Run } from './run.ts';
import { searchViews } from './views.ts';

/** One run: repository after repository, then what only searches find. The order of events is that of the contract. */
export async function* githubChanges(
  reader: GithubReader,
  options: ChangesOptions,
): AsyncGenerator<SourceEvent> {
  const { config } = reader;
  const { known, signal } = options;
  const before = readCheckpoint(options.checkpoint);
  const documents = knownByRepository(known.values());
  const { chosen, failures, leftOut } = await chooseRepositories(reader, documents);
  for (const [repository, error] of failures)
    yield { type: 'failed', scope: `repository:${repository}`, error };
  const views = await searchViews(reader, known);
  for (const [view, error] of views.failures) yield { type: 'failed', scope: viewScope(view), error };
  const run: Run = {
    ...reader,
    ...{ options, views, named: new Set(), unchanged: new Map() },
    ...{ model: githubModel(config.id), idOf: idsByName(config.id, known.values()) },
    progress: new Map(
      Object.entries(before.repositories).map(([id, { pending, ...progress }]) => [
        id,
        { ...progress, pending: new Map(Object.entries(pending)) },
      ]),
    ),
    pending: new Map(Object.entries(before.pending)),
    hasOldNames: await renamedSince(reader, known),
  };
  for (const { id, key } of known.values())
    if (isExcluded(config, id, key)) {
      run.named.add(id);
      noteGone(run, id);
      yield { type: 'delete', id, reason: 'excluded' };
    }
  for (const overview of chosen) {
    signal.throwIfAborted();
    const own = documents.get(overview.id) ?? [];
    // Others call them by the repository's name.
    for (const { id, fields } of own) if (fields?.repository !== overview.nameWithOwner) noteGone(run, id);
    yield* deliver(run, readRepository(run, overview, own));
  }
  const elsewhere = [...documents].flatMap(([id, own]) =>
    own.filter(
      ({ views: has = [], fields }) =>
        !run.progress.has(id) && (fields?.only_in_views === true || (leftOut.has(id) && has.length > 0)),
    ),
  );
  const names = new Set(
    [...chosen.map(({ nameWithOwner }) => nameWithOwner), ...failures.keys()].map((name) =>
      name.toLowerCase(),
    ),
  );
  yield* deliver(run, readFound(run, names, elsewhere));
  yield* deliver(run, readMentioned(run));
  for (const id of run.unchanged.keys()) if (!run.named.has(id)) yield { type: 'present', id };
  yield* conclude(run, leftOut);
  yield { type: 'checkpoint', value: checkpointOf(run) };
}

async function* deliver(run: Run, events: AsyncIterable<SourceEvent>): AsyncGenerator<SourceEvent> {
  for await (const event of events) {
    if (event.type === 'delete') noteGone(run, event.id);
    yield event;
    if (event.type === 'upsert') yield { type: 'resumable', checkpoint: () => checkpointOf(run) };
  }
}

/** What was read meanwhile called for documents to be read that had been found unchanged. */
async function* readMentioned(run: Run): AsyncGenerator<SourceEvent> {
  const places = [...run.progress].map(([id, { pending }]) => ({ repositoryId: id, pending }));
  for (const place of [...places, { repositoryId: undefined, pending: run.pending }]) {
    // One that is gone by now is found by the next run.
    const reading: Reading = { run, ...place, onGone: async () => undefined };
    for (const kind of ['pulls', 'issues', 'discussions', 'releases'] as const)
      yield* readPending(reading, kind, run.unchanged);
  }
}

/** Of what the configuration does not ask for, the repository is to have nothing. */
function* conclude(run: Run, leftOut: ReadonlySet<string>): Generator<SourceEvent> {
  const { config, options, views, named, progress } = run;
  const unasked = new Set<string>();
  const former = new Set<string>();
  for (const facts of options.known.values()) {
    const { id, fields, views: has = [] } = facts;
    if (named.has(id)) continue;
    const kind = kindOf(facts);
    const repositoryId = String(fields?.repository_id);
    if (kind === undefined) continue;
    const isUnasked =
      leftOut.has(repositoryId) || (progress.has(repositoryId) && !config.include.includes(kind));
    if (isUnasked && fields?.only_in_views !== true) unasked.add(kindScope(repositoryId, kind));
    for (const view of has) if (!Object.hasOwn(config.views, view)) former.add(viewScope(view));
  }
  for (const id of leftOut) progress.delete(id);
  for (const scope of unasked) yield { type: 'complete', scope };
  for (const view of views.whole) yield { type: 'complete', scope: viewScope(view) };
  for (const scope of former) yield { type: 'complete', scope };
}

function checkpointOf({ progress, pending }: Run) {
  return writeCheckpoint({
    repositories: Object.fromEntries(
      [...progress].map(([id, { pending: own, ...rest }]) => [
        id,
        { ...rest, pending: Object.fromEntries(own) },
      ]),
    ),
    pending: Object.fromEntries(pending),
  });
}
