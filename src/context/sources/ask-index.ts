import type { Item, Section } from '../item.ts';
import type { Knowledge } from '../knowledge.ts';
import { type Found, failed, type Limits, type Outcome, outcomeOf, settled } from '../outcome.ts';
import { relevant } from '../relevance.ts';
import { find } from './find.ts';
import { sectionFilters } from './kinds.ts';

export interface AskOptions extends Limits {
  /** How much each section wants at most. */
  readonly limit: number;
}

/** So many times as much is looked at: what is found by words that say little goes again. */
const DEPTH = 4;

export type OpenKnowledge = (signal: AbortSignal) => Promise<Knowledge>;

/**
 * Asks the index for all of the sections side by side. It is brought up to date first, which takes as long as it takes: half an index
 * would answer wrong.
 */
export async function askIndex(
  open: OpenKnowledge,
  query: string,
  sections: readonly Exclude<Section, 'memory'>[],
  options: AskOptions,
): Promise<ReadonlyMap<Section, Outcome>> {
  const { clock, signal } = options;
  const started = clock.now();
  const opened = await settled(prepared(open, signal));
  if ('error' in opened) {
    const outcome = { ...failed(opened.error), latencyMs: clock.now() - started };
    return new Map(sections.map((section) => [section, outcome]));
  }
  const { knowledge, filters, notes } = opened.value;
  const working = new Set<Promise<Found>>();
  const now = clock.now();
  try {
    const outcomes = new Map<Section, Outcome>();
    await Promise.all(
      sections.map(async (section) => {
        const filter = filters[section];
        const work = async (own: AbortSignal): Promise<Found> => {
          if (filter === null) return { items: [], notes };
          const finding = find(knowledge, query, { filter, limit: options.limit * DEPTH, now, signal: own });
          working.add(finding);
          const found = await finding.finally(() => working.delete(finding));
          return { ...found, notes: [...new Set([...notes, ...found.notes])] };
        };
        outcomes.set(section, await outcomeOf(section, work, options));
      }),
    );
    return await bestOf(knowledge, query, outcomes, options.limit);
  } finally {
    await close(knowledge, working);
  }
}

async function prepared(open: OpenKnowledge, signal: AbortSignal) {
  const knowledge = await open(signal);
  try {
    const notes = await knowledge.refresh();
    return { knowledge, notes, filters: await knowledge.read(sectionFilters) };
  } catch (error) {
    await knowledge[Symbol.asyncDispose]();
    throw error;
  }
}

async function bestOf(
  knowledge: Knowledge,
  query: string,
  outcomes: ReadonlyMap<Section, Outcome>,
  limit: number,
): Promise<ReadonlyMap<Section, Outcome>> {
  const found = new Map([...outcomes].map(([section, { items }]) => [section, items]));
  if ([...found.values()].every((items) => items.length === 0)) return outcomes;
  const kept = await settled(knowledge.read((store) => relevant(store, query, sorted(found))));
  return new Map(
    [...outcomes].map(([section, outcome]): [Section, Outcome] => {
      if ('error' in kept) return [section, { ...outcome, error: outcome.error ?? failed(kept.error).error }];
      return [section, { ...outcome, items: upTo(limit, kept.value.get(section) ?? []) }];
    }),
  );
}

/** What explains code in words is a document, after those that were written to be ones. */
function sorted(found: ReadonlyMap<Section, readonly Item[]>): ReadonlyMap<Section, readonly Item[]> {
  const { words = [], code = [] } = Object.groupBy(found.get('code') ?? [], ({ path }) =>
    /\.(?:mdx?|markdown)$/i.test(path) ? 'words' : 'code',
  );
  const documents = words.map((item) => ({ ...item, type: 'file' }));
  return new Map(
    [...found].map(([section, items]) => {
      if (section === 'code') return [section, code];
      return [section, section === 'docs' ? [...items, ...documents] : items];
    }),
  );
}

/** All that the query names, and the best of the rest. */
function upTo(limit: number, items: readonly Item[]): Item[] {
  const named = items.filter(({ match }) => match === 'named');
  return [...named, ...items.filter(({ match }) => match !== 'named').slice(0, limit)];
}

/** What was not waited for ends before its index is closed, and nobody waits for that either. */
async function close(knowledge: Knowledge, working: ReadonlySet<Promise<unknown>>): Promise<void> {
  if (working.size === 0) return knowledge[Symbol.asyncDispose]();
  void Promise.allSettled([...working])
    .then(() => knowledge[Symbol.asyncDispose]())
    // The answer has been given: there is nobody to tell.
    .catch(() => undefined);
}
