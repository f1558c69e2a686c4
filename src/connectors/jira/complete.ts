import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { ACCESS_FIELDS, accessOf } from './access.ts';
import type { JiraClient } from './client.ts';
import { documentFailed } from './fetch.ts';
import { compare, compareKeys } from './fields.ts';
import { filesByOrder, renderedTexts, showsUnnamedFile } from './media.ts';
import { type Comment, type History, type Issue, issueAccess } from './schema.ts';

export interface CompleteIssue {
  readonly issue: Issue;
  readonly comments: readonly Comment[];
  readonly histories: readonly History[];
  /** The attachments that texts show without naming them, by the media service's ids. */
  readonly media: ReadonlyMap<string, string>;
}

export interface CompleteOptions {
  readonly client: JiraClient;
  readonly source: string;
  readonly comments: boolean;
  readonly includeRestricted: boolean;
}

export type Completion =
  | { readonly id: string; readonly complete: CompleteIssue }
  | { readonly id: string; readonly error: CtxError };

/**
 * Reads what the answers hold only in part: long comment threads and changelogs. Keeps the order of the issues. What is
 * read apart may have been written after the issue was restricted, so its access is asked for again.
 */
export async function completeIssues(
  issues: readonly Issue[],
  options: CompleteOptions,
): Promise<Completion[]> {
  const changelogs = await missingChangelogs(issues, options);
  const apart = new Set(isCtxError(changelogs) ? [] : changelogs.keys());
  const completions = await Promise.all(
    issues.map(async (issue): Promise<Completion> => {
      const { id } = issue;
      try {
        if (isCtxError(changelogs)) throw changelogs;
        const histories = changelogs.get(id) ?? issue.changelog?.histories ?? [];
        const comments = await commentsOf(issue, options, apart);
        const media = await unnamedMedia(issue, comments, options, apart);
        return { id, complete: { issue, comments, histories: [...histories].sort(byTime), media } };
      } catch (error) {
        return { id, error: documentFailed(error, id, options.source) };
      }
    }),
  );
  const closed = options.includeRestricted ? new Map<string, CtxError>() : await closedSince(apart, options);
  return completions.map((completion) => {
    const error = closed.get(completion.id);
    return error && 'complete' in completion ? { id: completion.id, error } : completion;
  });
}

/** Why those of the issues are not to be written which not everyone may see any more. */
async function closedSince(
  ids: ReadonlySet<string>,
  { client, source }: CompleteOptions,
): Promise<Map<string, CtxError>> {
  const closed = new Map<string, CtxError>();
  const close = (id: string, error: unknown) => closed.set(id, documentFailed(error, id, source));
  if (ids.size === 0) return closed;
  try {
    const { issues } = await client.bulkFetch([...ids], ACCESS_FIELDS);
    const answered = [...issues].flatMap(([id, issue]) => {
      const fields = issueAccess.safeParse(issue).data?.fields;
      return fields ? [{ id, fields }] : [];
    });
    const access = await accessOf(client, source, answered);
    for (const id of ids) {
      const answer = access.get(id) ?? ctxError('source.access-unknown', { source, id });
      const reason = 'it was restricted while it was read';
      if (isCtxError(answer)) close(id, answer);
      else if (answer === 'restricted') close(id, ctxError('source.document-failed', { source, id, reason }));
    }
  } catch (error) {
    for (const id of ids) close(id, error);
  }
  return closed;
}

/** The changelog inside an issue has the latest changes only (`total` tells), or is not there. */
async function missingChangelogs(
  issues: readonly Issue[],
  { client }: CompleteOptions,
): Promise<Map<string, History[]> | CtxError> {
  const ids = issues
    .filter(({ changelog }) => !changelog || (changelog.total ?? 0) > changelog.histories.length)
    .map(({ id }) => id);
  if (ids.length === 0) return new Map();
  try {
    const found = await client.changelogs(ids);
    return new Map(ids.map((id) => [id, found.get(id) ?? []]));
  } catch (error) {
    if (isCtxError(error)) return error;
    throw error;
  }
}

/** The list inside an issue is capped and lacks the oldest comments when `total` is larger. */
async function commentsOf(
  { id, fields }: Issue,
  options: CompleteOptions,
  apart: Set<string>,
): Promise<Comment[]> {
  if (!options.comments) return [];
  const embedded = fields.comment;
  const isWhole = embedded && (embedded.total ?? 0) <= embedded.comments.length;
  if (!isWhole) apart.add(id);
  const all = isWhole ? [...embedded.comments] : await options.client.comments(id);
  const shown = options.includeRestricted ? all : all.filter(({ visibility }) => visibility == null);
  return shown.sort(byTime);
}

/** Asks for the rendered texts of an issue only if one shows a file that its name does not tell. */
async function unnamedMedia(
  { id, fields }: Issue,
  comments: readonly Comment[],
  { client }: CompleteOptions,
  apart: Set<string>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(fields.attachment?.map(({ filename }) => filename));
  const texts = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => showsUnnamedFile(value, names)),
  );
  const showing = comments.filter(({ body }) => showsUnnamedFile(body, names));
  if (names.size === 0 || Object.keys(texts).length + showing.length === 0) return new Map();
  apart.add(id);
  const rendered = await client.rendered(id, [...Object.keys(texts), 'comment']);
  return filesByOrder(renderedTexts(rendered, texts, showing));
}

interface Dated {
  readonly id?: string | null | undefined;
  readonly created?: string | null | undefined;
}

function byTime(a: Dated, b: Dated): number {
  return compare(a.created ?? '', b.created ?? '') || compareKeys(a.id ?? '', b.id ?? '');
}
