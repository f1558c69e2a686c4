import * as v1 from 'confluence.js/v1';
import * as v2 from 'confluence.js/v2';
import type { z } from 'zod';
import { batches, concurrently } from '../../core/concurrently.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { AtlassianTransport } from '../../http/atlassian-transport.ts';
import { followPages } from '../pages.ts';
import {
  type Attachment,
  attachmentSchema,
  type Comment,
  type ContainerContent,
  type Content,
  commentSchema,
  containerSchema,
  contentSchema,
  isRestricted,
  labelSchema,
  listingSchema,
  readRestrictionSchema,
  type SearchedContent,
  type Space,
  searchedContentSchema,
  spaceSchema,
  userSchema,
  type Version,
  versionSchema,
} from './schema.ts';

/** The largest page that the v2 listings give. */
const LISTED = 250;
/** Bodies asked for at once: few enough that an answer stays small. */
export const BODIES = 20;
/** Single requests side by side. */
const AT_ONCE = 8;

export type ContentType = 'page' | 'blogpost';

/**
 * The endpoints of Confluence Cloud that the connector reads, as typed and checked values. Listings are streamed and end
 * only as the API says that they end; a repeated cursor or an answer of another shape fails.
 */
export type ConfluenceClient = ReturnType<typeof createConfluenceClient>;

