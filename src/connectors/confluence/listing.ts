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

/** Comments of a document as the site's listings count them. */
export interface CommentSummary {
  readonly count: number;
  /** Inline comments that are not resolved. */
  readonly open: number;
  /** When one was written, edited, resolved or reopened last. */
  readonly updated: string;
}

/** Lists a space's pages and blog posts. Who may read them is asked later (`access.ts`). */
export async function listSpace(client: ConfluenceClient, space: Space): Promise<Map<string, Listed>> {
  const listed = new Map<string, Listed>();
  for (const type of ['page', 'blogpost'] as const) {
    for await (const content of client.contents(type, space))
      listed.set(content.id, listedContent(type, space, content));
  }
  return listed;
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

/** Counts of all comments by document id, from the site's two listings. */
export async function listComments(client: ConfluenceClient): Promise<Map<string, CommentSummary>> {
  const summaries = new Map<string, CommentSummary>();
  for (const kind of ['footer', 'inline'] as const) {
    const documents = new Map<string, string>();
    const replies: { readonly parent: string; readonly updated: string; readonly open: boolean }[] = [];
    const count = (document: string, updated: string, open: boolean) => {
      const before = summaries.get(document) ?? { count: 0, open: 0, updated: '' };
      summaries.set(document, {
        count: before.count + 1,
        open: before.open + Number(open),
        updated: updated > before.updated ? updated : before.updated,
      });
    };
    for await (const comment of client.allComments(kind)) {
      const isReply = comment.parentCommentId !== undefined;
      const written = comment.version?.createdAt ?? '';
      const settled = (!isReply && comment.resolutionLastModifiedAt) || '';
      const updated = settled > written ? settled : written;
      const open = kind === 'inline' && !isReply && comment.resolutionStatus !== 'resolved';
      const document = comment.pageId ?? comment.blogPostId;
      if (document !== undefined) {
        documents.set(comment.id, document);
        count(document, updated, open);
      } else if (comment.parentCommentId !== undefined) {
        replies.push({ parent: comment.parentCommentId, updated, open });
      }
    }
    for (const { parent, updated, open } of replies) {
      const document = documents.get(parent);
      if (document !== undefined) count(document, updated, open);
    }
  }
  return summaries;
}
