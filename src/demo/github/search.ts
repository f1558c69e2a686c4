import { textOf } from '../workspace/model.ts';
import { changesSince } from './journal.ts';
import { involved } from './lookup.ts';
import { type Order, sorted } from './order.ts';
import { type Facts, toFacts } from './shelf.ts';
import { type GithubWorkspace, type Item, nameOf, type Repository } from './workspace.ts';

export interface Found {
  readonly repository: Repository;
  readonly item: Item;
}

export interface SearchResult {
  /** How many there are, also beyond those that are shown. */
  readonly total: number;
  readonly found: readonly Found[];
}

/** A query that the service refuses: of no repository that the token may see, or with an unknown date. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** https://docs.github.com/en/rest/search/search#about-search: no search shows more. */
export const MAX_RESULTS = 1_000;

interface Term {
  readonly not: boolean;
  /** Empty for a word of the text. */
  readonly name: string;
  readonly value: string;
}

/**
 * Issues and pull requests: `repo:`, `org:`, `user:`, `is:`, `type:`, `state:`, `author:`, `assignee:`, `involves:`, `commenter:`,
 * `mentions:`, `review-requested:`, `reviewed-by:`, `label:`, `milestone:`, `updated:`, `created:`, `closed:`, `merged:`, `draft:`, `no:`,
 * `sort:`, each also with a minus before it, and words. `@me` is whom the token acts for. `lag`: sees what was there that many edits ago.
 */
export function searchItems(
  workspace: GithubWorkspace,
  query: string,
  { lag, order }: { readonly lag: number; readonly order?: Order },
): SearchResult {
  const all = readTerms(query, workspace.viewer);
  const sorting = orderIn(all) ?? order ?? { by: 'createdAt', descending: true };
  const terms = all.filter(({ name }) => name !== 'sort');
  const places = repositoriesIn(workspace, terms);
  const before = changesSince(workspace, lag);
  const itemThen = ({ databaseId, items }: Repository, number: number) =>
    before.get(`${databaseId}:${number}`) ?? items.get(number);
  const hits: (Facts & { readonly repository: Repository })[] = [];
  for (const repository of places) {
    for (const facts of factsThen(repository, before).values()) {
      if (!terms.every((term) => mayFit(facts, term))) continue;
      const item = itemThen(repository, facts.number);
      if (item !== undefined && terms.every((term) => fits(repository, item, term) !== term.not))
        hits.push({ ...facts, repository });
    }
  }
  const found = sorted(hits, sorting)
    .slice(0, MAX_RESULTS)
    .flatMap(({ repository, number }) => {
      const item = itemThen(repository, number);
      return item === undefined ? [] : [{ repository, item }];
    });
  return { total: hits.length, found };
}

/** The facts as the index knows them: those of before, for what changed since. */
function factsThen({ databaseId, items }: Repository, before: ReadonlyMap<string, Item | undefined>) {
  const facts = new Map(items.facts().map((each) => [each.number, each]));
  for (const [place, item] of before) {
    const [id, number = 0] = place.split(':').map(Number);
    if (id !== databaseId) continue;
    if (item === undefined) facts.delete(number);
    else facts.set(number, toFacts(item));
  }
  return facts;
}

