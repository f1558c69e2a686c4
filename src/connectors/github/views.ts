import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { KnownDocuments } from '../contract.ts';
import type { Search } from './client.ts';
import type { RestIssue } from './listing-schema.ts';
import type { GithubReader } from './run.ts';

/** What a search found, with the repository that it is in. */
export interface Found {
  readonly id: string;
  readonly number: number;
  readonly kind: 'pulls' | 'issues';
  /** Such as `acme/api`. */
  readonly repository: string;
  readonly updated: string;
}

/** What the views of the configuration hold. */
export interface Views {
  readonly found: ReadonlyMap<string, Found>;
  /** The views of a document, in the order of the configuration. */
  of(id: string): readonly string[];
  /** Those that told all that they hold. */
  readonly whole: ReadonlySet<string>;
  readonly failures: ReadonlyMap<string, CtxError>;
}

/** Asks each search. One that fails, or does not tell all of what it finds, keeps what the repository says that it held. */
export async function searchViews(reader: GithubReader, known: KnownDocuments): Promise<Views> {
  const { config, client } = reader;
  const found = new Map<string, Found>();
  const members = new Map<string, Set<string>>();
  const whole = new Set<string>();
  const failures = new Map<string, CtxError>();
  for (const [name, query] of Object.entries(config.views)) {
    const result = await search(reader, name, () => client.search(query, name));
    const own = new Set<string>();
    members.set(name, own);
    if (isCtxError(result)) failures.set(name, result);
    else {
      for (const item of result.items) {
        own.add(item.node_id);
        found.set(item.node_id, foundIn(item));
      }
      if (result.isWhole) whole.add(name);
      else {
        const { found: total, items } = result;
        const told = { source: config.id, view: name, found: total, told: items.length };
        failures.set(name, ctxError('github.search-incomplete', told));
      }
    }
    if (!whole.has(name)) for (const { id, views } of known.values()) if (views?.includes(name)) own.add(id);
  }
  const names = Object.keys(config.views);
  return { found, of: (id) => names.filter((name) => members.get(name)?.has(id)), whole, failures };
}

async function search(
  { config }: GithubReader,
  view: string,
  ask: () => Promise<Search>,
): Promise<Search | CtxError> {
  try {
    return await ask();
  } catch (error) {
    if (!isCtxError(error) || error.kind === 'credentials') throw error;
    if (!error.is('http.bad-request')) return error;
    const reason = error.params.reason ?? 'no reason was given.';
    return ctxError('github.bad-search', { source: config.id, view, reason }, error);
  }
}

function foundIn(item: RestIssue): Found {
  const { node_id: id, number, updated_at: updated, repository_url: url } = item;
  const repository = url.split('/').slice(-2).join('/');
  return { id, number, repository, updated, kind: kindOfItem(item) };
}

export function kindOfItem({ pull_request: pull }: RestIssue): 'pulls' | 'issues' {
  return pull == null ? 'issues' : 'pulls';
}
