import type { SourceModel } from '../contract.ts';
import { placementOf } from '../file-placement.ts';
import { ownAddress, pathAtOwnAddress } from '../own-address.ts';

/** All documents are of one folder. */
export const FOLDER = 'folder';

const LAYOUT = `Notes, and what assistants remember, in the folders that they have there.`;

/** What can be said of copied files from their facts. A document is called by its path. */
export function filesModel(source: string): SourceModel {
  const nameOf = (path: string) => `files:${ownAddress(source, path)}`;
  return {
    source,
    layout: LAYOUT,
    placement: (facts) => placementOf(facts, 'folder'),
    containers: () => [],
    scopes: () => [FOLDER],
    names: ({ id }) => [nameOf(id)],
    resolve(url) {
      const path = pathAtOwnAddress(source, url);
      if (path === undefined) return undefined;
      const anchor = url.hash.slice(1);
      return { name: nameOf(path), url: ownAddress(source, path), ...(anchor !== '' && { anchor }) };
    },
  };
}
