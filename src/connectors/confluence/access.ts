import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import type { ConfluenceClient } from './client.ts';
import { type Listed, listedContent } from './listing.ts';
import type { ContainerFacts } from './model.ts';
import { type Content, isRestricted, type Space } from './schema.ts';

/** Requests that are waited for side by side; the HTTP client bounds what is sent. */
const CONCURRENT = 3;

/**
 * Reads the labels and restrictions of a space's documents into `listed`, where the search knows the version that was
 * listed: what its index says of another version is outdated. An error means that those which have none by then are unknown.
 */
export async function readAccess(
  client: ConfluenceClient,
  space: Space,
  listed: ReadonlyMap<string, Listed>,
): Promise<CtxError | undefined> {
  const error = await attempt(async () => {
    for await (const { id, version, metadata, restrictions } of client.accessAndLabels(space)) {
      const document = listed.get(id);
      if (document === undefined || version?.number !== document.version) continue;
      const labels = metadata?.labels;
      const truncated = labels && (labels.size ?? labels.results.length) > labels.results.length;
      document.labels = truncated ? undefined : labels?.results.map(({ name }) => name);
      document.restricted = isRestricted(restrictions?.read);
    }
  });
  // Where the search is not offered, each document is asked for singly: many requests, but the same answers.
  return isCtxError(error) && !error.is('http.not-found') && !error.is('http.gone') ? error : undefined;
}

/**
 * Asks one by one for what the search did not tell: its index lags behind, so what is new is missing there, and
 * long lists of labels are cut. Labels that can't be read leave the document without access, so that it waits.
 * Returns the errors by document id.
 */
export async function completeAccess(
  client: ConfluenceClient,
  access: Access,
  documents: Iterable<Listed>,
): Promise<Map<string, CtxError>> {
  const errors = new Map<string, CtxError>();
  const complete = async (document: Listed) => {
    const error = await attempt(async () => {
      const refused = document.restricted === undefined ? await access.ask(document) : undefined;
      if (refused) throw refused;
      document.labels ??= await client.labels(document.type, document.id);
    });
    if (isCtxError(error)) errors.set(document.id, error);
  };
  for await (const _ of concurrently(documents, CONCURRENT, complete));
  return errors;
}

/**
 * Judges a document whose answer is not what the listings told of it: it may have been restricted, or moved below a
 * restricted page, before that was written. Nothing that was read earlier counts.
 */
export async function accessNow(
  client: ConfluenceClient,
  source: string,
  { type, space }: Listed,
  content: Content,
): Promise<'open' | 'restricted' | CtxError> {
  const restricted = await attempt(() => client.restricted(content.id));
  if (isCtxError(restricted)) return accessUnknown(source, content.id, restricted);
  return new Access(client, new Map()).of(source, { ...listedContent(type, space, content), restricted });
}

export function accessUnknown(source: string, id: string, cause?: CtxError): CtxError {
  return ctxError('source.access-unknown', { source, id }, cause);
}

/**
 * Who may read, over the whole tree. A document is open to everyone who reads the space only if neither it nor any
 * ancestor is restricted. Nodes that are not listed (folders, pages of other spaces …) are asked for here, each once.
 */
export class Access {
  readonly #client: ConfluenceClient;
  readonly #listed: ReadonlyMap<string, Listed>;
  readonly #nodes = new Map<string, Promise<Node | CtxError>>();
  readonly #asked = new Map<string, Promise<CtxError | undefined>>();
  readonly containers = new Map<string, ContainerFacts>();

  constructor(client: ConfluenceClient, listed: ReadonlyMap<string, Listed>) {
    this.#client = client;
    this.#listed = listed;
  }

