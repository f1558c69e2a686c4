import type { ConfluenceClient, ContentType } from './client.ts';
import type { Content, Space } from './schema.ts';

/** What the listings say of a document: all that its text depends on besides its body. */
export interface Listed {
  readonly id: string;
  readonly type: ContentType;
  readonly space: Space;
  readonly title: string;
  readonly created: string | undefined;
  readonly version: number;
  readonly parent: string | undefined;
  readonly parentType: string | undefined;
  readonly authorIds: readonly string[];
  labels: readonly string[] | undefined;
  /** Its own restriction; undefined while unknown. */
  restricted: boolean | undefined;
}

/** Lists a space's pages and blog posts. Who may read them is asked later (`access.ts`). */
export async function listSpace(client: ConfluenceClient, space: Space): Promise<Map<string, Listed>> {
  const list = async (type: ContentType) => {
    const documents: [id: string, Listed][] = [];
    for await (const content of client.contents(type, space))
      documents.push([content.id, listedContent(type, space, content)]);
    return documents;
  };
  const [pages, posts] = await Promise.all([list('page'), list('blogpost')]);
  return new Map([...pages, ...posts]);
}

export function listedContent(type: ContentType, space: Space, content: Content): Listed {
  return {
    id: content.id,
    type,
    space,
    title: content.title,
    created: content.createdAt,
    version: content.version.number,
    parent: content.parentId,
    parentType: content.parentType,
    authorIds: [content.authorId, content.version.authorId].filter((id) => id !== undefined),
    labels: undefined,
    restricted: undefined,
  };
}
