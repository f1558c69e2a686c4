import { webAddress } from '../../core/web-address.ts';
import type { Hit } from '../query/search.ts';
import type { Store } from '../store/store.ts';
import { readRoots } from './code-roots.ts';
import { CONTEXT } from './collection.ts';

/** Hits of code with the address of their lines on the web, as they are in the commit that the index is of. */
export async function withCodeAddresses(store: Store, hits: readonly Hit[]): Promise<readonly Hit[]> {
  if (hits.every(({ document }) => document.collection === CONTEXT)) return hits;
  const [roots, state] = await Promise.all([readRoots(store), store.state()]);
  const addresses = new Map(roots.map(({ name, web }) => [name, webAddress(web, undefined)]));
  return hits.map((hit) => {
    const { collection, path } = hit.document;
    const [address, commit] = [addresses.get(collection), state?.commits[collection]];
    if (address === undefined || commit === undefined) return hit;
    const url = address.lines(path.slice(collection.length + 1), commit, hit.chunk.lines);
    return { ...hit, document: { ...hit.document, url } };
  });
}