function readTerms(query: string, viewer: string): Term[] {
  const pattern = /(-?)(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/gi;
  return [...query.matchAll(pattern)].map(([, minus, name = '', quoted, plain]) => {
    const value = quoted ?? plain ?? '';
    return { not: minus === '-', name: name.toLowerCase(), value: value === '@me' ? viewer : value };
  });
}

/** `sort:updated-asc` in the query itself. */
function orderIn(terms: readonly Term[]): Order | undefined {
  const asked = terms.find(({ name }) => name === 'sort')?.value ?? '';
  const [, sort, direction] = /^(created|updated)(?:-(asc|desc))?$/.exec(asked) ?? [];
  if (sort === undefined) return undefined;
  return { by: sort === 'updated' ? 'updatedAt' : 'createdAt', descending: direction !== 'asc' };
}

/** Those that the query names; all that the token may see, if it names none. */
function repositoriesIn({ repositories }: GithubWorkspace, terms: readonly Term[]): Repository[] {
  const readable = [...repositories.values()].filter((repository) => repository.readable);
  const places = terms.filter(({ name, not }) => !not && ['repo', 'org', 'user'].includes(name));
  if (places.length === 0) return readable;
  const fitting = readable.filter((repository) => places.some((term) => isIn(repository, term)));
  if (fitting.length > 0) return fitting;
  throw new QueryError(
    'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.',
  );
}

function isIn(repository: Repository, { name, value }: Term): boolean {
  const place = name === 'repo' ? nameOf(repository) : repository.owner;
  return place.toLowerCase() === value.toLowerCase();
}

/** What the facts of an item rule out, before it is looked at. */
function mayFit(facts: Facts, { name, value, not }: Term): boolean {
  if (not) return true;
  if (name === 'is' || name === 'type') {
    if (value === 'pr') return facts.kind === 'pull';
    if (value === 'issue') return facts.kind === 'issue';
  }
  if (name === 'updated') return isWithin(facts.updatedAt, value);
  return name === 'created' ? isWithin(facts.createdAt, value) : true;
}

function fits(repository: Repository, item: Item, { name, value }: Term): boolean {
  const wanted = value.toLowerCase();
  const isLogin = (login: string | null) => login?.toLowerCase() === wanted;
  const pull = item.kind === 'pull' ? item : undefined;
  switch (name) {
    case 'repo':
    case 'org':
    case 'user':
      // Several of them are alternatives, and have been looked at.
      return true;
    case 'is':
    case 'type':
    case 'state':
      return hasState(repository, item, wanted);
    case 'draft':
      return String(pull?.isDraft ?? false) === wanted;
    case 'author':
      return isLogin(item.author) || isLogin(`app/${item.author}`);
    case 'assignee':
      return item.assignees.some(isLogin);
    case 'commenter':
      return item.comments.some(({ author }) => isLogin(author));
    case 'mentions':
      return mentions(item, wanted);
    case 'involves':
      return [...involved(item)].some(isLogin) || mentions(item, wanted);
    case 'review-requested':
    case 'user-review-requested':
      return (pull?.reviewRequests ?? []).some(isLogin);
    case 'team-review-requested':
      return (pull?.reviewRequests ?? []).some((each) => wanted === `${repository.owner}/${each.slice(5)}`);
    case 'reviewed-by':
      return (pull?.reviews ?? []).some(({ author }) => isLogin(author));
    case 'label':
      return wanted.split(',').some((label) => item.labels.some((each) => each.toLowerCase() === label));
    case 'milestone':
      return repository.milestones.some(
        ({ number, title }) => number === item.milestone && title.toLowerCase() === wanted,
      );
    case 'no':
      return (item[`${wanted}s` as 'labels' | 'assignees'] ?? []).length === 0;
    case 'updated':
      return isWithin(item.updatedAt, value);
    case 'created':
      return isWithin(item.createdAt, value);
    case 'closed':
      return item.closedAt !== null && isWithin(item.closedAt, value);
    case 'merged':
      return pull?.mergedAt != null && isWithin(pull.mergedAt, value);
    case '':
      return `${item.title}\n${textOf(item.body)}`.toLowerCase().includes(wanted);
    default:
      return false;
  }
}

function hasState(repository: Repository, item: Item, wanted: string): boolean {
  switch (wanted) {
    case 'pr':
    case 'pull-request':
      return item.kind === 'pull';
    case 'issue':
      return item.kind === 'issue';
    case 'open':
      return item.state === 'OPEN';
    case 'closed':
      return item.state !== 'OPEN';
    case 'merged':
      return item.state === 'MERGED';
    case 'unmerged':
      return item.kind === 'pull' && item.state !== 'MERGED';
    case 'draft':
      return item.kind === 'pull' && item.isDraft;
    case 'locked':
      return item.locked;
    case 'public':
      return !repository.isPrivate;
    case 'private':
      return repository.isPrivate;
    default:
      return false;
  }
}

function mentions(item: Item, login: string): boolean {
  const texts = [item.body, ...item.comments.map(({ body }) => body)];
  const named = texts.flatMap((text) => [
    ...textOf(text)
      .toLowerCase()
      .matchAll(/(?<!\w)@([\w-]+)/g),
  ]);
  return named.some(([, name]) => name === login);
}

/** `>=2026-01-31`, `>2026-01-31T10:00:00Z`, `2026-01-01..2026-01-31`, `2026-01-31..*`; a day is that of UTC. */
function isWithin(at: string, range: string): boolean {
  const [, operator = '', from = '', to] = /^(>=|<=|>|<)?([^.]+?)(?:\.\.(.+))?$/.exec(range) ?? [];
  const time = Date.parse(at);
  const [start, end] = [spanOf(from), to === undefined ? undefined : spanOf(to)];
  if (end !== undefined) return time >= start[0] && time < end[1];
  if (operator === '>=') return time >= start[0];
  if (operator === '>') return time >= start[1];
  if (operator === '<') return time < start[0];
  if (operator === '<=') return time < start[1];
  return time >= start[0] && time < start[1];
}

/** From the first instant to the one behind the last. */
function spanOf(text: string): [number, number] {
  if (text === '*') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const start = Date.parse(text);
  if (Number.isNaN(start)) throw new QueryError(`"${text}" is not a recognized date/time format.`);
  return [start, start + (/T/.test(text) ? 1_000 : 86_400_000)];
}
