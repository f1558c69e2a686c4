import { batches } from '../../core/concurrently.ts';
import type { Facts } from '../../core/document.ts';
import type { KnownDocuments } from '../contract.ts';
import { ISSUES_PER_REQUEST, type JiraClient } from './client.ts';

/** The tickets that the configuration leaves out, by the ids and keys it names. */
export interface Excluded {
  readonly ids: ReadonlySet<string>;
  /** Keys that no ticket answers to. */
  readonly unknown: readonly string[];
  has(ticket: { readonly id: string; readonly key?: string | undefined }): boolean;
}

/** Listings tell ids alone, so keys are asked for; a key that a ticket had before means that ticket. */
export async function excludedTickets(
  client: JiraClient,
  exclude: readonly string[],
  known: KnownDocuments,
): Promise<Excluded> {
  const ids = new Set(exclude.filter((name) => /^\d+$/.test(name)));
  const keys = new Set(exclude.filter((name) => !/^\d+$/.test(name)).map((key) => key.toUpperCase()));
  if (keys.size > 0) for (const facts of known.values()) if (isCalled(facts, keys)) ids.add(facts.id);
  const unknown = new Set(keys);
  for (const { key, aliases = [] } of known.values())
    for (const name of [key ?? '', ...aliases]) unknown.delete(name);
  for (const batch of batches(keys, ISSUES_PER_REQUEST)) {
    const { issues } = await client.bulkFetch(batch, ['key']);
    for (const [id, issue] of issues) {
      ids.add(id);
      unknown.delete(String((issue as { readonly key?: unknown }).key).toUpperCase());
    }
  }
  // A ticket answers to a key that it had before by the one that it has now.
  for (const key of unknown) if ((await client.fetchOne(key, ['key'], [])) !== undefined) unknown.delete(key);
  return {
    ids,
    unknown: [...unknown],
    has: ({ id, key }) => ids.has(id) || (key !== undefined && keys.has(key)),
  };
}

function isCalled({ key, aliases = [] }: Facts, keys: ReadonlySet<string>): boolean {
  return [...(key === undefined ? [] : [key]), ...aliases].some((name) => keys.has(name));
}
