import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../core/clock.ts';
import { ctxError } from '../core/errors/index.ts';
import { formatContext } from './format/format.ts';
import type { Item, Section } from './item.ts';
import { findInMemory } from './memory/find.ts';
import type { MemoryOptions } from './memory/read.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { askIndex, type OpenKnowledge } from './sources/ask-index.ts';

export interface ContextInjectorOptions {
  /** Opens the index of the repository as it is now; closed after each question. Without it there is memory alone. */
  readonly knowledge?: OpenKnowledge | undefined;
  readonly memory?: MemoryOptions | undefined;
  readonly clock?: Clock | undefined;
  /** How long each source may take once the index is up to date. In milliseconds; default 5,000. */
  readonly timeLimit?: number | undefined;
  /** How much of each source is wanted at most. Default: 5. */
  readonly limit?: number | undefined;
  /**
   * 8 to 64 letters of a to z and digits, asked for at each call. Default: 64 random bits, so that nothing written before knows them.
   * The same for all calls of one conversation lets prompt caches recognise what was retrieved again.
   */
  readonly boundary?: (() => string) | undefined;
}

/** A question, and what of all that is known to ask. Each part is asked unless it is `false`. */
export interface GatherRequest {
  readonly query: string;
  readonly includeSlack?: boolean | undefined;
  readonly includeCode?: boolean | undefined;
  readonly includeJira?: boolean | undefined;
  readonly includeDocs?: boolean | undefined;
  readonly includeMemory?: boolean | undefined;
  /** Of `formatted`, as estimated. Default: 4,000. */
  readonly maxTokens?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GatheredSource {
  readonly source: Section;
  readonly found: boolean;
  readonly results: readonly Item[];
  /** Why it has less than it could have: what happened, and what to do. */
  readonly error: string | null;
  /** What the person should know, such as that some texts have no embeddings yet. */
  readonly notes: readonly string[];
  readonly latencyMs: number;
}

export interface GatheredContext {
  readonly query: string;
  /** Those that were asked. */
  readonly sources: readonly GatheredSource[];
  readonly totalResults: number;
  /** Ready for a prompt; empty if nothing was found. */
  readonly formatted: string;
}

const TIME_LIMIT = 5_000;
const LIMIT = 5;
const MAX_TOKENS = 4_000;

/** Gathers what a team knows about a question into one text for a prompt. */
export class ContextInjector {
  readonly #options: ContextInjectorOptions;

  constructor(options: ContextInjectorOptions) {
    this.#options = options;
  }

  /**
   * Asks all sources side by side. One that fails or takes too long has an `error`, and the others answer. Rejects with the signal's
   * reason, and with `context.bad-boundary`.
   */
  async gatherContext(request: GatherRequest): Promise<GatheredContext> {
    const { query, maxTokens = MAX_TOKENS, signal = new AbortController().signal } = request;
    const { knowledge, memory, clock = systemClock, timeLimit = TIME_LIMIT, limit = LIMIT } = this.#options;
    const boundary = this.#boundary();
    const limits = { clock, timeLimit, limit, signal };
    const asked = askedFor(request);
    const indexed = asked.filter((section) => section !== 'memory');
    const [known, remembered] = await Promise.all([
      knowledge === undefined || indexed.length === 0
        ? new Map<Section, Outcome>()
        : askIndex(knowledge, query, indexed, limits),
      memory === undefined || !asked.includes('memory')
        ? undefined
        : outcomeOf(
            'memory',
            (own) => findInMemory(memory, query, { limit, now: clock.now(), signal: own }),
            limits,
          ),
    ]);
    signal.throwIfAborted();
    const sources = asked.flatMap((source): GatheredSource[] => {
      const outcome = source === 'memory' ? remembered : known.get(source);
      if (outcome === undefined) return [];
      const { items: results, error = null, notes, latencyMs } = outcome;
      return [{ source, found: results.length > 0, results, error, notes, latencyMs }];
    });
    const found = new Map(sources.map(({ source, results }) => [source, results]));
    return {
      query,
      sources,
      totalResults: sources.reduce((sum, { results }) => sum + results.length, 0),
      formatted: formatContext(found, { maxTokens, boundary }),
    };
  }

  #boundary(): string {
    const boundary = this.#options.boundary?.() ?? randomBytes(8).toString('hex');
    if (!/^[a-z\d]{8,64}$/.test(boundary)) throw ctxError('context.bad-boundary', undefined);
    return boundary;
  }
}

function askedFor(request: GatherRequest): Section[] {
  const { includeSlack, includeCode, includeJira, includeDocs, includeMemory } = request;
  const wanted: Readonly<Record<Section, boolean | undefined>> = {
    slack: includeSlack,
    code: includeCode,
    jira: includeJira,
    docs: includeDocs,
    memory: includeMemory,
  };
  return (Object.keys(wanted) as Section[]).filter((section) => wanted[section] !== false);
}
