import * as jira from 'jira.js/cloud';
import { batches } from '../../core/concurrently.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { AtlassianTransport } from '../../http/atlassian-transport.ts';
import type { Offer } from '../contract.ts';
import { followPages } from '../pages.ts';
import { among } from './jql.ts';
import {
  bulkChangelogs,
  bulkIssues,
  type Comment,
  commentPage,
  type FieldList,
  fieldList,
  type History,
  type Issue,
  issue,
  myself,
  parse,
  projectPage,
  type RenderedFields,
  renderedIssue,
  searchPage,
  type User,
  userPage,
} from './schema.ts';

/** One row of a search: an id, and when the issue changed last if that was asked for. */
export interface SearchRow {
  readonly id: string;
  readonly updated: string | undefined;
}

/** What `issue/bulkfetch` says of the ids it was asked for. An id in none of the maps was left out silently. */
export interface BulkAnswer {
  readonly issues: ReadonlyMap<string, unknown>;
  readonly errors: ReadonlyMap<string, string>;
}

export type JiraClient = ReturnType<typeof createJiraClient>;

/** `issue/bulkfetch` takes at most so many ids, `user/bulk` so many account ids in an address of sane length. */
export const ISSUES_PER_REQUEST = 100;
/** The most that a search takes for `reconcileIssues`. */
const RECONCILED_PER_REQUEST = 50;
const PEOPLE_PER_REQUEST = 100;
const ROWS_PER_PAGE = 5000;
const COMMENTS_PER_PAGE = 100;
const CHANGES_PER_PAGE = 1000;
/** The most that the project search gives. */
const PROJECTS_PER_PAGE = 50;

