import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { type CtxError, ctxError, isCtxError } from '../core/errors/index.ts';
import { INVISIBLE_RULES, stripInvisible } from '../core/invisible.ts';
import type { Plain } from '../core/plain.ts';
import { kindOfName } from './assignments.ts';
import { type Finding, inWholeRuns, merge, replaceAll } from './finding.ts';
import { withinTime } from './interrupt.ts';
import { isLiteral } from './literal.ts';
import { type Finder, findSecrets, rulesDescription } from './rules.ts';
import { type GuardCounts, Tally } from './tally.ts';

export interface Guarded<T> {
  readonly value: T;
  readonly counts: GuardCounts;
}

export interface Unguarded {
  readonly value: Plain;
  readonly path: string;
}

/**
 * Keeps secrets and invisible characters out of what is written. `path` is where it belongs, as the allow-list and
 * errors name it: `<source>/<folders>/<key or id>`. Both throw `pipeline.scan-failed`, which quotes nothing, when
 * the scanner crashes or takes too long: what was scanned must then not be written.
 */
export interface Redactor {
  /**
   * Takes out invisible characters from every string of a value, at any depth and in keys too, and replaces secrets
   * in markdown by `[redacted:<kind>]`, which says nothing else of them. The value of a key that names a secret, such
   * as `API token`, is one. Guarding the result again changes nothing. Marks around link destinations stay.
   */
  guard<T extends Plain>(value: T, path: string): Guarded<T>;
  /** As `guard` does it to each, with the error in the place of one that it throws for. Takes less time than one by one. */
  guardAll(items: readonly Unguarded[]): readonly (Guarded<Plain> | CtxError)[];
  /** Replaces secrets alone: the text is somebody's file. */
  redact(text: string, path: string): Guarded<string>;
  /** Changes whenever the rules or the allow-list do. */
  readonly version: string;
}

/** Findings of a rule that stay in documents whose path matches the glob. */
export interface Allowance {
  readonly rule: string;
  readonly path: string;
}

export interface RedactorOptions {
  readonly allow?: readonly Allowance[];
  /** Milliseconds that one document may take. */
  readonly timeLimit?: number;
  /** Beside our own. */
  readonly rules?: readonly Finder[];
}

export function createRedactor({
  allow = [],
  timeLimit = 10_000,
  rules = [],
}: RedactorOptions = {}): Redactor {
  const innocent = new Set<string>();
  const scan = <T>(path: string, work: (scanner: Scanner) => T): Guarded<T> => {
    const allowed = new Set(
      allow.filter((entry) => posix.matchesGlob(path, entry.path)).map(({ rule }) => rule),
    );
    const scanner = new Scanner(allowed, rules, innocent);
    try {
      return { value: work(scanner), counts: scanner.tally.counts() };
    } catch (error) {
      // The scanner's own message may quote the text: only its name is kept.
      const reason = error instanceof Error ? error.name : 'unknown error';
      throw ctxError('pipeline.scan-failed', { path, reason });
    }
  };
  const scanInTime = <T>(path: string, work: (scanner: Scanner) => T): Guarded<T> => {
    const done = withinTime(timeLimit, () => scan(path, work));
    if (done === undefined)
      throw ctxError('pipeline.scan-failed', { path, reason: `it took longer than ${timeLimit} ms` });
    return done.result;
  };
  const guarding = (value: Plain) => (scanner: Scanner) => scanner.guard(value);
  const orError = (guard: () => Guarded<Plain>): Guarded<Plain> | CtxError => {
    try {
      return guard();
    } catch (error) {
      if (isCtxError(error)) return error;
      throw error;
    }
  };
  return {
    guard: (value, path) => scanInTime(path, guarding(value)) as Guarded<typeof value>,
    guardAll: (items) =>
      // A limit of time costs a thread, which a busy machine takes milliseconds to start: all share one. Where that does not do,
      // each has its own.
      withinTime(timeLimit, () => items.map(({ value, path }) => orError(() => scan(path, guarding(value)))))
        ?.result ?? items.map(({ value, path }) => orError(() => scanInTime(path, guarding(value)))),
    redact: (text, path) => scanInTime(path, (scanner) => scanner.redact(text)),
    version: createHash('sha256')
      .update(
        JSON.stringify([rulesDescription, INVISIBLE_RULES, allow.map(({ rule, path }) => [rule, path])]),
      )
      .digest('hex')
      .slice(0, 16),
  };
}

