import { batches } from '../../core/concurrently.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { readBodies, type StillOpen } from './bodies.ts';
import { BODIES, type ConfluenceClient } from './client.ts';
import type { Listed } from './listing.ts';
import { includesIn } from './macros.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Content } from './schema.ts';

/** Bodies that are kept for the next documents that include them, in UTF-16 units. */
const KEPT = 4_000_000;
/** A document that includes more pages than this shows the others as links. */
const MAX_INCLUDED = 50;

/** A text in storage format and the space it was written in. */
export interface WrittenText {
  readonly storage: string;
  readonly space: string;
}

type Bodies = ReadonlyMap<string, Content | CtxError | undefined>;

/** The pages that a document includes, by id; or the error of one that could not be read. */
export type Included = ReadonlyMap<string, Content> | CtxError;

/** Reads the pages that documents include, each once for as long as there is room. */
export interface IncludedPages {
  /**
   * For the texts of each document the pages that they include, directly or by one another. `atHand` are bodies that were
   * read already, by id.
   */
  of(documents: readonly (readonly WrittenText[])[], atHand: Bodies): Promise<Included[]>;
}

interface Closure {
  readonly included: Map<string, Content>;
  error: CtxError | undefined;
  /** What has not been searched for includes. */
  texts: readonly WrittenText[];
}

export function includedPages(
  client: ConfluenceClient,
  open: OpenDocuments,
  isOpen: StillOpen,
): IncludedPages {
  const cache = bodyCache();

  async function readMissing(
    targets: readonly Listed[],
    bodies: Map<string, Content | CtxError | undefined>,
  ) {
    const missing = new Map<string, Listed>();
    for (const target of targets) {
      if (bodies.has(target.id)) continue;
      const content = cache.get(target);
      if (content) bodies.set(target.id, content);
      else missing.set(target.id, target);
    }
    for (const type of ['page', 'blogpost'] as const) {
      const documents = missing.values().filter((target) => target.type === type);
      for (const batch of batches(documents, BODIES)) {
        const read = await readBodies(client, type, batch, isOpen);
        for (const [id, content] of read) bodies.set(id, content);
        for (const target of batch) cache.keep(target, bodies.get(target.id));
      }
    }
  }

  /** The pages that the closure's texts include and it has not, as many as there is room for. */
  function nextOf({ included, texts }: Closure): Listed[] {
    const targets = new Map<string, Listed>();
    for (const { storage, space } of texts) {
      for (const reference of includesIn(storage)) {
        const target = open.find(reference, space);
        if (target && !included.has(target.id)) targets.set(target.id, target);
      }
    }
    return [...targets.values()].slice(0, MAX_INCLUDED - included.size);
  }

  return {
    async of(documents, atHand) {
      const bodies = new Map(atHand);
      const closures = documents.map((texts): Closure => ({ included: new Map(), error: undefined, texts }));
      let growing = closures;
      while (growing.length > 0) {
        const next = new Map(growing.map((closure) => [closure, nextOf(closure)]));
        await readMissing([...next.values()].flat(), bodies);
        for (const [closure, targets] of next) grow(closure, targets, bodies);
        growing = growing.filter(({ texts }) => texts.length > 0);
      }
      return closures.map(({ included, error }) => error ?? included);
    },
  };
}

function grow(closure: Closure, targets: readonly Listed[], bodies: Bodies): void {
  const texts: WrittenText[] = [];
  for (const { id, space } of targets) {
    const content = bodies.get(id);
    if (isCtxError(content)) closure.error ??= content;
    else if (content) {
      closure.included.set(id, content);
      const storage = content.body?.storage?.value;
      if (storage) texts.push({ storage, space: space.key });
    }
  }
  closure.texts = closure.error ? [] : texts;
}

/** The bodies that were used last, by id and version. */
function bodyCache() {
  const bodies = new Map<string, Content>();
  let size = 0;
  const sizeOf = (content: Content) => content.body?.storage?.value.length ?? 0;
  const keyOf = ({ id, version }: Listed) => `${id} ${version}`;
  return {
    get(document: Listed): Content | undefined {
      const key = keyOf(document);
      const content = bodies.get(key);
      if (content) {
        bodies.delete(key);
        bodies.set(key, content);
      }
      return content;
    },
    keep(document: Listed, content: Content | CtxError | undefined): void {
      const key = keyOf(document);
      if (content === undefined || isCtxError(content) || bodies.has(key)) return;
      bodies.set(key, content);
      size += sizeOf(content);
      for (const [oldest, body] of bodies) {
        if (size <= KEPT) break;
        bodies.delete(oldest);
        size -= sizeOf(body);
      }
    },
  };
}
