import { ctxError } from '../../core/errors/index.ts';
import type { ConfluenceClient, ContentType } from './client.ts';
import { nameOf, resolve } from './model.ts';
import type { Content, Space } from './schema.ts';

/** The id of the page or blog post that is called so on this site: by its id, or by an address that holds it. */
export function idOf(name: string, siteUrl: string): string | undefined {
  if (/^\d{1,20}$/.test(name)) return name;
  const found = URL.canParse(name) ? resolve(new URL(name))?.name : undefined;
  const [, id] = /#(\d+)$/.exec(found ?? '') ?? [];
  return id !== undefined && nameOf(siteUrl, { id }) === found ? id : undefined;
}

/**
 * A site with nothing in it but one page or blog post, which is read as it would be among the others. Fails with
 * `source.not-found`.
 */
export async function siteOfOne(
  client: ConfluenceClient,
  source: string,
  id: string,
): Promise<{ readonly client: ConfluenceClient; readonly space: Space }> {
  const { content, type } = await find(client, source, id);
  const space = await client.space(content.spaceId ?? '');
  return {
    space,
    client: {
      ...client,
      spaces: () => only(space),
      contents: (asked) => (asked === type ? only(content) : only()),
      // What the search does not tell is asked for singly.
      accessAndLabels: () => only(),
      allAttachments: () => client.attachmentsOf(type, id),
      allComments: (kind) => client.comments(kind, type, id),
    },
  };
}

async function find(
  client: ConfluenceClient,
  source: string,
  id: string,
): Promise<{ readonly content: Content; readonly type: ContentType }> {
  for (const type of ['page', 'blogpost'] as const)
    for await (const content of client.states(type, [id]))
      if ((content.status ?? 'current') === 'current') return { content, type };
  throw ctxError('source.not-found', { source, what: `page ${id}` });
}

async function* only<T>(...items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
