import type { Facts } from '../../core/document.ts';
import type { ConfluenceCheckpoint, ContainerFacts } from './model.ts';

/** A node of the tree, as a listing or a document's facts know it. */
interface Node {
  readonly id: string;
  readonly parent?: string | undefined;
}

export interface CheckpointOptions {
  readonly former: ConfluenceCheckpoint | undefined;
  /** The documents that this run found open. */
  readonly open: readonly Node[];
  /** Known documents that stay as they are, since the run could not read them or tell where they went. */
  readonly kept: readonly Facts[];
  /** Ids of those that link to what went or got another name. */
  readonly due: ReadonlySet<string>;
  /** Ids of those to be read again however they are listed: this run could not get all of them, or a target got a new name. */
  readonly again: Iterable<string>;
  /** Ids of what was rendered without the site's list of attachments. */
  readonly unlisted: readonly string[];
  readonly containers: ReadonlyMap<string, ContainerFacts>;
}

/** What the next run has to know beside the documents themselves. */
export function nextCheckpoint(options: CheckpointOptions): ConfluenceCheckpoint {
  const { former, open, kept, due, again, unlisted, containers } = options;
  const waiting = new Set(former?.pending);
  const outdated = kept.filter(({ id }) => due.has(id) || waiting.has(id)).map(({ id }) => id);
  const above = {
    ...containersAbove(kept, (id) => former?.containers[id]),
    ...containersAbove(open, (id) => containers.get(id)),
  };
  return {
    containers: Object.fromEntries(Object.entries(above).sort(([a], [b]) => (a < b ? -1 : 1))),
    pending: [...new Set([...outdated, ...again])].sort(),
    ...(unlisted.length > 0 && { unlisted: [...new Set(unlisted)].sort() }),
  };
}

/** Only these are remembered: the name of another container may be for some people only. */
function containersAbove(
  documents: readonly Node[],
  container: (id: string) => ContainerFacts | undefined,
): Record<string, ContainerFacts> {
  const parents = new Map(documents.map(({ id, parent }) => [id, parent]));
  const seen = new Set<string>();
  const found: Record<string, ContainerFacts> = {};
  for (const { parent } of documents) {
    let node: string | undefined = parent;
    while (node !== undefined && !seen.has(node)) {
      seen.add(node);
      const facts: ContainerFacts | undefined = container(node);
      if (facts) found[node] = facts;
      node = parents.get(node) ?? facts?.parent ?? undefined;
    }
  }
  return found;
}
