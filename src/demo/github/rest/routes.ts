import { type Answer, ok } from '../../answer.ts';
import { findRepository } from '../lookup.ts';
import { sortedFacts } from '../order.ts';
import { MAX_RESULTS, QueryError, searchItems } from '../search.ts';
import type { Item, PullRequest, Repository } from '../workspace.ts';
import { type InRepository, notFound, type RestCall, restError } from './call.ts';
import { contents, readme } from './contents.ts';
import { issueCommentView, issueView, pullView } from './items.ts';
import { linkHeader, listed, pageAsked, slice } from './paging.ts';
import { ownUser } from './people.ts';
import { files, reviewComments } from './pulls.ts';
import { releases } from './releases.ts';
import { fullRepositoryView, repositoryView } from './repositories.ts';
import { timeline } from './timeline.ts';

type Routes<C> = readonly (readonly [path: RegExp, answer: (call: C) => Answer])[];

const routes: Routes<RestCall> = [
  [/^\/user$/, user],
  [/^\/user\/repos$/, (call) => repositories(call, () => true)],
  [
    /^\/orgs\/(?<org>[^/]+)\/repos$/,
    (call) => {
      const { org = '' } = call.params;
      if (call.workspace.accounts.get(org)?.kind !== 'Organization') return notFound();
      return repositories(call, ({ owner }) => owner === org);
    },
  ],
  [/^\/search\/issues$/, search],
  [/^\/repos\/(?<owner>[^/]+)\/(?<name>[^/]+)(?<rest>\/.*)?$/, repositoryByName],
  [/^\/repositories\/(?<id>\d+)(?<rest>\/.*)?$/, repositoryById],
];

const inRepository: Routes<InRepository> = [
  [/^$/, (call) => ok(fullRepositoryView(call, call.repository))],
  [/^\/issues$/, issues],
  [/^\/issues\/(?<number>\d+)$/, (call) => withItem(call, (item) => ok(issueView(call, item)))],
  [
    /^\/issues\/(?<number>\d+)\/comments$/,
    (call) =>
      withItem(call, (item) =>
        listed(call, item.comments, (comment) => issueCommentView(call, item, comment)),
      ),
  ],
  [/^\/issues\/(?<number>\d+)\/timeline$/, (call) => withItem(call, (item) => timeline(call, item))],
  [/^\/pulls\/(?<number>\d+)$/, (call) => withPull(call, (pull) => ok(pullView(call, pull)))],
  [/^\/pulls\/(?<number>\d+)\/files$/, (call) => withPull(call, (pull) => files(call, pull))],
  [/^\/pulls\/(?<number>\d+)\/comments$/, (call) => withPull(call, (pull) => reviewComments(call, pull))],
  [/^\/releases$/, releases],
  [/^\/readme$/, readme],
  [/^\/contents(?:\/(?<path>.*))?$/, contents],
];

/** The answer of the REST API; undefined where it has nothing at this path. */
export function answerRest(call: RestCall): Answer {
  return dispatch(routes, call.path, call) ?? notFound();
}

function dispatch<C extends RestCall>(table: Routes<C>, path: string, call: C): Answer | undefined {
  for (const [pattern, answer] of table) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
    const params = Object.fromEntries(named.map(([name, value]) => [name, decodeURIComponent(value)]));
    return answer({ ...call, params });
  }
  return undefined;
}

function user(call: RestCall): Answer {
  const account = call.workspace.accounts.get(call.workspace.viewer);
  return account === undefined ? notFound() : ok(ownUser(call, account));
}

function repositories(call: RestCall, isMeant: (repository: Repository) => boolean): Answer {
  const readable = [...call.workspace.repositories.values()].filter((each) => each.readable && isMeant(each));
  const sorted = readable.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return listed(call, sorted, (repository) => repositoryView(call, repository));
}

