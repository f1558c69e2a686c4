import type { PageReference } from '../../markdown/index.ts';
import type { Listed } from './listing.ts';
import { type ContainerFacts, fileOwner, nameOf, resolve } from './model.ts';

/** The documents of this run that everyone may read, by their ids, names and addresses. */
export interface OpenDocuments {
  get(id: string): Listed | undefined;
  /** `space` is where a reference without a space was written. */
  find(reference: PageReference, space: string): Listed | undefined;
  /** Whether what is not found may be there all the same: a listing failed, or its restrictions are unknown. */
  isUncertain(id?: string): boolean;
  /**
   * Where an address leads: to an open document (or a folder above one), to other content of this site, which may be
   * for some people only, or elsewhere.
   */
  leadsTo(href: string): 'open' | 'closed' | 'elsewhere';
  /** The open document that an address leads to, or to a file of. */
  at(href: string): Listed | undefined;
}

export interface OpenDocumentsOptions {
  readonly siteUrl: string;
  readonly documents: readonly Listed[];
  /** Ids of documents whose restrictions could not be read. */
  readonly unknown: readonly string[];
  /** Ids of documents that are not for everyone, or left out by the configuration: nothing of them is uncertain. */
  readonly withheld: Iterable<string>;
  readonly containers: ReadonlyMap<string, ContainerFacts>;
  /** Whether the listing of some space failed. */
  readonly incomplete: boolean;
}

export function openDocuments(options: OpenDocumentsOptions): OpenDocuments {
  const { siteUrl, documents, containers, incomplete } = options;
  const byId = new Map(documents.map((document) => [document.id, document]));
  const unknown = new Set(options.unknown);
  const withheld = new Set(options.withheld);
  const byName = new Map<string, Listed>();
  for (const document of documents) {
    byName.set(nameOf(siteUrl, { id: document.id }), document);
    byName.set(titleNameOf(siteUrl, document), document);
  }
  const nodes = withAncestors(documents, byId, containers);
  /** The address, if it is of this site's wiki. */
  const own = (href: string): URL | undefined => {
    if (!URL.canParse(href, `${siteUrl}/wiki/`)) return undefined;
    const url = new URL(href, `${siteUrl}/wiki/`);
    return url.host === new URL(siteUrl).host && /^\/wiki(?:\/|$)/.test(url.pathname) ? url : undefined;
  };
  return {
    get: (id) => byId.get(id),
    find: (reference, space) =>
      byName.get(nameOf(siteUrl, 'id' in reference ? reference : { space, ...reference })),
    isUncertain(id) {
      if (id === undefined) return incomplete || unknown.size > 0;
      return !withheld.has(id) && (incomplete || unknown.has(id));
    },
    leadsTo(href) {
      const url = own(href);
      if (url === undefined) return 'elsewhere';
      const id = idIn(url);
      if (id !== undefined) return nodes.has(id) ? 'open' : 'closed';
      const name = resolve(url)?.name;
      if (name !== undefined) return byName.has(name) ? 'open' : 'closed';
      return NO_CONTENT.test(url.pathname) ? 'elsewhere' : 'closed';
    },
    at(href) {
      const url = own(href);
      if (url === undefined) return undefined;
      const id = idIn(url);
      return id === undefined ? byName.get(resolve(url)?.name ?? '') : byId.get(id);
    },
  };
}

/** What a document is called by its title. */
export function titleNameOf(
  siteUrl: string,
  { type, title, created = '', space }: Pick<Listed, 'type' | 'title' | 'created' | 'space'>,
): string {
  return nameOf(siteUrl, { space: space.key, title, day: type === 'blogpost' ? created : undefined });
}

/** Addresses of any kind of content by its id. */
const CONTENT_PATH = /^\/wiki\/spaces\/[^/]+\/(?:blog(?:\/\d+){3}|[a-z-]+)\/(?<id>\d+)(?:\/|$)/;

const idIn = (url: URL): string | undefined => CONTENT_PATH.exec(url.pathname)?.groups?.id ?? fileOwner(url);

/** Addresses of the site that lead to no content of its own: spaces, people, labels, and the pictures of its design. */
const NO_CONTENT =
  /^\/wiki\/?(?:(?:spaces|display)\/[^/]+\/?(?:overview\/?)?|(?:people|users|labels?|s|images|aa-avatar|search|home)(?:\/.*)?)?$/;

/**
 * What is above an open document is open too: otherwise the document would not be. Pages above it that are no open
 * documents themselves (of another space, left out) are not shown all the same.
 */
function withAncestors(
  documents: readonly Listed[],
  byId: ReadonlyMap<string, Listed>,
  containers: ReadonlyMap<string, ContainerFacts>,
): Set<string> {
  const nodes = new Set<string>();
  for (const { id } of documents) {
    let node: string | undefined = id;
    while (node !== undefined && !nodes.has(node)) {
      if (byId.has(node) || containers.has(node)) nodes.add(node);
      node = byId.get(node)?.parent ?? containers.get(node)?.parent ?? undefined;
    }
  }
  return nodes;
}
