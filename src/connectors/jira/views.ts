import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { KnownDocuments } from '../contract.ts';
import type { JiraClient } from './client.ts';
import type { Excluded } from './exclude.ts';
import { changedSince, newestFirst } from './jql.ts';

/**
 * Search sees a change seconds to minutes after it happened, so each run looks back further than the last one saw
 * (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/).
 */
const OVERLAP_MS = 15 * 60 * 1000;

export interface ListedView {
  readonly name: string;
  readonly ids: ReadonlySet<string>;
  /** Id to `updated` of what changed since the bound. Undefined without a bound: anything may have changed. */
  readonly changed: ReadonlyMap<string, string | undefined> | undefined;
  /** The latest `updated` among its issues as known before they were listed. */
  readonly newest: string | undefined;
}

export interface FailedView {
  readonly name: string;
  readonly error: CtxError;
}

/** How all views went, in the order of the configuration. */
export interface Listing {
  readonly views: readonly (ListedView | FailedView)[];
  /** Ids in at least one view that are not excluded, each with its views in the order of the configuration. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** The same of those that are excluded. */
  readonly excluded: ReadonlyMap<string, readonly string[]>;
}

export function isListed(view: ListedView | FailedView): view is ListedView {
  return 'ids' in view;
}

export interface ListingOptions {
  readonly client: JiraClient;
  readonly source: string;
  /** Name to JQL. */
  readonly views: Readonly<Record<string, string>>;
  /** Per view, the `newest` of the last run that listed it. */
  readonly bounds: Readonly<Record<string, string>>;
  readonly known: KnownDocuments;
  readonly excluded: Excluded;
}

/**
 * Lists every id of every view. A view that fails keeps the members that the repository knows, so that a refused or
 * truncated listing never looks like a departure. Refused credentials end the run.
 */
export async function listViews(options: ListingOptions): Promise<Listing> {
  const views: (ListedView | FailedView)[] = [];
  for (const [name, jql] of Object.entries(options.views)) {
    try {
      views.push(await listView(options, name, jql));
    } catch (error) {
      if (!isCtxError(error) || error.kind === 'credentials') throw error;
      views.push({ name, error: explainView(error, options.source, name) });
    }
  }
  const members = new Map<string, string[]>();
  const excluded = new Map<string, string[]>();
  const add = (id: string, name: string) => {
    const ids = options.excluded.has({ id }) ? excluded : members;
    const names = ids.get(id);
    if (names) names.push(name);
    else ids.set(id, [name]);
  };
  for (const view of views) {
    if (isListed(view)) for (const id of view.ids) add(id, view.name);
    else
      for (const { id, views } of options.known.values()) if (views?.includes(view.name)) add(id, view.name);
  }
  return { views, members, excluded };
}

/** Changes are asked for before the ids: what changes in between is newer than `newest` and seen by the next run. */
async function listView({ client, bounds }: ListingOptions, name: string, jql: string): Promise<ListedView> {
  const what = `view ${name}`;
  const bound = bounds[name];
  if (bound === undefined) {
    const newest = await client.firstUpdated(newestFirst(jql), what);
    return { name, ids: new Set(await client.listIds(jql, what)), changed: undefined, newest };
  }
  const rows = await client.listUpdated(changedSince(jql, Date.parse(bound) - OVERLAP_MS), what);
  const newest = rows.reduce(
    (latest, { updated }) => (updated && updated > latest ? updated : latest),
    bound,
  );
  const changed = new Map(rows.map(({ id, updated }) => [id, updated]));
  return { name, ids: new Set(await client.listIds(jql, what)), changed, newest };
}

/** A refusal that names the view whose query it is. */
export function explainView(error: CtxError, source: string, view: string): CtxError {
  if (!error.is('http.bad-request')) return error;
  const reason = error.params.reason ?? 'no reason was given.';
  return ctxError('source.bad-query', { source, view, reason }, error);
}