  /** `open`, `restricted`, or the error that keeps us from knowing. */
  async of(source: string, document: Listed): Promise<'open' | 'restricted' | CtxError> {
    const unknown = (cause?: CtxError) => accessUnknown(source, document.id, cause);
    const seen = new Set<string>([document.id]);
    let restricted = document.restricted;
    if (restricted === undefined) return unknown();
    let { parent, parentType } = document;
    while (parent !== undefined && !restricted) {
      // The tree was changed while it was listed: what is above this circle is not known.
      if (seen.has(parent)) return unknown();
      seen.add(parent);
      const node = await this.#node(parent, parentType ?? 'page', document.space.key);
      if (isCtxError(node)) return unknown(node);
      if (node.restricted === undefined) return unknown();
      restricted = node.restricted;
      ({ parent, parentType } = node);
    }
    return restricted ? 'restricted' : 'open';
  }

  /** Asks, once in a run, for the document's own restriction itself, whatever the search says of it. */
  ask(document: Listed): Promise<CtxError | undefined> {
    const asked = this.#asked.get(document.id);
    if (asked) return asked;
    const answer = attempt(async () => {
      document.restricted = await this.#client.restricted(document.id);
      return undefined;
    });
    this.#asked.set(document.id, answer);
    return answer;
  }

  hasAsked(id: string): boolean {
    return this.#asked.has(id);
  }

  /** The same for a document and all that is above it. `differs`: one of them is not what was known of it. */
  async confirm(document: Listed): Promise<{ readonly error?: CtxError; readonly differs: boolean }> {
    const seen = new Set<string>();
    let differs = false;
    let id: string | undefined = document.id;
    let type: string | undefined = document.type;
    while (id !== undefined && !seen.has(id)) {
      seen.add(id);
      const listed = this.#listed.get(id);
      const before = listed?.restricted;
      const error = listed && (await this.ask(listed));
      if (error) return { error, differs };
      differs ||= listed?.restricted !== before;
      const node: Node | CtxError = await this.#node(id, type ?? 'page', document.space.key);
      if (isCtxError(node)) return { error: node, differs };
      ({ parent: id, parentType: type } = node);
    }
    return { differs };
  }

  /** Makes the containers above a document known, for its place in the tree. */
  async place(document: Listed): Promise<CtxError | undefined> {
    const seen = new Set<string>();
    let { parent, parentType } = document;
    while (parent !== undefined && !seen.has(parent)) {
      seen.add(parent);
      const node = await this.#node(parent, parentType ?? 'page', document.space.key);
      if (isCtxError(node)) return node;
      ({ parent, parentType } = node);
    }
    return undefined;
  }

  #node(id: string, type: string, space: string): Promise<Node | CtxError> {
    const listed = this.#listed.get(id);
    if (listed) return Promise.resolve(listed);
    const known = this.#nodes.get(id);
    if (known) return known;
    const node = attempt(() => this.#fetchNode(id, type, space));
    this.#nodes.set(id, node);
    return node;
  }

  async #fetchNode(id: string, type: string, space: string): Promise<Node> {
    if (type !== 'page') {
      const container = await this.#client.container(type, id);
      if (container === undefined) return UNREADABLE;
      this.containers.set(id, { title: container.title ?? id, space, parent: container.parentId ?? null });
      const { parentId: parent, parentType } = container;
      return { parent, parentType, restricted: await this.#restrictedContainer(id) };
    }
    const page = await this.#client.page(id);
    if (page === undefined) return UNREADABLE;
    return {
      parent: page.parentId,
      parentType: page.parentType,
      restricted: await this.#client.restricted(id),
    };
  }

  /** Restrictions are made for pages and blog posts: a container that answers itself, but has none, is open. */
  async #restrictedContainer(id: string): Promise<boolean | undefined> {
    try {
      return await this.#client.restricted(id);
    } catch (error) {
      if (isCtxError(error) && error.is('http.not-found')) return false;
      throw error;
    }
  }
}

type Node = Pick<Listed, 'parent' | 'parentType' | 'restricted'>;

/** Said to be above a document, and does not answer, or is of a kind that we can't ask for. */
const UNREADABLE: Node = { parent: undefined, parentType: undefined, restricted: undefined };
