import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import { accessNow } from './access.ts';
import type { ConfluenceClient, ContentType } from './client.ts';
import type { Listed } from './listing.ts';
import type { ConfluenceRunOptions } from './run.ts';
import type { Content } from './schema.ts';

/** Asks again who may read a document; undefined if everyone may, else why it is not to be read now. */
export type StillOpen = (document: Listed, content: Content) => Promise<CtxError | undefined>;

export function stillOpen({ client, config }: ConfluenceRunOptions): StillOpen {
  const source = config.id;
  return async (document, content) => {
    if (config.include_restricted) return undefined;
    const answer = await accessNow(client, source, document, content);
    if (isCtxError(answer)) return answer;
    const reason = 'it was restricted while it was read';
    return answer === 'open'
      ? undefined
      : ctxError('source.document-failed', { source, id: document.id, reason });
  };
}

/**
 * Reads bodies of documents of one type together; those that Confluence leaves out are asked for singly, so that one
 * document fails alone. Undefined is what does not answer, or answers without a body. A text that is not the one that
 * was listed may have been written after the document was restricted, so its access is asked for again.
 */
export async function readBodies(
  client: ConfluenceClient,
  type: ContentType,
  documents: readonly Listed[],
  isOpen: StillOpen,
): Promise<Map<string, Content | CtxError | undefined>> {
  const together = await attempt(() =>
    client.bodies(
      type,
      documents.map(({ id }) => id),
    ),
  );
  const bodies = new Map<string, Content | CtxError | undefined>();
  for (const document of documents) {
    const { id } = document;
    const read = isCtxError(together) ? undefined : together.get(id);
    const content = read ?? (await attempt(() => client.body(type, id)));
    if (isCtxError(content) || !content?.body?.storage) {
      bodies.set(id, isCtxError(content) ? content : undefined);
      continue;
    }
    const asListed = content.version.number === document.version && content.parentId === document.parent;
    bodies.set(id, (asListed ? undefined : await isOpen(document, content)) ?? content);
  }
  return bodies;
}
