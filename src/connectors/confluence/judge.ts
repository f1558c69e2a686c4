import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import type { SourceEvent } from '../contract.ts';
import { type Access, accessUnknown, completeAccess, readAccess } from './access.ts';
import { SPACES_AT_ONCE } from './discover.ts';
import type { Listed } from './listing.ts';
import { spaceScope } from './model.ts';
import type { ConfluenceRunOptions } from './run.ts';
import type { Space } from './schema.ts';

/** Documents that are asked about side by side; the HTTP client bounds what is sent. */
const CONCURRENT = 3;

/**
 * Makes labels and restrictions of the listed documents known, by search where that knows them. A space whose listing of
 * restrictions fails is not complete any more. Returns why those of a document are not known, by its id.
 */
export async function* listAccess(
  { client, config }: ConfluenceRunOptions,
  spaces: readonly Space[],
  listed: ReadonlyMap<string, Listed>,
  complete: Set<string>,
  access: Access,
): AsyncGenerator<SourceEvent, Map<string, CtxError>> {
  const excluded = new Set(config.exclude);
  const unlisted = new Map<string, CtxError>();
  const read = async (space: Space) => [space, await readAccess(client, space, listed)] as const;
  const outcomes = new Map(await Array.fromAsync(concurrently(spaces, SPACES_AT_ONCE, read)));
  for (const space of spaces) {
    const error = outcomes.get(space);
    if (error === undefined) continue;
    unlisted.set(space.key, error);
    if (complete.delete(spaceScope(space.key))) yield { type: 'failed', scope: spaceScope(space.key), error };
  }
  const partly = [...listed.values()].filter(
    ({ id, labels, restricted }) => !excluded.has(id) && (labels === undefined || restricted === undefined),
  );
  const errors = await completeAccess(
    client,
    access,
    partly.filter(({ space }) => !unlisted.has(space.key)),
  );
  for (const { id, space } of partly) {
    const error = unlisted.get(space.key);
    if (error) errors.set(id, error);
  }
  return errors;
}

export interface Judged {
  readonly open: readonly Listed[];
  readonly restricted: readonly string[];
  readonly unknown: ReadonlyMap<string, CtxError>;
}

/** Sorts the listed documents by who may read them; those that the configuration leaves out are in none of the lists. */
export async function judge(
  { config }: ConfluenceRunOptions,
  listed: ReadonlyMap<string, Listed>,
  errors: ReadonlyMap<string, CtxError>,
  access: Access,
): Promise<Judged> {
  const excluded = new Set(config.exclude);
  const open: Listed[] = [];
  const restricted: string[] = [];
  const unknown = new Map<string, CtxError>();
  for (const document of listed.values()) {
    const { id } = document;
    if (excluded.has(id)) continue;
    const error = errors.get(id) ?? (await access.place(document));
    const answer = error
      ? accessUnknown(config.id, id, error)
      : config.include_restricted
        ? 'open'
        : await access.of(config.id, document);
    if (isCtxError(answer)) unknown.set(id, answer);
    else if (answer === 'restricted') restricted.push(id);
    else open.push(document);
  }
  return { open, restricted, unknown };
}

/**
 * Asks for the restrictions themselves of what changed and of all above it, since the search may not have seen yet that a
 * page was restricted before something was written there. The first reading of a space takes its word for what it knows
 * in the listed version: all documents are new then, or were read by a run that was interrupted. Whether an answer was
 * another than the search's; errors are added.
 */
export async function confirmAccess(
  { config, known }: ConfluenceRunOptions,
  changed: Iterable<Listed>,
  access: Access,
  errors: Map<string, CtxError>,
): Promise<boolean> {
  if (config.include_restricted) return false;
  const former = new Set(
    [...known.values()].flatMap(({ id, space }) => (known.isInRepository(id) ? [space] : [])),
  );
  const asked = [...changed].filter(({ id, space }) => former.has(space.key) || access.hasAsked(id));
  let isNews = false;
  const confirm = async (document: Listed) => {
    const { error, differs } = await access.confirm(document);
    if (error) errors.set(document.id, error);
    isNews ||= differs || error !== undefined;
  };
  for await (const _ of concurrently(asked, CONCURRENT, confirm));
  return isNews;
}