/** No secret is shorter. */
const SHORTEST = 8;

/** Keys, names and labels are short and come with one document after another: those that hold nothing are not searched again. */
const LONGEST_REMEMBERED = 100;
const MOST_REMEMBERED = 4096;

/** Hostile text can grow a new secret out of each replacement, and need as many rounds as it has secrets. */
const FINE_ROUNDS = 8;

/** The scan of one document. */
class Scanner {
  readonly tally = new Tally();
  readonly #allowed: ReadonlySet<string>;
  readonly #rules: readonly Finder[];
  /** Texts in which nothing is. */
  readonly #innocent: Set<string>;

  constructor(allowed: ReadonlySet<string>, rules: readonly Finder[], innocent: Set<string>) {
    this.#allowed = allowed;
    this.#rules = rules;
    this.#innocent = innocent;
  }

  /** `name` is the key whose value this is. */
  guard(value: Plain, name?: string): Plain {
    if (typeof value === 'string') return this.#guardString(value, name);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item: Plain) => this.guard(item, name));
    const guarded = new Map<string, Plain>();
    for (const [key, item] of Object.entries(value as { readonly [key: string]: Plain }))
      guarded.set(this.#guardKey(key, guarded), this.guard(item, key));
    return Object.fromEntries(guarded);
  }

  #guardString(source: string, name: string | undefined): string {
    const { text, removed } = stripInvisible(source);
    this.tally.invisible += removed;
    const kind = name === undefined ? undefined : kindOfName(name);
    if (kind === undefined || !isLiteral(text)) return this.redact(text);
    return this.#replace(text, [{ start: 0, end: text.length, kind }]) ?? this.redact(text);
  }

  /** Two keys that differ in nothing but their secrets stay two. */
  #guardKey(key: string, taken: ReadonlyMap<string, Plain>): string {
    const guarded = this.#guardString(key, undefined);
    if (guarded === key || !taken.has(guarded)) return guarded;
    let count = 2;
    while (taken.has(`${guarded} (${count})`)) count += 1;
    return `${guarded} (${count})`;
  }

  /** A replacement can complete another secret's surroundings, so it goes on until nothing is found. */
  redact(source: string): string {
    if (source.length < SHORTEST || this.#innocent.has(source)) return source;
    let text = source;
    // Each round leaves fewer characters outside of placeholders: it ends.
    for (let round = 0; ; round++) {
      const found = findSecrets(text, this.#rules);
      if (found.length === 0) this.#remember(text);
      const next = this.#replace(text, round < FINE_ROUNDS ? found : inWholeRuns(text, found));
      if (next === undefined) return text;
      text = next;
    }
  }

  #remember(text: string): void {
    if (text.length > LONGEST_REMEMBERED) return;
    if (this.#innocent.size >= MOST_REMEMBERED) this.#innocent.clear();
    this.#innocent.add(text);
  }

  /** Undefined when there is nothing to replace. */
  #replace(text: string, found: readonly Finding[]): string | undefined {
    const refused = found.filter(({ kind }) => !this.#allowed.has(kind));
    const findings = merge(text, refused);
    if (findings.length === 0) {
      for (const { start, end, kind } of found)
        if (this.#allowed.has(kind)) this.tally.allowed(kind, text.slice(start, end));
      return undefined;
    }
    for (const { start, end, kind } of findings) this.tally.redacted(kind, text.slice(start, end));
    return replaceAll(text, findings);
  }
}
