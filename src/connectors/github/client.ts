import type { z } from 'zod';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { GithubParameters, GithubTransport } from '../../http/github-transport.ts';
import { followPages } from '../pages.ts';
import {
  account,
  type Listed,
  type ListedRelease,
  listedPage,
  numbered,
  type Overview,
  overview,
  type Readme,
  type RestIssue,
  readme,
  releasePage,
  restIssues,
  restRepositories,
  searchPage,
} from './listing-schema.ts';
import { ACCOUNTS, LISTINGS, NAMES, OVERVIEW, REST } from './queries.ts';
import { type Connection, connections } from './schema.ts';

/** The most that a page of the REST API holds, and ids that a query may name. */
const PER_PAGE = 100;
/** Pages may come empty, or again, once or twice. */
const IDLE_PAGES = 5;
/** What a search tells at most: https://docs.github.com/en/rest/search/search#about-search */
const SEARCHED_PAGES = 10;

export type GithubClient = ReturnType<typeof createGithubClient>;

/** What a search found; `isWhole` if it told all of it. */
export interface Search {
  readonly items: readonly RestIssue[];
  readonly found: number;
  readonly isWhole: boolean;
}

/** What is asked of GitHub, with each answer checked. Listings end only where GitHub says that they end. */
export function createGithubClient(transport: GithubTransport, source: string) {
  function checked<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const problem = `${issue?.path.join('.') || 'the answer'} is not as expected (${issue?.code ?? 'unknown'})`;
    throw unexpected(what, problem);
  }

  function unexpected(what: string, problem: string) {
    return ctxError('source.unexpected-answer', { source, what, problem });
  }

  function nextOf({ pageInfo }: Connection<unknown>, what: string): string | undefined {
    if (!pageInfo.hasNextPage) return undefined;
    if (pageInfo.endCursor) return pageInfo.endCursor;
    throw unexpected(what, 'more is there, but no cursor leads to it');
  }

  async function rest<S extends z.ZodType>(
    schema: S,
    path: string,
    parameters: GithubParameters,
    what: string,
  ): Promise<z.output<S>> {
    return checked(schema, await transport.rest(path, parameters, what), what);
  }

  /** One field of the answer, all of which has to be there. */
  async function graphql(
    query: { readonly name: string; readonly text: string },
    variables: { readonly [name: string]: unknown },
    field: string,
    what: string,
  ): Promise<unknown> {
    const { data, errors } = await transport.graphql({ ...query, variables }, what);
    const [failure] = errors;
    if (failure === undefined) return data[field];
    throw ctxError('github.query-failed', { source, query: query.name, what, reason: failure.type });
  }

  /** What is at a field of a node, page by page; after one that `isEnough`, no other is asked for. */
  async function* connectionOf<T>(
    query: { readonly name: string; readonly text: string; readonly field: string },
    schema: z.ZodType<Connection<T>>,
    { id, after }: { readonly id: string; readonly after?: string | undefined },
    what: string,
    isEnough: (page: Connection<T>) => boolean = () => false,
  ): AsyncGenerator<Connection<T>> {
    let idle = 0;
    const page = async (token: string | undefined) => {
      const cursor = token ?? after ?? null;
      const node = await graphql(query, { id, after: cursor }, 'node', what);
      const found = checked(schema, (node as Record<string, unknown> | null)?.[query.field], what);
      idle = found.nodes.length > 0 ? 0 : idle + 1;
      if (idle > IDLE_PAGES) throw unexpected(what, `${idle} empty pages came in a row`);
      return { items: [found], next: isEnough(found) ? undefined : nextOf(found, what) };
    };
    for await (const pages of followPages({ source, what }, page)) yield* pages;
  }

  /** All of a listing, which has to be as long as it says of itself. */
  async function listAll<T>(
    query: { readonly name: string; readonly text: string; readonly field: string },
    schema: z.ZodType<Connection<T>>,
    id: string,
    what: string,
  ): Promise<T[]> {
    const all: T[] = [];
    let told = 0;
    let total = 0;
    for await (const { nodes, totalCount } of connectionOf(query, schema, { id }, what)) {
      told += nodes.length;
      total = totalCount ?? 0;
      for (const node of nodes) if (node !== null) all.push(node);
    }
    if (told >= total) return all;
    throw unexpected(what, `it told ${told} of ${total}`);
  }

  async function searchOnce(query: string, view: string): Promise<Search> {
    const items = new Map<string, RestIssue>();
    let isComplete = true;
    let found = 0;
    for (let page = 1; page <= SEARCHED_PAGES; page += 1) {
      const parameters = { q: query, sort: 'created', order: 'asc', per_page: PER_PAGE, page };
      const result = await rest(searchPage, '/search/issues', parameters, `view ${view}`);
      found = result.total_count;
      isComplete &&= !result.incomplete_results;
      for (const item of result.items) items.set(item.node_id, item);
      if (result.items.length === 0 || items.size >= found) break;
    }
    return { items: [...items.values()], found, isWhole: isComplete && items.size >= found };
  }

  return {
    transport,

    /** Whether the token is good for anything. */
    async connect(): Promise<void> {
      await graphql(
        { name: 'Connect', text: 'query Connect { __typename }' },
        {},
        '__typename',
        'connecting',
      );
    },

    /** Undefined for a repository that is not there, or not for this token. */
    async overview(repository: string): Promise<Overview | undefined> {
      const [owner, name] = repository.split('/');
      const what = `repository ${repository}`;
      const { data, errors } = await transport.graphql(
        { name: 'Overview', text: OVERVIEW, variables: { owner, name } },
        what,
      );
      const [failure] = errors;
      if (failure === undefined) return checked(overview, data.repository, what);
      if (failure.type === 'NOT_FOUND' && failure.path.length === 1) return undefined;
      throw ctxError('github.query-failed', { source, query: 'Overview', what, reason: failure.type });
    },

    /** The repositories of an owner but forks, by their names. */
    async repositoriesOf(owner: string): Promise<string[]> {
      const what = `the repositories of ${owner}`;
      const list = async (path: string) => {
        const names = new Set<string>();
        for (let page = 1, idle = 0; ; ) {
          const { value, next } = await transport.restPage(path, { per_page: PER_PAGE, page }, what);
          const found = checked(restRepositories, value, what);
          for (const { full_name: name, fork } of found) if (!fork) names.add(name);
          if (next === undefined) return [...names];
          idle = next > page && found.length > 0 ? 0 : idle + 1;
          if (idle > IDLE_PAGES) throw unexpected(what, `${idle} pages in a row told nothing new`);
          page = next;
        }
      };
      try {
        return await list(`/orgs/${owner}/repos`);
      } catch (error) {
        if (!isCtxError(error) || !error.is('http.not-found')) throw error;
        return list(`/users/${owner}/repos`);
      }
    },

    /** What repositories are called now, by their ids; those that are gone, or closed to the token, are left out. */
    async repositoryNames(ids: readonly string[]): Promise<Map<string, string>> {
      const names = new Map<string, string>();
      for (let at = 0; at < ids.length; at += PER_PAGE) {
        const variables = { ids: ids.slice(at, at + PER_PAGE) };
        const { data } = await transport.graphql({ name: 'Names', text: NAMES, variables }, 'repositories');
        for (const node of Array.isArray(data.nodes) ? data.nodes : []) {
          const { id, nameWithOwner } = (node ?? {}) as Record<string, unknown>;
          if (typeof id === 'string' && typeof nameWithOwner === 'string') names.set(id, nameWithOwner);
        }
      }
      return names;
    },

    /**
     * Issues and pull requests that were updated since a moment, the oldest update first. Each page begins where the last one
     * ended by its time, not by its number: what is updated meanwhile moves to the end, and others move up.
     */
    async *updatedSince(repository: string, since: string): AsyncGenerator<readonly RestIssue[]> {
      const what = `what changed in ${repository}`;
      const seen = new Map<string, string>();
      let from = since;
      for (let page = 1, idle = 0; ; ) {
        const { value, next } = await transport.restPage(
          `/repos/${repository}/issues`,
          { state: 'all', sort: 'updated', direction: 'asc', since: from, per_page: PER_PAGE, page },
          what,
        );
        const found = checked(restIssues, value, what);
        const fresh = found.filter(({ node_id: id, updated_at: updated }) => seen.get(id) !== updated);
        for (const { node_id: id, updated_at: updated } of fresh) seen.set(id, updated);
        if (fresh.length > 0) yield fresh;
        if (next === undefined) return;
        idle = fresh.length > 0 ? 0 : idle + 1;
        if (idle > IDLE_PAGES) throw unexpected(what, `${idle} pages in a row told nothing new`);
        const latest = found.reduce((last, { updated_at: at }) => (at > last ? at : last), from);
        if (latest > from && fresh.length > 0) [from, page] = [latest, 1];
        else page = next;
      }
    },

    /** The id of what has a number now; undefined for what is not there any more. */
    async idOf(repository: string, kind: 'pulls' | 'issues', number: number): Promise<string | undefined> {
      try {
        const path = `/repos/${repository}/${kind}/${number}`;
        return (await rest(numbered, path, {}, `${repository}#${number}`)).node_id;
      } catch (error) {
        if (isCtxError(error) && (error.is('http.not-found') || error.is('http.gone'))) return undefined;
        throw error;
      }
    },

    /** Issues and pull requests that a search finds. Some tokens may search for one of them at a time only, and so it is done. */
    async search(query: string, view: string): Promise<Search> {
      const isOfKind = /\b(?:is|type):(?:issue|pr|pull-request)\b/i.test(query);
      const queries = isOfKind ? [query] : ['issue', 'pull-request'].map((kind) => `${query} is:${kind}`);
      const results: Search[] = [];
      for (const each of queries) results.push(await searchOnce(each, view));
      return {
        items: results.flatMap(({ items }) => items),
        found: results.reduce((sum, { found }) => sum + found, 0),
        isWhole: results.every(({ isWhole }) => isWhole),
      };
    },

    /** Undefined where there is none. */
    async readme(repository: string): Promise<Readme | undefined> {
      try {
        return await rest(readme, `/repos/${repository}/readme`, {}, `the readme of ${repository}`);
      } catch (error) {
        if (isCtxError(error) && error.is('http.not-found')) return undefined;
        throw error;
      }
    },

    /** All of one kind. */
    all(kind: 'issues' | 'pulls' | 'discussions', repositoryId: string, what: string): Promise<Listed[]> {
      return listAll(LISTINGS[kind], listedPage, repositoryId, what);
    },

    releases(repositoryId: string, what: string): Promise<ListedRelease[]> {
      return listAll(LISTINGS.releases, releasePage, repositoryId, what);
    },

    /** Discussions, the last updated first, until there is none left that was updated since. */
    async *discussionsSince(id: string, since: string, what: string): AsyncGenerator<Listed> {
      const isOlder = (node: Listed | null) => node !== null && node.updatedAt < since;
      const isEnough = ({ nodes }: Connection<Listed>) => nodes.some(isOlder);
      const query = LISTINGS.changedDiscussions;
      for await (const { nodes } of connectionOf(query, listedPage, { id }, what, isEnough))
        for (const node of nodes) if (node !== null && !isOlder(node)) yield node;
    },

    /** What follows the first page of a connection. */
    async *rest<K extends keyof typeof REST>(
      kind: K,
      id: string,
      first: Connection<unknown>,
      what: string,
    ): AsyncGenerator<NonNullable<z.output<(typeof connections)[K]>['nodes'][number]>> {
      const after = nextOf(first, what);
      if (after === undefined) return;
      const query = REST[kind];
      const schema = connections[kind] as unknown as z.ZodType<Connection<never>>;
      for await (const { nodes } of connectionOf(query, schema, { id, after }, what))
        for (const node of nodes) if (node !== null) yield node;
    },

    /** What people and bots are called now; those whose accounts are gone are left out. */
    async logins(ids: readonly string[]): Promise<Map<string, string>> {
      const logins = new Map<string, string>();
      for (let at = 0; at < ids.length; at += PER_PAGE) {
        const variables = { ids: ids.slice(at, at + PER_PAGE) };
        const { data } = await transport.graphql({ name: 'Accounts', text: ACCOUNTS, variables }, 'names');
        for (const node of Array.isArray(data.nodes) ? data.nodes : []) {
          const found = account.safeParse(node).data;
          if (found?.id) logins.set(found.id, found.login);
        }
      }
      return logins;
    },
  };
}
