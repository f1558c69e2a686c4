import type { Facts } from '../../core/document.ts';
import { percentDecode } from '../../core/percent-decode.ts';
import type { Reference, SourceModel } from '../contract.ts';
import { placementOf } from '../file-placement.ts';
import { ownAddress, pathAtOwnAddress } from '../own-address.ts';

/** All documents are of one tree. */
export const TREE = 'tree';

const LAYOUT = `Documentation of a git repository, in the folders that it has there. \`url\` leads to the file.`;

/** What can be said of a repository's documents from their facts. A document is called by its address. */
export function gitModel(source: string): SourceModel {
  return {
    source,
    layout: LAYOUT,
    placement: (facts) => placementOf(facts, 'repository'),
    containers: () => [],
    scopes: () => [TREE],
    names: (facts) => namesOf(facts, source),
    resolve: (url) => reference(url, source),
  };
}

function namesOf({ id, url }: Facts, source: string): string[] {
  const own = nameAt(url, source);
  if (own === undefined) return [];
  const names = [own];
  // A link to a folder shows its README, and one to a wiki its home.
  if (/(?:^|\/)readme\.[^/]+$/i.test(id) && id.includes('/')) {
    const folder = own.slice(0, own.lastIndexOf('/'));
    names.push(folder, folder.replace('/blob/', '/tree/'));
  }
  if (/(?:^|\/)home\.[^/]+$/i.test(id) && /\/wikis?\/home$/i.test(own))
    names.push(own.replace(/\/home$/i, ''));
  return names;
}

/** `/owner/name/blob/main/a.md`, of a few hosts, and pages of wikis. */
const FILE = /^\/[^/]+\/.+?\/(?:-\/)?(?:blob|tree|src)\/[^/]/;
const WIKI = /^\/[^/]+\/.+?\/(?:-\/wikis|wiki)(?:\/|$)/;

function reference(url: URL, source: string): Reference | undefined {
  const name = nameAt(url.href, source);
  if (name === undefined) return undefined;
  const anchor = url.hash.slice(1);
  const bare = `${url.href.replace(/[?#].*$/s, '')}`;
  return { name, url: bare, ...(anchor !== '' && { anchor }) };
}

/** Addresses that ask for more than a file stay what they are. */
function nameAt(address: string, source: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.search !== '') return undefined;
  const own = pathAtOwnAddress(source, url);
  if (own !== undefined) return `git:${ownAddress(source, own)}`;
  if (!/^https?:$/.test(url.protocol) || !(FILE.test(url.pathname) || WIKI.test(url.pathname)))
    return undefined;
  return `git:${url.origin}${percentDecode(url.pathname).replace(/\/+$/, '')}`;
}
