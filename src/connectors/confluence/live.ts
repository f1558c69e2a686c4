import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { type AttachmentIndex, fileNameIn } from './attachments.ts';
import type { StillOpen } from './bodies.ts';
import type { ConfluenceClient } from './client.ts';
import type { Listed } from './listing.ts';
import type { LiveMacro } from './macros.ts';
import type { OpenDocuments } from './open-documents.ts';
import { splitRendered } from './rendered.ts';
import type { Content } from './schema.ts';

export interface LiveOptions {
  readonly client: ConfluenceClient;
  readonly open: OpenDocuments;
  readonly isOpen: StillOpen;
  readonly attachments: AttachmentIndex;
}

/**
 * What the service shows for the live macros of a document, by macro id. It shows the titles and texts of that moment,
 * which is after everyone's access was judged: an entry of a document that is not any more as it was listed stays only if
 * the document is still open.
 */
export async function renderLive(
  options: LiveOptions,
  { type, id }: Listed,
  live: readonly LiveMacro[],
): Promise<Map<string, string>> {
  const { client, open, attachments } = options;
  const html = (await client.exportView(type, id)) ?? '';
  /** The documents that are shown, and whether a file of theirs that was not listed is shown too. */
  const shown = new Map<Listed, boolean>();
  const rendered = splitRendered(html, live, (href) => {
    const document = open.at(href);
    const file = document && fileNameIn(href);
    if (document) {
      const isNew = file !== undefined && attachments.find(document.id, { name: file }) === undefined;
      shown.set(document, isNew || shown.get(document) === true);
    }
    return open.leadsTo(href);
  });
  const closed = await closedSince(options, shown);
  if (closed.size === 0) return rendered;
  return splitRendered(html, live, (href) => {
    const document = open.at(href);
    return document && closed.has(document) ? 'closed' : open.leadsTo(href);
  });
}

/** Those that are not open any more, or not there. Throws when that can't be told. */
async function closedSince(
  { client, isOpen }: LiveOptions,
  shown: ReadonlyMap<Listed, boolean>,
): Promise<Set<Listed>> {
  const closed = new Set(shown.keys());
  for (const type of ['page', 'blogpost'] as const) {
    const documents = new Map(
      [...shown.keys()].filter((document) => document.type === type).map((each) => [each.id, each]),
    );
    for await (const content of client.states(type, [...documents.keys()])) {
      const document = documents.get(content.id);
      if (document === undefined || content.status !== 'current') continue;
      const isAsListed = sameAs(document, content) && shown.get(document) === false;
      const error: CtxError | undefined = isAsListed ? undefined : await isOpen(document, content);
      if (isCtxError(error) && error.is('source.access-unknown')) throw error;
      if (error === undefined) closed.delete(document);
    }
  }
  return closed;
}

function sameAs({ version, parent, space, title }: Listed, content: Content): boolean {
  return (
    content.version.number === version &&
    content.parentId === parent &&
    content.spaceId === space.id &&
    content.title === title
  );
}
