import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { GoogleApis } from './apis.ts';
import type { File } from './files.ts';
import type { Change } from './fill.ts';
import { FIELDS, type Presentation, presentationOf } from './presentation.ts';

/** How often a deck that others change meanwhile is tried. */
export const ATTEMPTS = 3;

export async function read({ slides, on }: GoogleApis, { id, name }: File): Promise<Presentation> {
  const presentationId = id ?? '';
  const auth = on(name ? `the presentation ${name}` : 'the deck', { id: presentationId });
  return presentationOf((await slides.presentations.get({ auth, presentationId, fields: FIELDS })).data);
}

/**
 * All of the changes or none, and none if somebody changed the presentation since it was read: fails with `google.refused`, which names slide and tag,
 * or `google.conflict`.
 */
export async function change(
  apis: GoogleApis,
  { id: presentationId, revision }: Presentation,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const { slides, on } = apis;
  const requests = changes.map(({ request }) => request);
  const requestBody = { requests, writeControl: { requiredRevisionId: revision } };
  const auth = on('the changes of the deck', { id: presentationId });
  try {
    await slides.presentations.batchUpdate({ auth, presentationId, requestBody });
  } catch (error) {
    if (!isCtxError(error) || !error.is('http.bad-request')) throw error;
    // An attempt whose answer was lost may have been done, and then whatever the next one meets says nothing of the changes.
    const file = { id: presentationId };
    const now = await read(apis, file);
    if (now.revision !== revision) throw ctxError('google.conflict', conflictIn(file), error);
    const { reason = '' } = error.params;
    const [, index] = /requests\[(\d+)\]/.exec(reason) ?? [];
    const where = index === undefined ? undefined : changes[Number(index)]?.where;
    throw ctxError('google.refused', { where: where ?? locationOf(file), reason }, error);
  }
}

export const conflictIn = (file: File) => ({ location: locationOf(file), attempts: ATTEMPTS });

export function locationOf({ id, webViewLink }: File): string {
  return webViewLink ?? `https://docs.google.com/presentation/d/${id}/edit`;
}
