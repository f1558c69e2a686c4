import type { SearchAnswer, SearchOptions } from '../search/query/search.ts';
import type { Store } from '../search/store/store.ts';

/** What gathering asks of an index of a repository: a `SearchIndex` at the commit that is checked out. */
export interface Knowledge extends AsyncDisposable {
  /** Brings the index up to date. Answers what could not be done. */
  refresh(): Promise<readonly string[]>;
  search(query: string, options: Omit<SearchOptions, 'semantics'>): Promise<SearchAnswer>;
  read<T>(work: (store: Store) => Promise<T>): Promise<T>;
}
