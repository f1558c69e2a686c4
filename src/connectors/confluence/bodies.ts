import type { CtxError } from '../../core/errors/index.ts';
import { isCtxError } from '../../core/errors/index.ts';
import { attempt } from './attempt.ts';
import type { ConfluenceClient, ContentType } from './client.ts';
import type { Content } from './schema.ts';

/**
 * Reads bodies together; those that Confluence leaves out are asked for singly, so that one document fails alone.
 * Undefined is what does not answer, or answers without a body.
 */
export async function readBodies(
  client: ConfluenceClient,
  type: ContentType,
  ids: readonly string[],
): Promise<Map<string, Content | CtxError | undefined>> {
  const together = await attempt(() => client.bodies(type, ids));
  const bodies = new Map<string, Content | CtxError | undefined>();
  for (const id of ids) {
    const read = isCtxError(together) ? undefined : together.get(id);
    const content = read ?? (await attempt(() => client.body(type, id)));
    bodies.set(id, isCtxError(content) || content?.body?.storage ? content : undefined);
  }
  return bodies;
}
