/** What the guard did to a document. */
export interface GuardCounts {
  /** How many different secrets of each kind were replaced, however often each stands in the document. */
  readonly redacted: { readonly [kind: string]: number };
  /** Those that the configuration lets stay. */
  readonly allowed: { readonly [kind: string]: number };
  /** Invisible characters that were taken out. */
  readonly invisible: number;
}

export const NOTHING_GUARDED: GuardCounts = { redacted: {}, allowed: {}, invisible: 0 };

export function foundAnything({ redacted, allowed, invisible }: GuardCounts): boolean {
  return invisible > 0 || Object.keys(redacted).length > 0 || Object.keys(allowed).length > 0;
}

export function addCounts(a: GuardCounts, b: GuardCounts): GuardCounts {
  return {
    redacted: joinKinds(a.redacted, b.redacted, sum),
    allowed: joinKinds(a.allowed, b.allowed, sum),
    invisible: a.invisible + b.invisible,
  };
}

/** Of several versions of a document, which mostly hold the same secrets: as many as the one with most of them. */
export function mostCounts(a: GuardCounts, b: GuardCounts): GuardCounts {
  return {
    redacted: joinKinds(a.redacted, b.redacted, Math.max),
    allowed: joinKinds(a.allowed, b.allowed, Math.max),
    invisible: Math.max(a.invisible, b.invisible),
  };
}

function joinKinds(
  a: GuardCounts['redacted'],
  b: GuardCounts['redacted'],
  join: (a: number, b: number) => number,
): GuardCounts['redacted'] {
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(kinds.map((kind) => [kind, join(a[kind] ?? 0, b[kind] ?? 0)]));
}

const sum = (a: number, b: number): number => a + b;

/** Counts in one document. It knows the secrets themselves, and is gone with the scan. */
export class Tally {
  readonly #redacted = new Map<string, Set<string>>();
  readonly #allowed = new Map<string, Set<string>>();
  invisible = 0;

  redacted(kind: string, secret: string): void {
    add(this.#redacted, kind, secret);
  }

  allowed(kind: string, secret: string): void {
    add(this.#allowed, kind, secret);
  }

  counts(): GuardCounts {
    return { redacted: sizes(this.#redacted), allowed: sizes(this.#allowed), invisible: this.invisible };
  }
}

/** A title has the bare secret, the text the same one as markdown escapes it. */
function add(found: Map<string, Set<string>>, kind: string, secret: string): void {
  found.set(kind, (found.get(kind) ?? new Set()).add(secret.replaceAll('\\', '')));
}

function sizes(found: ReadonlyMap<string, ReadonlySet<string>>): GuardCounts['redacted'] {
  return Object.fromEntries(
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, { size }]) => [kind, size]),
  );
}