function repositoryByName(call: RestCall): Answer {
  const { owner = '', name = '', rest = '' } = call.params;
  const found = findRepository(call.workspace, owner, name);
  if (found === undefined) return notFound();
  if (found.renamed) return moved(call, `/repositories/${found.repository.databaseId}${rest}`);
  return within(call, found.repository, rest);
}

function repositoryById(call: RestCall): Answer {
  const { id, rest = '' } = call.params;
  const repository = call.workspace.repositories.get(Number(id));
  return repository === undefined || !repository.readable ? notFound() : within(call, repository, rest);
}

function within(call: RestCall, repository: Repository, rest: string): Answer {
  return dispatch(inRepository, rest, { ...call, repository }) ?? notFound();
}

function moved({ api, query }: RestCall, path: string): Answer {
  const url = `${api}${path}${query.size === 0 ? '' : `?${query}`}`;
  const body = { message: 'Moved Permanently', url, documentation_url: 'https://docs.github.com/rest' };
  return { status: 301, headers: { location: url }, body };
}

function withItem(call: InRepository, answer: (item: Item) => Answer): Answer {
  const { repository, faults, workspace } = call;
  const number = Number(call.params.number);
  const item = repository.items.get(number);
  if (faults.forbidden.has(`${repository.owner}/${repository.name}#${number}`)) return notFound();
  if (item !== undefined) return answer(item);
  if (repository.deleted.has(number)) return restError(410, 'This issue was deleted');
  const place = repository.moved.get(number);
  const target = workspace.repositories.get(place?.repository ?? 0);
  if (place === undefined || target === undefined || !target.readable) return notFound();
  const rest = /^.*?\/issues\/\d+(.*)$/.exec(call.path)?.[1] ?? '';
  return moved(call, `/repositories/${target.databaseId}/issues/${place.number}${rest}`);
}

function withPull(call: InRepository, answer: (pull: PullRequest) => Answer): Answer {
  return withItem(call, (item) => (item.kind === 'pull' ? answer(item) : notFound()));
}

/** Issues and pull requests, the newest first unless told otherwise; only open ones unless told otherwise. */
function issues(call: InRepository): Answer {
  const { query, repository } = call;
  const state = query.get('state') ?? 'open';
  const since = query.get('since');
  const by = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const order = { by, descending: query.get('direction') !== 'asc' } as const;
  if (!['open', 'closed', 'all'].includes(state)) return restError(422, 'Validation Failed');
  if (since !== null && Number.isNaN(Date.parse(since))) return restError(422, 'Validation Failed');
  const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
  const shown = sortedFacts(repository.items.facts(), order)
    .filter((facts) => state === 'all' || (facts.state === 'OPEN') === (state === 'open'))
    .filter(({ updatedAt }) => since === null || Date.parse(updatedAt) >= Date.parse(since))
    .filter(({ number }) => labels.every((label) => repository.items.get(number)?.labels.includes(label)));
  return listed(call, shown, ({ number }) => issueView(call, repository.items.get(number) as Item));
}

/** https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests */
function search(call: RestCall): Answer {
  const { workspace, query, faults } = call;
  const page = pageAsked(call);
  if ((query.get('q') ?? '') === '') return restError(422, 'Validation Failed');
  if ((page.number - 1) * page.size >= MAX_RESULTS)
    return restError(422, 'Only the first 1000 search results are available');
  const order = {
    by: query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt',
    descending: query.get('order') !== 'asc',
  } as const;
  try {
    const { total, found } = searchItems(workspace, query.get('q') ?? '', { order, lag: faults.searchLag });
    const items = slice(found, page).map(({ repository, item }) => ({
      ...issueView({ ...call, repository }, item),
      score: 1,
    }));
    const headers = linkHeader(call, page, Math.ceil(found.length / page.size));
    return {
      status: 200,
      headers,
      body: { total_count: total, incomplete_results: false, search_type: 'lexical', items },
    };
  } catch (error) {
    if (error instanceof QueryError) return restError(422, error.message);
    throw error;
  }
}
