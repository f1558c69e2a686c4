import type { Facts } from '../../core/document.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { SourceEvent } from '../contract.ts';
import { idNow } from './gone.ts';
import { kindOf } from './model.ts';
import { compareOpenPulls, type Reading, readPending } from './read.ts';
import { isExcluded, type Run } from './run.ts';

/**
 * What only searches find: issues and pull requests of repositories that are not read. One that its views do not find any more
 * is asked for before it goes.
 */
export async function* readFound(
  run: Run,
  /** What repositories are called that are read or could not be, in lower case; `owner/*` for all of an owner. */
  repositories: ReadonlySet<string>,
  documents: readonly Facts[],
): AsyncGenerator<SourceEvent> {
  const { config, views, pending, options, named } = run;
  const known = new Map(documents.filter(({ id }) => !named.has(id)).map((facts) => [facts.id, facts]));
  const isOutdated = (facts: Facts) =>
    facts.fields?.only_in_views !== true ||
    views.of(facts.id).join() !== (facts.views ?? []).join() ||
    options.again?.includes(facts.id) === true ||
    run.hasOldNames(facts);
  for (const { id, number, repository, kind, updated } of views.found.values()) {
    const facts = known.get(id);
    const name = repository.toLowerCase();
    const isElsewhere = repositories.has(name) || repositories.has(`${name.split('/')[0]}/*`);
    if (isElsewhere || !config.include.includes(kind) || isExcluded(config, id, `${repository}#${number}`))
      continue;
    const isSame =
      facts !== undefined &&
      !options.full &&
      facts.updated === updated &&
      facts.fields?.repository === repository &&
      !isOutdated(facts);
    if (!isSame) pending.set(id, kind);
  }
  const left = [...known.values()].filter(({ id }) => !views.found.has(id) && views.of(id).length === 0);
  for (const facts of left) pending.delete(facts.id);
  const reading: Reading = {
    ...{ run, repositoryId: undefined, pending },
    onGone: async (id) => {
      const facts = known.get(id);
      return facts && whatBecameOf(run, facts);
    },
  };
  const members = [...known.values()].filter((facts) => !left.includes(facts));
  yield* await compareOpenPulls(reading, members);
  for (const kind of ['pulls', 'issues'] as const) yield* readPending(reading, kind);
  for (const facts of left) yield await whatBecameOf(run, facts);
  for (const { id } of members) if (!named.has(id)) run.unchanged.set(id, undefined);
}

/** It is there and left its views, or it is deleted; without its repository nobody knows. */
async function whatBecameOf(run: Run, facts: Facts): Promise<SourceEvent> {
  const { client, config, named } = run;
  const { id, fields } = facts;
  named.add(id);
  if (isExcluded(config, id, facts.key) || kindOf(facts) === undefined)
    return { type: 'delete', id, reason: 'excluded' };
  const repository = String(fields?.repository);
  const answer = await idNow(run, repository, facts);
  if (isCtxError(answer)) return { type: 'failed', id, error: answer };
  if (answer !== undefined) return { type: 'delete', id, reason: answer === id ? 'left-views' : 'moved-out' };
  const home = await attempt(() => client.overview(repository));
  if (isCtxError(home)) return { type: 'failed', id, error: home };
  if (home === undefined) {
    const error = ctxError('github.repository-lost', { source: config.id, repository });
    return { type: 'failed', id, error };
  }
  return { type: 'delete', id, reason: 'purged' };
}
