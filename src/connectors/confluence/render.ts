import type { Blockquote, Heading, Root, RootContent } from 'mdast';
import {
  addFidelity,
  type Facts,
  NO_CONSTRUCTS,
  type SourceDocument,
  type Warning,
} from '../../core/document.ts';
import { fromStorage, type ReadContext } from '../../markdown/index.ts';
import type { CommentSummary, Listed } from './listing.ts';
import { contentUrl } from './model.ts';
import type { People } from './people.ts';
import type { Comment, Content } from './schema.ts';

/** A comment with the replies to it, oldest first. */
export interface Thread {
  readonly comment: Comment;
  readonly replies: readonly Thread[];
}

/** All that a document is made from. */
export interface ConfluenceRecord {
  readonly listed: Listed;
  readonly content: Content;
  readonly comments: CommentSummary | undefined;
  readonly threads: { readonly footer: readonly Thread[]; readonly inline: readonly Thread[] };
}

/** The accounts that a record names; their display names must be known before it is rendered. */
export function peopleOf({ content, threads }: ConfluenceRecord): Set<string> {
  const ids = new Set<string>();
  const mentions = (storage: string | undefined) => {
    for (const match of storage?.matchAll(/\bri:account-id\s*=\s*["']([^"']+)["']/g) ?? [])
      ids.add(match[1] as string);
  };
  const visit = ({ comment, replies }: Thread) => {
    if (comment.version?.authorId) ids.add(comment.version.authorId);
    mentions(comment.body?.storage?.value);
    replies.forEach(visit);
  };
  for (const id of [content.authorId, content.version.authorId]) if (id) ids.add(id);
  mentions(content.body?.storage?.value);
  [...threads.footer, ...threads.inline].forEach(visit);
  return ids;
}

export function renderDocument(
  source: string,
  siteUrl: string,
  record: ConfluenceRecord,
  people: People,
): SourceDocument {
  const { listed, content, comments, threads } = record;
  const { id, type, space } = listed;
  const warnings: Warning[] = [];
  let fidelity = NO_CONSTRUCTS;
  const named = new Set<string>();
  const context: ReadContext = {
    siteUrl,
    space: space.key,
    pageId: id,
    person: (accountId) => people.name(accountId),
    onPerson: (accountId) => named.add(accountId),
    attachment: ({ name }) =>
      name === undefined
        ? undefined
        : { name, url: `${siteUrl}/wiki/download/attachments/${id}/${encodeURIComponent(name)}` },
  };
  const read = (storage: string | undefined): RootContent[] => {
    if (!storage) return [];
    const reading = fromStorage(storage, context);
    warnings.push(...reading.warnings);
    fidelity = addFidelity(fidelity, reading.fidelity);
    return reading.root.children;
  };
  const body: Root = {
    type: 'root',
    children: [...read(content.body?.storage?.value), ...renderComments(threads, read, people)],
  };
  for (const accountId of peopleOf(record)) named.add(accountId);
  const { authorId, version } = content;
  const facts: Facts = {
    id,
    source,
    type,
    title: content.title,
    url: contentUrl(siteUrl, space.key, type, id, content.createdAt),
    ...(content.createdAt && { created: isoDate(content.createdAt) }),
    ...(version.createdAt && { updated: isoDate(version.createdAt) }),
    version: version.number,
    ...(authorId && { author: people.name(authorId) }),
    ...(version.authorId && { editor: people.name(version.authorId) }),
    status: content.status ?? 'current',
    labels: [...(listed.labels ?? [])].sort(),
    space: space.key,
    ...(content.parentId && { parent: content.parentId }),
    people: Object.fromEntries([...named].sort().map((accountId) => [accountId, people.name(accountId)])),
    fields: {
      ...(space.name && { space_name: space.name }),
      ...(space.homepageId === id && { homepage: true }),
      ...commentFields(comments),
    },
  };
  return { facts, body, warnings, fidelity, attachments: [] };
}

/** The comments of a document in its frontmatter; what a run compares to know whether they changed. */
export function commentFields(comments: CommentSummary | undefined): Record<string, string | number> {
  if (comments === undefined) return {};
  const { count, open, updated } = comments;
  return {
    comments: count,
    ...(open > 0 && { comments_open: open }),
    ...(updated && { comments_updated: isoDate(updated) }),
  };
}

function isoDate(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString();
}

/** The heading level of a thread's first comment; replies are below it. */
const TOP = 3;

type Read = (storage: string | undefined) => RootContent[];

function renderComments(
  { footer, inline }: ConfluenceRecord['threads'],
  read: Read,
  people: People,
): RootContent[] {
  const parts: RootContent[] = [];
  if (footer.length > 0) {
    parts.push(
      heading(2, 'Comments'),
      ...footer.flatMap((thread) => renderThread(thread, TOP, read, people)),
    );
  }
  if (inline.length > 0) {
    parts.push(
      heading(2, 'Inline comments'),
      ...inline.flatMap((thread) => renderThread(thread, TOP, read, people)),
    );
  }
  return parts.length > 0 ? [{ type: 'thematicBreak' }, ...parts] : [];
}

function renderThread(
  { comment, replies }: Thread,
  depth: number,
  read: Read,
  people: People,
): RootContent[] {
  const { version, properties, resolutionStatus, body } = comment;
  const author = version?.authorId === undefined ? undefined : people.name(version.authorId);
  const date = version?.createdAt && isoDate(version.createdAt).slice(0, 16).replace('T', ' ');
  const title = [author ?? 'Unknown', date && `${date} UTC`, version && version.number > 1 && 'edited']
    .concat(resolutionStatus === 'resolved' ? ['resolved'] : [])
    .filter(Boolean)
    .join(' · ');
  const selection = depth === TOP ? properties?.inlineOriginalSelection : undefined;
  return [
    heading(depth, title),
    ...(selection ? [quote(selection)] : []),
    ...read(body?.storage?.value),
    ...replies.flatMap((reply) => renderThread(reply, Math.min(depth + 1, 6), read, people)),
  ];
}

function heading(depth: number, value: string): Heading {
  return { type: 'heading', depth: depth as Heading['depth'], children: [{ type: 'text', value }] };
}

function quote(value: string): Blockquote {
  return { type: 'blockquote', children: [{ type: 'paragraph', children: [{ type: 'text', value }] }] };
}