export function createConfluenceClient(source: string, transport: AtlassianTransport) {
  function parse<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const problem = `${issue?.path.join('.') || 'the answer'} is not as expected (${issue?.code ?? 'unknown'})`;
    throw ctxError('source.unexpected-answer', { source, what, problem });
  }

  /**
   * Follows `_links.next` by its cursor alone: the link is relative and must not be joined. What comes twice, because the
   * listing changed or repeated itself while it was read, counts once.
   */
  async function* listing<S extends z.ZodType<{ readonly id: string }>>(
    what: string,
    schema: S,
    page: (cursor: string | undefined) => Promise<unknown>,
  ): AsyncGenerator<z.output<S>> {
    const pages = followPages({ source, what }, async (cursor) => {
      const { results, _links } = parse(listingSchema, await page(cursor), what);
      return { items: results, next: cursorOf(_links?.next, what) };
    });
    const ids = new Set<string>();
    for await (const results of pages) {
      for (const result of results) {
        const item = parse(schema, result, what);
        if (ids.has(item.id)) continue;
        ids.add(item.id);
        yield item;
      }
    }
  }

  function cursorOf(next: string | undefined, what: string): string | undefined {
    if (next === undefined) return undefined;
    const cursor = new URL(next, 'https://relative.invalid').searchParams.get('cursor');
    if (!cursor)
      throw ctxError('source.unexpected-answer', { source, what, problem: 'its next link has no cursor' });
    return cursor;
  }

  async function orNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer;
    } catch (error) {
      if (isCtxError(error) && error.is('http.not-found')) return undefined;
      throw error;
    }
  }

  const commentsOf = {
    page: { footer: v2.getPageFooterComments, inline: v2.getPageInlineComments },
    blogpost: { footer: v2.getBlogPostFooterComments, inline: v2.getBlogPostInlineComments },
  };
  const repliesTo = {
    footer: v2.getFooterCommentChildren,
    inline: v2.getInlineCommentChildren,
  };

  return {
    spaces(keys: readonly string[] | 'all'): AsyncIterable<Space> {
      const named = keys === 'all' ? {} : { keys: [...keys] };
      return listing('the list of spaces', spaceSchema, (cursor) =>
        v2.getSpaces(transport, { ...named, limit: LISTED, ...(cursor && { cursor }) }),
      );
    },

    async space(id: string): Promise<Space> {
      return parse(spaceSchema, await v2.getSpaceById(transport, { id: numeric(id) }), `space ${id}`);
    },

    /** All current pages or blog posts of a space, without bodies. */
    contents(type: ContentType, space: Space): AsyncIterable<Content> {
      const list = type === 'page' ? v2.getPagesInSpace : v2.getBlogPostsInSpace;
      return listing(`the ${type} list of space ${space.key}`, contentSchema, (cursor) =>
        list(transport, {
          id: numeric(space.id),
          status: ['current'],
          limit: LISTED,
          ...(cursor && { cursor }),
        }),
      );
    },

    /**
     * Those of the ids that answer, in whatever state; without bodies. What the common answer leaves out is asked for by
     * itself: that something is gone is for the service to say, not to be read from a silence.
     */
    async *states(type: ContentType, ids: readonly string[]): AsyncGenerator<Content> {
      const silent = new Set(ids);
      for (const batch of batches(ids, LISTED)) {
        const request = { id: batch.map(numeric), limit: LISTED };
        const contents = listing(`the state of ${batch.length} ${type}s`, contentSchema, (cursor) =>
          type === 'page'
            ? v2.getPages(transport, {
                ...request,
                status: ['current', 'archived', 'trashed', 'deleted'],
                ...(cursor && { cursor }),
              })
            : v2.getBlogPosts(transport, {
                ...request,
                status: ['current', 'trashed', 'deleted'],
                ...(cursor && { cursor }),
              }),
        );
        for await (const content of contents) {
          silent.delete(content.id);
          yield content;
        }
      }
      const get = type === 'page' ? v2.getPageById : v2.getBlogPostById;
      const ask = async (id: string) => orNotFound(get(transport, { id: numeric(id) }));
      for await (const answer of concurrently(silent, AT_ONCE, ask))
        if (answer !== undefined) yield parse(contentSchema, answer, `the state of a ${type}`);
    },

    /** Current documents with bodies, by id; what Confluence leaves out is absent. At most `BODIES` ids. */
    async bodies(type: ContentType, ids: readonly string[]): Promise<Map<string, Content>> {
      const list = type === 'page' ? v2.getPages : v2.getBlogPosts;
      const found = new Map<string, Content>();
      const contents = listing(`the bodies of ${ids.length} ${type}s`, contentSchema, (cursor) =>
        list(transport, {
          id: ids.map(numeric),
          status: ['current'],
          bodyFormat: 'storage',
          limit: LISTED,
          ...(cursor && { cursor }),
        }),
      );
      for await (const content of contents) if (content.body?.storage) found.set(content.id, content);
      return found;
    },

    /** One current document with its body; undefined when it is not there or not for us. */
    async body(type: ContentType, id: string): Promise<Content | undefined> {
      const get = type === 'page' ? v2.getPageById : v2.getBlogPostById;
      const answer = await orNotFound(get(transport, { id: numeric(id), bodyFormat: 'storage' }));
      return answer === undefined ? undefined : parse(contentSchema, answer, `${type} ${id}`);
    },

    /** The versions of a current document with their texts, the latest first. */
    versions(type: ContentType, id: string): AsyncIterable<Version> {
      const list = type === 'page' ? v2.getPageVersions : v2.getBlogPostVersions;
      return listing(`the versions of ${type} ${id}`, versionSchema, (cursor) =>
        list(transport, {
          id: numeric(id),
          bodyFormat: 'storage',
          sort: '-modified-date',
          limit: BODIES,
          ...(cursor && { cursor }),
        }),
      );
    },

    /** What the service shows for a current document, as HTML; undefined when it is not there or not for us. */
    async exportView(type: ContentType, id: string): Promise<string | undefined> {
      const get = type === 'page' ? v2.getPageById : v2.getBlogPostById;
      const answer = await orNotFound(get(transport, { id: numeric(id), bodyFormat: 'export_view' }));
      if (answer === undefined) return undefined;
      const what = `the rendered form of ${type} ${id}`;
      const value = parse(contentSchema, answer, what).body?.export_view?.value;
      if (value === undefined)
        throw ctxError('source.unexpected-answer', { source, what, problem: 'it has no body' });
      return value;
    },

    /** A page's place in the tree, in whatever state; without its body. Undefined when it is not there or not for us. */
    async page(id: string): Promise<Content | undefined> {
      const answer = await orNotFound(v2.getPageById(transport, { id: numeric(id) }));
      return answer === undefined ? undefined : parse(contentSchema, answer, `page ${id}`);
    },

    /**
     * Labels and read restrictions of a space's contents, which their versions do not cover, as the index of the search
     * knows them: it lags behind, and `version` tells how far.
     */
    accessAndLabels(space: Space): AsyncIterable<SearchedContent> {
      return listing(`the labels and restrictions of space ${space.key}`, searchedContentSchema, (cursor) =>
        v1.searchContentByCQL(transport, {
          cql: `space = "${space.key.replace(/["\\]/g, '\\$&')}" and type in (page, blogpost)`,
          expand: [
            'version',
            'metadata.labels',
            'restrictions.read.restrictions.user',
            'restrictions.read.restrictions.group',
          ],
          limit: LISTED,
          ...(cursor && { cursor }),
        }),
      );
    },

    /** Whether the content itself is restricted; undefined when the answer does not say. */
    async restricted(id: string): Promise<boolean | undefined> {
      const answer = await v1.getRestrictionsForOperation(transport, {
        id,
        operationKey: 'read',
        expand: ['restrictions.user', 'restrictions.group'],
      });
      return isRestricted(parse(readRestrictionSchema, answer, `the restrictions of ${id}`));
    },

    async labels(type: ContentType, id: string): Promise<string[]> {
      const list = type === 'page' ? v2.getPageLabels : v2.getBlogPostLabels;
      const names: string[] = [];
      const labels = listing(`the labels of ${type} ${id}`, labelSchema, (cursor) =>
        list(transport, { id: numeric(id), limit: LISTED, ...(cursor && { cursor }) }),
      );
      for await (const { name } of labels) names.push(name);
      return names;
    },

    /** A folder or another node of the page tree that is not a page; undefined when it is not there. */
    async container(type: string, id: string): Promise<ContainerContent | undefined> {
      const parameters = { id: numeric(id) };
      const get = {
        folder: () => v2.getFolderById(transport, parameters),
        whiteboard: () => v2.getWhiteboardById(transport, parameters),
        database: () => v2.getDatabaseById(transport, parameters),
        embed: () => v2.getSmartLinkById(transport, parameters),
      }[type];
      const answer = get && (await orNotFound<unknown>(get()));
      return answer === undefined ? undefined : parse(containerSchema, answer, `${type} ${id}`);
    },

    /** Every file of the site that is attached to something we may see. */
    allAttachments(): AsyncIterable<Attachment> {
      return listing('the list of attachments', attachmentSchema, (cursor) =>
        v2.getAttachments(transport, { status: ['current'], limit: LISTED, ...(cursor && { cursor }) }),
      );
    },

    /** The files of one document. */
    attachmentsOf(type: ContentType, id: string): AsyncIterable<Attachment> {
      const list = type === 'page' ? v2.getPageAttachments : v2.getBlogpostAttachments;
      return listing(`the attachments of ${type} ${id}`, attachmentSchema, (cursor) =>
        list(transport, { id: numeric(id), status: ['current'], limit: LISTED, ...(cursor && { cursor }) }),
      );
    },

    /** Those of the files that are still there. */
    async *attachments(ids: Iterable<string>): AsyncGenerator<Attachment> {
      const ask = (id: string) => orNotFound(v2.getAttachmentById(transport, { id }));
      for await (const answer of concurrently(new Set(ids), AT_ONCE, ask)) {
        if (answer === undefined) continue;
        const attachment = parse(attachmentSchema, answer, 'an attachment');
        if ((attachment.status ?? 'current') === 'current') yield attachment;
      }
    },

    /** Every comment of the site that we may see, replies too, without bodies. */
    allComments(kind: 'footer' | 'inline'): AsyncIterable<Comment> {
      const list = kind === 'footer' ? v2.getFooterComments : v2.getInlineComments;
      return listing(`the list of ${kind} comments`, commentSchema, (cursor) =>
        list(transport, { limit: LISTED, ...(cursor && { cursor }) }),
      );
    },

    /** The top comments of a document, with bodies, oldest first. */
    comments(kind: 'footer' | 'inline', type: ContentType, id: string): AsyncIterable<Comment> {
      return listing(`the ${kind} comments of ${type} ${id}`, commentSchema, (cursor) =>
        commentsOf[type][kind](transport, {
          id: numeric(id),
          bodyFormat: 'storage',
          limit: LISTED,
          ...(cursor && { cursor }),
        }),
      );
    },

    replies(kind: 'footer' | 'inline', id: string): AsyncIterable<Comment> {
      return listing(`the replies to comment ${id}`, commentSchema, (cursor) =>
        repliesTo[kind](transport, {
          id: numeric(id),
          bodyFormat: 'storage',
          limit: LISTED,
          ...(cursor && { cursor }),
        }),
      );
    },

    /** Display names by account id; of what is absent nothing is said. */
    async people(accountIds: readonly string[]): Promise<Map<string, string>> {
      const names = new Map<string, string>();
      for (const batch of batches(accountIds, LISTED)) {
        const answer = await v2.createBulkUserLookup(transport, { body: { accountIds: batch } });
        for (const result of parse(listingSchema, answer, 'display names').results) {
          const { accountId, displayName, publicName } = parse(userSchema, result, 'display names');
          const name = displayName || publicName;
          if (name) names.set(accountId, name);
        }
      }
      return names;
    },

    /** One account's display name; undefined when the service says that it does not know the account. */
    async person(accountId: string): Promise<string | undefined> {
      const answer = await orNotFound(v1.getUser(transport, { accountId }));
      if (answer === undefined) return undefined;
      const { type, displayName, publicName } = parse(userSchema, answer, 'a display name');
      return type === 'unknown' ? undefined : displayName || publicName;
    },
  };
}

/**
 * confluence.js types ids as numbers although it only writes them into the URL. They stay strings, because an id above
 * 2^53 would lose digits.
 */
function numeric(id: string): number {
  return id as unknown as number;
}
