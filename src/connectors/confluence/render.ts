import type { Blockquote, Heading, Root, RootContent } from 'mdast';
import {
  addFidelity,
  type Facts,
  NO_CONSTRUCTS,
  type SourceDocument,
  type Warning,
} from '../../core/document.ts';
import { fromStorage, type Reading } from '../../markdown/index.ts';
import { type AttachmentIndex, attachmentFacts } from './attachments.ts';
import { type CommentSummary, commentsIn, summaryOf, type Thread } from './comments.ts';
import { documentContext } from './context.ts';
import { dependencyFields } from './dependencies.ts';
import type { ConfluenceRecord } from './fetch.ts';
import { contentUrl } from './model.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { People } from './people.ts';
import type { Comment } from './schema.ts';

/** The accounts that a record names; their display names must be known before it is rendered. */
export function peopleOf(record: ConfluenceRecord): Set<string> {
  const ids = authorsOf(record);
  const texts = [record.content, ...record.included.values(), ...commentsOf(record)];
  for (const { body } of texts) {
    for (const match of body?.storage?.value.matchAll(/\bri:account-id\s*=\s*["']([^"']+)["']/g) ?? [])
      ids.add(match[1] as string);
  }
  return ids;
}

function authorsOf(record: ConfluenceRecord): Set<string> {
  const { content } = record;
  const ids = [content.authorId, content.version.authorId];
  for (const { version } of commentsOf(record)) ids.push(version?.authorId);
  return new Set(ids.filter((id) => id !== undefined));
}

function commentsOf({ threads }: ConfluenceRecord): Comment[] {
  return commentsIn(threads);
}

/** What a document is rendered with besides its record. */
export interface RenderOptions {
  readonly source: string;
  readonly siteUrl: string;
  readonly people: People;
  readonly open: OpenDocuments;
  readonly attachments: AttachmentIndex;
}

export function renderDocument(options: RenderOptions, record: ConfluenceRecord): SourceDocument {
  const { source, siteUrl, people, open, attachments } = options;
  const { listed, content, threads, included, rendered } = record;
  const { id, type, space } = listed;
  const asked = documentContext({
    siteUrl,
    listed,
    content,
    included,
    rendered,
    open,
    attachments,
    person: (accountId) => people.name(accountId),
  });
  const warnings: Warning[] = [];
  let fidelity = NO_CONSTRUCTS;
  const read = (storage: string, textId?: string): Reading => {
    const reading = fromStorage(storage, { ...asked.context, ...(textId && { textId }) });
    warnings.push(...reading.warnings);
    fidelity = addFidelity(fidelity, reading.fidelity);
    return reading;
  };
  const main = read(content.body?.storage?.value ?? '');
  const readComment = ({ id, body }: Comment) =>
    body?.storage?.value ? read(body.storage.value, `comment-${id}`).root.children : [];
  const body: Root = {
    type: 'root',
    children: [...main.root.children, ...renderComments(threads, readComment, people)],
  };
  const named = new Set([...asked.people, ...authorsOf(record)]);
  const files = asked.attachments(body);
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
    ...(files.length > 0 && { attachments: files.map(attachmentFacts) }),
    fields: {
      ...(space.name && { space_name: space.name }),
      ...(space.homepageId === id && { homepage: true }),
      ...commentFields(summaryOf(threads)),
      ...dependencyFields(asked.dependencies()),
      ...(main.properties.size > 0 && { properties: Object.fromEntries(main.properties) }),
    },
  };
  return { facts, body, warnings, fidelity, attachments: files };
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

/** In UTC; what is no date stays as it is. */
export function isoDate(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString();
}

/** The heading level of a thread's first comment; replies are below it. */
const TOP = 3;

type Read = (comment: Comment) => RootContent[];

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
  const { version, properties, resolutionStatus } = comment;
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
    ...read(comment),
    ...replies.flatMap((reply) => renderThread(reply, Math.min(depth + 1, 6), read, people)),
  ];
}

function heading(depth: number, value: string): Heading {
  return { type: 'heading', depth: depth as Heading['depth'], children: [{ type: 'text', value }] };
}

function quote(value: string): Blockquote {
  return { type: 'blockquote', children: [{ type: 'paragraph', children: [{ type: 'text', value }] }] };
}
