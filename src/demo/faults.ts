import { createHash } from 'node:crypto';
import type { Workspace } from './workspace/model.ts';

/** What can go wrong with one answer. `W` is the workspace that an edit changes. */
export type Fault<W = Workspace> =
  /** 429. `retryAfter`: whole seconds, an HTTP date that many seconds ahead, a day or a year as either, or no header. */
  | {
      readonly kind: 'rate-limit';
      readonly retryAfter?: 'seconds' | 'date' | 'absurd' | 'absurd-date' | 'absent';
      readonly seconds?: number;
    }
  /** Any status: 500, 502, 503, 504; 401 in the middle of a run; 403 or 404 for one document. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection breaks before an answer. */
  | { readonly kind: 'reset' }
  /** The body arrives in pieces, over `ms` milliseconds. */
  | { readonly kind: 'slow-body'; readonly ms: number }
  /** Half a body, then silence on an open connection. */
  | { readonly kind: 'stalled-body' }
  /** Half a JSON text, with a content length that says it is all. */
  | { readonly kind: 'truncated' }
  /** 200 with the page that asks people to log in. */
  | { readonly kind: 'login-page' }
  /** 200 with JSON that says no: how services fail that answer everything with 200. */
  | { readonly kind: 'refusal'; readonly error: string }
  /** 200 without a body. */
  | { readonly kind: 'empty' }
  /** A page of a listing without items; the items come with the next page. */
  | { readonly kind: 'empty-page' }
  /** A page of a listing without the items that belong on it: nobody shows them. */
  | { readonly kind: 'lost-page' }
  /** A listing that says too early that it is at its end. */
  | { readonly kind: 'cut-listing' }
  /** A listing whose next page is the page that was just asked for. */
  | { readonly kind: 'repeated-page' }
  /** The cursor is refused; applies only to requests with one. */
  | { readonly kind: 'expired-cursor'; readonly status?: 400 | 410 }
  /** 302 to an address of another origin. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** Nothing is wrong with the answer, but the workspace changes just before it: listings change under their reader. */
  | { readonly kind: 'edit'; readonly edit: (workspace: W) => void };

export interface FaultRule<W = Workspace> {
  readonly fault: Fault<W>;
  readonly method?: string;
  /** Tested against path and query as the site sees them: `/wiki/api/v2/pages?limit=25`. */
  readonly path?: RegExp;
  /** How many matching requests pass before the first fault. */
  readonly skip?: number;
  /** How many faults the rule gives. Default 1. */
  readonly times?: number;
}

/** A request as a schedule sees it. */
export interface ScheduledRequest {
  /** Method, path and query, and the body as JSON. */
  readonly name: string;
  /** How many requests of the same name came before it. */
  readonly repetition: number;
}

/** Decides for each request what goes wrong with it. */
export type Schedule<W = Workspace> = (request: ScheduledRequest) => Fault<W> | undefined;

export interface RandomFaults<W = Workspace> {
  /** The share of requests that fail, from 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  readonly faults: readonly Fault<W>[];
  /** A request that fails once fails always, in the same way. */
  readonly lasting?: boolean;
}

/** Requests come side by side, so what goes wrong depends on what is asked, never on the order of arrival. */
export function randomFaults<W = Workspace>({
  rate,
  seed,
  faults,
  lasting = false,
}: RandomFaults<W>): Schedule<W> {
  return ({ name, repetition }) => {
    const dice = createHash('sha256')
      .update(`${seed} ${lasting ? 0 : repetition} ${name}`)
      .digest();
    if (dice.readUInt32BE(0) / 2 ** 32 >= rate) return undefined;
    return faults[dice.readUInt32BE(4) % faults.length];
  };
}

/**
 * What is to go wrong. Rules are asked in the order in which they were added; the first that matches acts. The schedule is
 * asked about what no rule is for.
 */
export interface FaultPlan<W = Workspace> {
  add(rule: FaultRule<W>): void;
  schedule: Schedule<W> | undefined;
  /** Forgets the rules, the schedule, the lag of the search index and forbidden documents. */
  clear(): void;
  /** Searches see the workspace as it was this many edits ago. */
  searchLag: number;
  /** Ids that listings show, but that can't be read: 404 singly, left out of bulk answers. */
  readonly forbidden: Set<string>;
  /** The faults given so far. */
  readonly given: readonly { readonly kind: Fault['kind']; readonly url: string }[];
  /** The fault for this request, if any; counts it. */
  take(method: string, url: string, body?: unknown): Fault<W> | undefined;
}

interface Counted<W> {
  readonly rule: FaultRule<W>;
  seen: number;
  given: number;
}

export function createFaultPlan<W = Workspace>(): FaultPlan<W> {
  let rules: Counted<W>[] = [];
  const repetitions = new Map<string, number>();
  const given: { kind: Fault['kind']; url: string }[] = [];

  const fromRules = (method: string, url: string): Fault<W> | undefined => {
    for (const counted of rules) {
      const { rule } = counted;
      if (rule.method !== undefined && rule.method !== method) continue;
      if (rule.path !== undefined && !rule.path.test(url)) continue;
      if (rule.fault.kind === 'expired-cursor' && !/[?&](cursor|nextPageToken)=/.test(url)) continue;
      counted.seen += 1;
      if (counted.seen <= (rule.skip ?? 0) || counted.given >= (rule.times ?? 1)) continue;
      counted.given += 1;
      return rule.fault;
    }
    return undefined;
  };

  const fromSchedule = (method: string, url: string, body: unknown): Fault<W> | undefined => {
    if (plan.schedule === undefined) return undefined;
    const name = `${method} ${url} ${JSON.stringify(body) ?? ''}`;
    const repetition = repetitions.get(name) ?? 0;
    repetitions.set(name, repetition + 1);
    return plan.schedule({ name, repetition });
  };

  const plan: FaultPlan<W> = {
    schedule: undefined,
    searchLag: 0,
    forbidden: new Set<string>(),
    given,
    add(rule) {
      rules.push({ rule, seen: 0, given: 0 });
    },
    clear() {
      rules = [];
      plan.schedule = undefined;
      repetitions.clear();
      plan.searchLag = 0;
      plan.forbidden.clear();
    },
    take(method, url, body) {
      const fault = fromRules(method, url) ?? fromSchedule(method, url, body);
      if (fault !== undefined) given.push({ kind: fault.kind, url });
      return fault;
    },
  };
  return plan;
}

/** mulberry32: small, even enough, and the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
