import { readDocument } from '../frontmatter/read.ts';
import type { DocumentId } from './document-id.ts';
import { documentAt } from './identity.ts';

/** The document of a file, if a person may call it by this name: its key or a former one, its id, `source/id`, its address. */
export function documentNamed(name: string, path: string, text: string): DocumentId | undefined {
  const document = documentAt(path, text);
  const facts = document === undefined ? undefined : readDocument(text)?.facts;
  if (facts === undefined) return undefined;
  const keys = [facts.key ?? [], facts.aliases ?? []].flat().map((key) => key.toLowerCase());
  const isCalled =
    facts.id === name ||
    document === name ||
    keys.includes(name.toLowerCase()) ||
    addressesIn(name).includes(facts.url);
  return isCalled ? document : undefined;
}

/** How the frontmatter of a document that is called so has it, in some case. */
export function linesNaming(name: string): string[] {
  const [url] = addressesIn(name).slice(-1);
  return url === undefined ? [`id: "${idIn(name)}"`, `key: ${name}`, `- ${name}`] : [`url: ${url}`];
}

/** What the text of a document that is called so has in it, in some case. */
export function markOf(name: string): string {
  return addressesIn(name).at(-1) ?? idIn(name);
}

export function isKey(name: string): boolean {
  return /^[a-z]\w*-\d+$/i.test(name);
}

export function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

const idIn = (name: string) => name.slice(name.indexOf('/') + 1);

/** An address as given, and shorter ones that lead to the same: without query and fragment, and without a page's title. */
function addressesIn(name: string): string[] {
  if (!isAddress(name)) return [];
  const plain = name.replace(/[?#].*$/, '').replace(/\/$/, '');
  return [name, plain, plain.replace(/(\/pages\/\d+)\/.*$/, '$1')];
}