/** The calls this connector makes, each with its answer checked. Errors are those of the catalogue. */
export function createJiraClient(transport: AtlassianTransport, source: string) {
  function search(
    jql: string,
    what: string,
    fields: readonly string[],
    reconciled: readonly string[] = [],
  ): AsyncIterable<readonly SearchRow[]> {
    return followPages({ source, what }, async (nextPageToken) => {
      const answer = await jira.searchAndReconsileIssuesUsingJqlPost(transport, {
        jql,
        fields: [...fields],
        maxResults: ROWS_PER_PAGE,
        ...(reconciled.length > 0 && { reconcileIssues: reconciled.map(Number) }),
        ...(nextPageToken !== undefined && { nextPageToken }),
      });
      const page = parse(searchPage, answer, source, what);
      const items = page.issues.map(({ id, fields: row }) => ({ id, updated: row?.updated ?? undefined }));
      return { items, next: page.nextPageToken ?? undefined };
    });
  }

  async function* users(accountId: readonly string[]): AsyncGenerator<User> {
    for (let startAt = 0; startAt < accountId.length; ) {
      // jira.js has no function for this endpoint.
      const answer = await transport.sendRequest<unknown>({
        url: '/rest/api/3/user/bulk',
        searchParams: { accountId, startAt, maxResults: PEOPLE_PER_REQUEST },
      });
      const { values, isLast, total } = parse(userPage, answer, source, 'display names');
      yield* values;
      startAt += values.length;
      if (values.length === 0 || isLast === true || (total != null && startAt >= total)) return;
    }
  }

  return {
    async listIds(jql: string, what: string): Promise<string[]> {
      const ids: string[] = [];
      for await (const rows of search(jql, what, ['id'])) ids.push(...rows.map(({ id }) => id));
      return ids;
    },

    /**
     * Those of the ids that the query finds. All of them must exist. The index may not have seen yet why they are found, so
     * each is looked at as it is (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/).
     */
    async listAmong(jql: string, ids: readonly string[], what: string): Promise<string[]> {
      const found: string[] = [];
      for (const batch of batches(ids, RECONCILED_PER_REQUEST)) {
        const rows = search(among(jql, batch), what, ['id'], batch);
        for await (const page of rows) found.push(...page.map(({ id }) => id));
      }
      return found;
    },

    async listUpdated(jql: string, what: string): Promise<SearchRow[]> {
      const all: SearchRow[] = [];
      for await (const rows of search(jql, what, ['updated'])) all.push(...rows);
      return all;
    },

    /** When the first issue of a query changed last. Undefined when there is none. */
    async firstUpdated(jql: string, what: string): Promise<string | undefined> {
      const answer = await jira.searchAndReconsileIssuesUsingJqlPost(transport, {
        jql,
        fields: ['updated'],
        maxResults: 1,
      });
      return parse(searchPage, answer, source, what).issues[0]?.fields?.updated ?? undefined;
    },

    /** At most {@link ISSUES_PER_REQUEST} ids. The issues are unchecked, so that a bad one fails alone. */
    async bulkFetch(
      ids: readonly string[],
      fields: readonly string[],
      expand: string[] = [],
    ): Promise<BulkAnswer> {
      const answer = await jira.bulkFetchIssues(transport, {
        issueIdsOrKeys: [...ids],
        fields: [...fields],
        ...(expand.length > 0 && { expand }),
      });
      const { issues, issueErrors } = parse(bulkIssues, answer, source, 'issues in bulk');
      return {
        issues: new Map(issues.map((item) => [item.id, item])),
        errors: new Map(
          (issueErrors ?? []).flatMap(({ id, errorMessage }) =>
            id == null ? [] : [[id, errorMessage ?? 'no reason was given'] as const],
          ),
        ),
      };
    },

    /** Undefined when the issue is gone or out of sight (404). */
    async fetchOne(id: string, fields: readonly string[], expand: string[]): Promise<unknown> {
      try {
        return await jira.getIssue(transport, {
          issueIdOrKey: encodeURIComponent(id),
          fields: [fields.join(',')],
          expand: expand.join(','),
        });
      } catch (error) {
        if (isCtxError(error) && error.is('http.not-found')) return undefined;
        throw error;
      }
    },

    checkIssue(answer: unknown, id: string): Issue {
      return parse(issue, answer, source, `issue ${id}`);
    },

    /** The issue's texts as Jira shows them, of the fields named. */
    async rendered(id: string, fields: readonly string[]): Promise<RenderedFields> {
      const answer = await jira.getIssue(transport, {
        issueIdOrKey: encodeURIComponent(id),
        fields: [fields.join(',')],
        expand: 'renderedFields',
      });
      return parse(renderedIssue, answer, source, `the rendered texts of issue ${id}`).renderedFields;
    },

    async comments(id: string): Promise<Comment[]> {
      const what = `comments of issue ${id}`;
      const all = new Map<string, Comment>();
      for (let startAt = 0; ; ) {
        const answer = await jira.getComments(transport, {
          issueIdOrKey: encodeURIComponent(id),
          startAt,
          maxResults: COMMENTS_PER_PAGE,
          orderBy: 'created',
        });
        const { comments, total } = parse(commentPage, answer, source, what);
        for (const comment of comments) all.set(comment.id, comment);
        startAt += comments.length;
        const isEnd = comments.length === 0 || (total != null && startAt >= total);
        if (!isEnd) continue;
        // The same ones may have come twice, in the place of others.
        if (total == null || all.size >= total) return [...all.values()];
        const problem = `${total} were announced and ${all.size} came`;
        throw ctxError('source.unexpected-answer', { source, what, problem });
      }
    },

    /** Whole changelogs by issue id; an issue that never changed has none. At most 1,000 ids. */
    async changelogs(ids: readonly string[]): Promise<Map<string, History[]>> {
      const what = 'changelogs in bulk';
      const result = new Map<string, History[]>();
      const pages = followPages({ source, what }, async (nextPageToken) => {
        const answer = await jira.getBulkChangelogs(transport, {
          issueIdsOrKeys: [...ids],
          maxResults: CHANGES_PER_PAGE,
          ...(nextPageToken !== undefined && { nextPageToken }),
        });
        const page = parse(bulkChangelogs, answer, source, what);
        return { items: page.issueChangeLogs, next: page.nextPageToken ?? undefined };
      });
      for await (const page of pages) {
        for (const { issueId, changeHistories } of page)
          result.set(issueId, [...(result.get(issueId) ?? []), ...(changeHistories ?? [])]);
      }
      return result;
    },

    async fields(): Promise<FieldList> {
      return parse(fieldList, await jira.getFields(transport), source, 'the list of fields');
    },

    /** What the person is called whose token it is. */
    async ownName(): Promise<string> {
      const what = 'the account';
      return parse(myself, await jira.getCurrentUser(transport), source, what).displayName;
    },

    /** The projects that the account may browse, by their keys. */
    async *projects(): AsyncGenerator<Offer> {
      const what = 'the list of projects';
      const pages = followPages({ source, what }, async (token) => {
        const startAt = Number(token ?? 0);
        const answer = await jira.searchProjects(transport, {
          startAt,
          maxResults: PROJECTS_PER_PAGE,
          orderBy: 'key',
        });
        const { values, isLast, total } = parse(projectPage, answer, source, what);
        const read = startAt + values.length;
        const isEnd = isLast === true || values.length === 0 || (total != null && read >= total);
        return { items: values, next: isEnd ? undefined : String(read) };
      });
      for await (const page of pages)
        for (const { key, name } of page) yield { kind: 'project', key, name: name ?? key };
    },

    /** Account id to display name of those that the service knows. */
    async displayNames(accountIds: readonly string[]): Promise<Map<string, string>> {
      const names = new Map<string, string>();
      for (let start = 0; start < accountIds.length; start += PEOPLE_PER_REQUEST) {
        const accountId = accountIds.slice(start, start + PEOPLE_PER_REQUEST);
        for await (const { accountId: id, displayName } of users(accountId)) {
          if (id && displayName) names.set(id, displayName);
        }
      }
      return names;
    },
  };
}
