import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { DeleteReason, SourceEvent } from '../contract.ts';
import type { ConfluenceClient } from './client.ts';
import { type Listed, listedContent, listSpace } from './listing.ts';
import { spaceScope } from './model.ts';
import type { ConfluenceRunOptions } from './run.ts';
import type { Space } from './schema.ts';

/** Spaces whose listings are followed side by side; the HTTP client bounds what is sent. */
export const SPACES_AT_ONCE = 4;

/**
 * The spaces to read. A configured one that does not exist is a failure; one that holds documents of ours but is not
 * to be read any more is complete and empty.
 */
export async function* selectSpaces({
  client,
  config,
  known,
}: ConfluenceRunOptions): AsyncGenerator<SourceEvent, Space[]> {
  const found = await Array.fromAsync(client.spaces(config.spaces));
  const before = [...known.values()].flatMap(({ space }) => space ?? []);
  const wanted = config.spaces === 'all' ? [...found.map(({ key }) => key), ...before] : config.spaces;
  const keys = new Set<string>();
  const spaces: Space[] = [];
  for (const key of new Set(wanted)) {
    const isIt = (space: Space) => space.key === key;
    // The list may have lost one: a space is missing only if it does not answer by itself.
    const space = found.find(isIt) ?? (await Array.fromAsync(client.spaces([key]))).find(isIt);
    if (space === undefined && config.spaces === 'all') continue;
    keys.add(key);
    if (space) {
      spaces.push(space);
      continue;
    }
    const error = ctxError('source.not-found', { source: config.id, what: `space ${key}` });
    yield { type: 'failed', scope: spaceScope(key), error };
  }
  const former = new Set(before.filter((key) => !keys.has(key)));
  for (const key of former) yield { type: 'complete', scope: spaceScope(key) };
  return spaces;
}

/** Lists the spaces. One whose listing fails is told and left out. */
export async function* listSpaces(
  client: ConfluenceClient,
  spaces: readonly Space[],
): AsyncGenerator<SourceEvent, { listed: Map<string, Listed>; complete: Set<string> }> {
  const listed = new Map<string, Listed>();
  const complete = new Set<string>();
  const list = async (space: Space) => [space, await attempt(() => listSpace(client, space))] as const;
  const outcomes = new Map(await Array.fromAsync(concurrently(spaces, SPACES_AT_ONCE, list)));
  for (const space of spaces) {
    const scope = spaceScope(space.key);
    const contents = outcomes.get(space) as CtxError | Map<string, Listed>;
    if (isCtxError(contents)) {
      yield { type: 'failed', scope, error: contents };
      continue;
    }
    for (const [id, document] of contents) listed.set(id, document);
    complete.add(scope);
  }
  return { listed, complete };
}

/** The states in which a document is no knowledge of today any more. */
const REASONS: ReadonlyMap<string | undefined, DeleteReason> = new Map([
  ['trashed', 'trashed'],
  ['deleted', 'trashed'],
  ['archived', 'archived'],
]);

/**
 * Asks for known documents that no listing named: the answer tells those in the trash, in the archive or in a space
 * that is not read. One that is still current in a space of ours was missed by a listing that changed under the reader
 * and is listed after all; one whose answer tells none of these fails. Returns the ids that are gone, with the answer if
 * there was one, and those of which nothing is known.
 */
export async function* whereTheyWent(
  { client, known, config }: ConfluenceRunOptions,
  spaces: readonly Space[],
  listed: Map<string, Listed>,
  excluded: ReadonlySet<string>,
): AsyncGenerator<SourceEvent, { gone: Map<string, DeleteReason | undefined>; unclear: string[] }> {
  const configured = new Set(spaces.map(({ key }) => key));
  const missing = [...known.values()].filter(
    ({ id, space }) => !listed.has(id) && !excluded.has(id) && configured.has(space ?? ''),
  );
  // Otherwise the space that a document is in now may be one of those that were not found.
  const areAllFound =
    config.spaces !== 'all' && config.spaces.every((key) => spaces.some((space) => space.key === key));
  const gone = new Map<string, DeleteReason | undefined>();
  const unclear: string[] = [];
  for (const type of ['page', 'blogpost'] as const) {
    const ids = missing.filter((facts) => facts.type === type).map(({ id }) => id);
    if (ids.length === 0) continue;
    const found = await attempt(async () => await Array.fromAsync(client.states(type, ids)));
    if (isCtxError(found)) {
      unclear.push(...ids);
      for (const id of ids) {
        yield {
          type: 'failed',
          id,
          error: ctxError('source.document-failed', { source: config.id, id, reason: found.message }, found),
        };
      }
      continue;
    }
    const answered = new Map(found.map((content) => [content.id, content]));
    for (const id of ids) {
      const content = answered.get(id);
      const space = spaces.find((candidate) => candidate.id === content?.spaceId);
      if (content?.status === 'current' && space) {
        listed.set(id, listedContent(type, space, content));
        continue;
      }
      const isElsewhere = content?.status === 'current' && content.spaceId !== undefined && areAllFound;
      const reason = isElsewhere ? 'moved-out' : REASONS.get(content?.status);
      if (content && reason === undefined) {
        unclear.push(id);
        const problem = 'no space lists it, and its own answer does not tell where it went';
        const error = ctxError('source.document-failed', { source: config.id, id, reason: problem });
        yield { type: 'failed', id, error };
        continue;
      }
      gone.set(id, reason);
      if (reason) yield { type: 'delete', id, reason };
    }
  }
  return { gone, unclear };
}
