import { CONTEXT } from '../../search/index/collection.ts';
import type { Filter, IndexedDocument, Store } from '../../search/store/store.ts';
import type { Section } from '../item.ts';

/** What of an index each section is about; null where there is nothing of it. */
export type SectionFilters = Readonly<Record<Exclude<Section, 'memory'>, Filter | null>>;

/**
 * Told by one document of each source: all that a source of tickets or of Slack has is of its kind. Everything else that is no code are
 * documents: pages, pull requests, mail, files, notes.
 */
export async function sectionFilters(store: Store): Promise<SectionFilters> {
  const { sources } = await store.stats();
  const of: Record<'slack' | 'jira' | 'docs', string[]> = { slack: [], jira: [], docs: [] };
  let hasCode = false;
  for (const { source } of sources) {
    const first = await firstDocument(store, { sources: [source], collections: [CONTEXT] });
    if (first !== undefined) of[kindOf(first)].push(source);
    hasCode ||= (await firstDocument(store, { sources: [source], types: ['code'] })) !== undefined;
  }
  const filter = (names: readonly string[]) =>
    names.length === 0 ? null : { sources: names, collections: [CONTEXT] };
  return {
    slack: filter(of.slack),
    jira: filter(of.jira),
    docs: filter(of.docs),
    code: hasCode ? { types: ['code'] } : null,
  };
}

async function firstDocument(store: Store, filter: Filter): Promise<IndexedDocument | undefined> {
  for await (const document of store.documents(filter)) return document;
  return undefined;
}

/** Threads of mail have addresses of their own kind: https://www.rfc-editor.org/rfc/rfc2392 */
function kindOf({ type, url = '' }: IndexedDocument): 'slack' | 'jira' | 'docs' {
  if (type === 'ticket') return 'jira';
  return type === 'day' || (type === 'thread' && !url.startsWith('mid:')) ? 'slack' : 'docs';
}
