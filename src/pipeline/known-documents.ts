import type { KnownDocuments, SourceModel } from '../connectors/contract.ts';
import type { Facts } from '../core/document.ts';
import { MARKED } from '../markdown/text.ts';
import type { Interrupted, TakenDocument } from './journal.ts';
import { repositoryPath } from './links.ts';
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
    linkingTo(id) {
      reverse ??= linksWithin(model, head, taken, values());
      return reverse.get(id) ?? [];
    },
  };
}

/** Target id → ids of documents of the same source whose text links to it. */
function linksWithin(
  { fileOwner, names }: SourceModel,
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
      const file = fileOwner && URL.canParse(destination) ? fileOwner(new URL(destination)) : undefined;
      const target = file ?? ids.get(repositoryPath(path, destination)?.path ?? '');
      if (target !== undefined) link(target, id);
    }
  }
  if (taken.size === 0) return links;
  const named = new Map([...all].flatMap((facts) => names(facts).map((name) => [name, facts.id])));
  for (const [id, { targets }] of taken) for (const target of targets) link(named.get(target) ?? target, id);
  return links;
}

/** What the links of marked text call: documents by their names, and by their ids those whose files it shows. */
export function targetsIn(marked: string, { fileOwner, resolve }: SourceModel): string[] {
  const targets = new Set<string>();
  for (const [, destination = ''] of marked.matchAll(MARKED)) {
    if (!URL.canParse(destination)) continue;
    const url = new URL(destination);
    const target = fileOwner?.(url) ?? resolve(url)?.name;
    if (target !== undefined) targets.add(target);
  }
  return [...targets];
}
