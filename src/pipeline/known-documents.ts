import type { KnownDocuments, SourceModel } from '../connectors/contract.ts';
import type { Facts } from '../core/document.ts';
import { MARKED } from '../markdown/text.ts';
import type { Interrupted, TakenDocument } from './journal.ts';
import { mayCall, repositoryPath } from './links.ts';
import type { ManifestEntry } from './manifest.ts';

/** The documents that a connector is to take for known: HEAD's, and over them what an interrupted run had read. */
export function knownDocuments(
  model: SourceModel,
  head: ReadonlyMap<string, ManifestEntry>,
  interrupted: Interrupted | undefined,
): KnownDocuments {
  const taken: ReadonlyMap<string, TakenDocument> = interrupted?.documents ?? new Map();
  const added = taken.keys().reduce((count, id) => count + (head.has(id) ? 0 : 1), 0);
  const get = (id: string): Facts | undefined => taken.get(id)?.document.facts ?? head.get(id)?.facts;
  const values = function* () {
    for (const [id, { facts }] of head) yield taken.get(id)?.document.facts ?? facts;
    for (const [id, { document }] of taken) if (!head.has(id)) yield document.facts;
  };
  let reverse: Map<string, Set<string>> | undefined;
  return {
    get,
    values,
    size: head.size + added,
    isInRepository: (id) => head.has(id),
    linkingTo(idOrName) {
      reverse ??= linksWithin(model, head, taken, values());
      return reverse.get(idOrName) ?? [];
    },
  };
}

/** Target id, or a name that no document has → ids of documents of the same source whose text links there. */
function linksWithin(
  model: SourceModel,
  head: ReadonlyMap<string, ManifestEntry>,
  taken: ReadonlyMap<string, TakenDocument>,
  all: Iterable<Facts>,
): Map<string, Set<string>> {
  const links = new Map<string, Set<string>>();
  const link = (target: string, id: string) => links.set(target, (links.get(target) ?? new Set()).add(id));
  const ids = new Map([...head].map(([id, { path }]) => [path, id]));
  for (const [id, { path, destinations }] of head) {
    if (taken.has(id)) continue;
    for (const destination of destinations) {
      const target = calledBy(destination, model) ?? ids.get(repositoryPath(path, destination)?.path ?? '');
      if (target !== undefined) link(target, id);
    }
  }
  if (taken.size === 0) return links;
  const named = new Map([...all].flatMap((facts) => model.names(facts).map((name) => [name, facts.id])));
  for (const [id, { targets }] of taken) for (const target of targets) link(named.get(target) ?? target, id);
  return links;
}

/** What the links of marked text call: documents by their names, and by their ids those whose files it shows. */
export function targetsIn(marked: string, model: SourceModel): string[] {
  const destinations = marked.matchAll(MARKED).map(([, destination = '']) => destination);
  return [...new Set(destinations.map((each) => calledBy(each, model)).filter((each) => each !== undefined))];
}

/** The name that an address calls, or the id of the document whose file it is. */
function calledBy(destination: string, { fileOwner, resolve }: SourceModel): string | undefined {
  if (!mayCall(destination)) return undefined;
  const url = new URL(destination);
  return fileOwner?.(url) ?? resolve(url)?.name;
}
