import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { ConfluenceClient, ContentType } from './client.ts';
import type { ContainerFacts } from './model.ts';
import { type Content, isRestricted, type Space } from './schema.ts';

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

/** Lists a space: its pages and blog posts, then their labels and restrictions. */
export async function listSpace(client: ConfluenceClient, space: Space): Promise<Map<string, Listed>> {
  const listed = new Map<string, Listed>();
  for (const type of ['page', 'blogpost'] as const) {
    for await (const content of client.contents(type, space))
      listed.set(content.id, listedContent(type, space, content));
  }
  await addAccessAndLabels(client, space, listed);
  return listed;
}

async function addAccessAndLabels(
  client: ConfluenceClient,
  space: Space,
  listed: Map<string, Listed>,
): Promise<void> {
  try {
    for await (const { id, metadata, restrictions } of client.accessAndLabels(space)) {
      const document = listed.get(id);
      if (document === undefined) continue;
      const labels = metadata?.labels;
      const truncated = labels && (labels.size ?? labels.results.length) > labels.results.length;
      document.labels = truncated ? undefined : labels?.results.map(({ name }) => name);
      document.restricted = isRestricted(restrictions?.read);
    }
  } catch (error) {
    // Where the search is not offered, each document is asked for singly: many requests, but the same answers.
    if (!isCtxError(error) || !(error.is('http.not-found') || error.is('http.gone'))) throw error;
  }
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

/**
 * Asks one by one for what the search did not tell: its index lags behind, so a new document is missing there, and
 * long lists of labels are cut. Labels that can't be read leave the document without access, so that it waits.
 */
export async function completeListed(client: ConfluenceClient, document: Listed): Promise<void> {
  document.restricted ??= await client.restricted(document.id);
  document.labels ??= await client.labels(document.type, document.id);
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

/**
 * Who may read, over the whole tree. A document is open to everyone who reads the space only if neither it nor any
 * ancestor is restricted. Nodes that are not documents (folders …) are asked for here, each once.
 */
export class Access {
  readonly #client: ConfluenceClient;
  readonly #listed: ReadonlyMap<string, Listed>;
  readonly #nodes = new Map<string, Promise<Node | CtxError>>();
  readonly containers = new Map<string, ContainerFacts>();

  constructor(client: ConfluenceClient, listed: ReadonlyMap<string, Listed>) {
    this.#client = client;
    this.#listed = listed;
  }

  /** `open`, `restricted`, or the error that keeps us from knowing. */
  async of(source: string, document: Listed): Promise<'open' | 'restricted' | CtxError> {
    const unknown = (cause?: unknown) =>
      ctxError('source.access-unknown', { source, id: document.id }, cause);
    const seen = new Set<string>([document.id]);
    let restricted = document.restricted;
    if (restricted === undefined) return unknown();
    let { parent, parentType } = document;
    while (parent !== undefined && !seen.has(parent) && !restricted) {
      seen.add(parent);
      const node = await this.#node(parent, parentType ?? 'page', document.space.key);
      if (isCtxError(node)) return unknown(node);
      if (node.restricted === undefined) return unknown();
      restricted = node.restricted;
      ({ parent, parentType } = node);
    }
    return restricted ? 'restricted' : 'open';
  }

  /** Makes the containers above a document known, for its place in the tree. */
  async place(document: Listed): Promise<CtxError | undefined> {
    const seen = new Set<string>();
    let { parent, parentType } = document;
    while (parent !== undefined && !seen.has(parent)) {
      seen.add(parent);
      const node = await this.#node(parent, parentType ?? 'page', document.space.key);
      if (isCtxError(node)) return node;
      ({ parent, parentType } = node);
    }
    return undefined;
  }

  #node(id: string, type: string, space: string): Promise<Node | CtxError> {
    const listed = this.#listed.get(id);
    if (listed) return Promise.resolve(listed);
    const known = this.#nodes.get(id);
    if (known) return known;
    const node = this.#fetchNode(id, type, space).catch((error: unknown) => {
      if (isCtxError(error) && error.kind !== 'credentials') return error;
      throw error;
    });
    this.#nodes.set(id, node);
    return node;
  }

  async #fetchNode(id: string, type: string, space: string): Promise<Node> {
    if (type !== 'page') {
      const container = await this.#client.container(type, id);
      // Whoever sees a document sees all above it, so what does not answer is not above it any more.
      if (container === undefined) return ABSENT;
      this.containers.set(id, { title: container.title ?? id, space, parent: container.parentId ?? null });
      const { parentId: parent, parentType } = container;
      return { parent, parentType, restricted: await this.#restrictedContainer(id) };
    }
    const page = await this.#client.page(id);
    if (page === undefined || (page.status !== undefined && page.status !== 'current')) return ABSENT;
    return {
      parent: page.parentId,
      parentType: page.parentType,
      restricted: await this.#client.restricted(id),
    };
  }

  /** Restrictions are made for pages and blog posts: a container that answers itself, but has none, is open. */
  async #restrictedContainer(id: string): Promise<boolean | undefined> {
    try {
      return await this.#client.restricted(id);
    } catch (error) {
      if (isCtxError(error) && error.is('http.not-found')) return false;
      throw error;
    }
  }
}

type Node = Pick<Listed, 'parent' | 'parentType' | 'restricted'>;

const ABSENT: Node = { parent: undefined, parentType: undefined, restricted: false };
