import { posix } from 'node:path';
import type { SourceModel } from '../connectors/contract.ts';
import type { Facts } from '../core/document.ts';
import { percentDecode } from '../core/percent-decode.ts';

/** A document's identity over all sources. */
export type DocumentKey = `${string}/${string}`;

export function keyOf(facts: Pick<Facts, 'source' | 'id'>): DocumentKey {
  return `${facts.source}/${facts.id}`;
}

/** Whether an address can be that of a document: of the web, or of a source that is not in it. */
export function mayCall(destination: string): boolean {
  return /^(?:https?:\/\/|ctx:)/i.test(destination) && URL.canParse(destination);
}

/** Turns the destination of a link in the document at `from` into another. */
export type Relink = (from: string, destination: string) => string;

/**
 * Names of all documents, for resolving links over all sources. When two documents claim one name (a stale title),
 * the first in `documents` keeps it, so the caller gives them in a fixed order.
 */
export class LinkIndex {
  readonly #models: readonly SourceModel[];
  readonly #documents: readonly Facts[];
  readonly #paths: ReadonlyMap<DocumentKey, string>;
  #keys: ReadonlyMap<string, DocumentKey> | undefined;

  constructor(
    models: readonly SourceModel[],
    documents: readonly Facts[],
    paths: ReadonlyMap<DocumentKey, string>,
  ) {
    this.#models = models;
    this.#documents = documents;
    this.#paths = paths;
  }

  /** An absolute URL becomes a relative path when its target has a file, and the canonical URL of its name when not. */
  readonly link: Relink = (from, destination) => {
    const reference = this.#resolve(destination);
    if (reference === undefined) return destination;
    const key = this.keyOfName(reference.name);
    const path = key && this.#paths.get(key);
    const fragment = reference.anchor ? `#${reference.anchor}` : '';
    if (path === undefined) return reference.url + fragment;
    if (path === from) return fragment || posix.basename(path);
    return posix.relative(posix.dirname(from), path) + fragment;
  };

  /** The document of the source that the file at an address is attached to, where the address tells. */
  fileOwner(source: string, destination: string): DocumentKey | undefined {
    const model = this.#models.find((each) => each.source === source);
    const id = URL.canParse(destination) ? model?.fileOwner?.(new URL(destination)) : undefined;
    return id === undefined ? undefined : keyOf({ source, id });
  }

  /** The name that an absolute URL calls, if it is one of a configured source. */
  nameOf(destination: string): string | undefined {
    return this.#resolve(destination)?.name;
  }

  keyOfName(name: string): DocumentKey | undefined {
    this.#keys ??= this.#namedKeys();
    return this.#keys.get(name);
  }

  /** Made when the first link asks: a run that changes nothing has few. */
  #namedKeys(): Map<string, DocumentKey> {
    const bySource = new Map(this.#models.map((model) => [model.source, model]));
    const keys = new Map<string, DocumentKey>();
    for (const facts of this.#documents) {
      for (const name of bySource.get(facts.source)?.names(facts) ?? []) {
        if (!keys.has(name)) keys.set(name, keyOf(facts));
      }
    }
    return keys;
  }

  #resolve(destination: string) {
    if (!mayCall(destination)) return undefined;
    const url = new URL(destination);
    for (const model of this.#models) {
      const reference = model.resolve(url);
      if (reference) return reference;
    }
    return undefined;
  }
}

/** Splits a relative destination into the repository path it names and its fragment; undefined for URLs and anchors. */
export function repositoryPath(
  from: string,
  destination: string,
): { path: string; fragment: string } | undefined {
  if (destination === '' || destination.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(destination))
    return undefined;
  const hash = destination.indexOf('#');
  const encoded = hash < 0 ? destination : destination.slice(0, hash);
  const fragment = hash < 0 ? '' : destination.slice(hash);
  return { path: posix.join(posix.dirname(from), percentDecode(encoded)), fragment };
}
