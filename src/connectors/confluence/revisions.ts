import type { Facts, SourceDocument } from '../../core/document.ts';
import { isCtxError } from '../../core/errors/index.ts';
import type { Revision, RevisionsWanted } from '../contract.ts';
import { toTell } from '../revisions.ts';
import type { StillOpen } from './bodies.ts';
import type { ConfluenceClient } from './client.ts';
import { commentsIn, type Thread } from './comments.ts';
import type { ConfluenceRecord } from './fetch.ts';
import type { IncludedPages } from './includes.ts';
import { contentUrl } from './model.ts';
import { isoDate, type RenderOptions, renderDocument } from './render.ts';
import type { Content, Version } from './schema.ts';

export interface HistoryOptions {
  readonly client: ConfluenceClient;
  readonly isOpen: StillOpen;
  readonly includedPages: IncludedPages;
  readonly known: (id: string) => Facts | undefined;
  readonly wanted: RevisionsWanted;
}

/** A document with its former contents, the oldest first. */
export interface RecordWithHistory extends ConfluenceRecord {
  readonly former: readonly Content[];
}

/**
 * Reads the versions of a document that are to be told. They are read after the document, which may have been restricted
 * since, so its access is asked for again; who may read it now judges them all.
 */
export async function readHistory(
  { client, isOpen, includedPages, known, wanted }: HistoryOptions,
  record: ConfluenceRecord,
): Promise<RecordWithHistory> {
  const { listed, content } = record;
  const { since, max = Number.POSITIVE_INFINITY } = wanted;
  const last = knownVersion(known(listed.id), wanted);
  const isOnlyOne = last === 0 && (max === 1 || dateOf(content) <= (since ?? ''));
  if (content.version.number <= last + 1 || isOnlyOne) return { ...record, former: [] };
  const former: Content[] = [];
  for await (const version of client.versions(listed.type, listed.id)) {
    if (version.number >= content.version.number) continue;
    if (version.number <= last) break;
    former.unshift(contentOf(content, version));
    const isFirst = last === 0 && (former.length >= max - 1 || dateOf(former[0]) <= (since ?? ''));
    if (isFirst) break;
  }
  const error = await isOpen(listed, content);
  if (error) throw error;
  const texts = former.map(({ body }) => ({ storage: body?.storage?.value ?? '', space: listed.space.key }));
  // Of pages that are gone or closed since, a former version shows the link.
  const [included = new Map()] = await includedPages.of([texts], new Map());
  if (isCtxError(included)) throw included;
  return { ...record, former, included: new Map([...included, ...record.included]) };
}

/** One change of a document, and the document as it left it. */
export interface ToldState {
  readonly revision: Revision;
  /** Absent for the last change: that is the document as it is now. */
  readonly document?: SourceDocument;
}

/** The versions and comments of a document that the repository has not, in the order of time. */
export function* renderHistory(
  options: RenderOptions,
  record: RecordWithHistory,
  facts: Facts | undefined,
  wanted: RevisionsWanted,
): Generator<ToldState> {
  const contents = [...record.former, record.content];
  const comments = commentsIn(record.threads);
  const news = isNews(facts, wanted);
  const happenings = [
    ...contents.map((content, n) => versionTold(options, record, content, contents[n - 1])),
    ...comments.flatMap(({ id, version }): Revision[] => {
      if (!version?.createdAt) return [];
      const date = isoDate(version.createdAt);
      const url = `${urlOf(options, record)}?focusedCommentId=${id}`;
      const message = version.number > 1 ? 'comment edited' : 'comment';
      return [{ date, ...authorOf(options, version.authorId), message, url }];
    }),
  ].sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
  const told = facts && !wanted.anew ? happenings.filter(news) : toTell(happenings, wanted);
  for (const [n, revision] of told.entries()) {
    if (n === told.length - 1) yield { revision };
    else yield { revision, document: renderDocument(options, stateAt(record, contents, revision.date)) };
  }
}

function versionTold(
  options: RenderOptions,
  record: ConfluenceRecord,
  content: Content,
  before: Content | undefined,
): Revision {
  const { number, authorId, message: note } = content.version;
  const isRenamed = before !== undefined && before.title !== content.title;
  const message =
    note ||
    (isRenamed ? `renamed from ${before.title}` : undefined) ||
    (number === 1 ? 'created' : undefined);
  const query = `pageId=${record.listed.id}&pageVersion=${number}`;
  return {
    date: dateOf(content),
    ...authorOf(options, authorId),
    ...(message && { message }),
    number,
    url: `${options.siteUrl}/wiki/pages/viewpage.action?${query}`,
  };
}

function stateAt(record: RecordWithHistory, contents: readonly Content[], date: string): ConfluenceRecord {
  const at = contents.findLast((content) => dateOf(content) <= date) ?? (contents[0] as Content);
  const written = (threads: readonly Thread[]): Thread[] =>
    threads.flatMap(({ comment, replies }) => {
      const isThere = isoDate(comment.version?.createdAt ?? '') <= date;
      return isThere ? [{ comment, replies: written(replies) }] : [];
    });
  const { footer, inline } = record.threads;
  return { ...record, content: at, threads: { footer: written(footer), inline: written(inline) } };
}

/** What the repository's version of a document does not have yet. */
function isNews(facts: Facts | undefined, wanted: RevisionsWanted): (happening: Revision) => boolean {
  const version = knownVersion(facts, wanted);
  const commented = String(facts?.fields?.comments_updated ?? '');
  return ({ number, date }) => (number === undefined ? date > commented : number > version);
}

function knownVersion(facts: Facts | undefined, { anew }: RevisionsWanted): number {
  return anew ? 0 : (facts?.version ?? 0);
}

/** A version has title and text of its own; place, labels and the rest are today's. */
function contentOf(
  content: Content,
  { number, createdAt, authorId, message, title, body }: Version,
): Content {
  return { ...content, title, body, version: { number, createdAt, authorId, message } };
}

function authorOf({ people }: RenderOptions, id: string | undefined): Pick<Revision, 'author'> {
  return id === undefined ? {} : { author: { id, name: people.name(id) } };
}

function urlOf({ siteUrl }: RenderOptions, { listed, content }: ConfluenceRecord): string {
  return contentUrl(siteUrl, listed.space.key, listed.type, listed.id, content.createdAt);
}

const dateOf = (content: Content | undefined): string =>
  isoDate(content?.version.createdAt ?? content?.createdAt ?? '');
