import type { Facts } from '../../core/document.ts';
import type { KnownDocuments } from '../contract.ts';
import type { Run } from './run.ts';
import type { Issue } from './schema.ts';

/**
 * Notes which known documents are outdated by an issue that was read, whether it is written or withheld: what they say of
 * their sub-tasks, links and parents, `updated` of their own need not tell.
 */
export function noteRelations({ known, displaced, outdated, namers }: Run, { id, key, fields }: Issue): void {
  const before = known.get(id);
  if (before && before.key !== key) displaced.add(id);
  const parent = fields.parent?.id ?? undefined;
  const linked = new Set(
    (fields.issuelinks ?? []).flatMap(({ inwardIssue, outwardIssue }) => [inwardIssue?.id, outwardIssue?.id]),
  );

  for (const other of linked)
    if (other != null && !links(known.get(other)).includes(key)) outdated.add(other);
  for (const { id: child } of fields.subtasks ?? []) {
    if (child != null && known.get(child)?.parent !== id) outdated.add(child);
  }
  // An epic does not list its children, so that of a known one only a change tells.
  const isNewThere = before ? before.parent !== parent : !subtasks(known.get(parent ?? '')).includes(key);
  if (isNewThere) for (const each of [before?.parent, parent]) if (each !== undefined) outdated.add(each);

  for (const name of new Set([key, before?.key ?? key])) {
    for (const other of namers.of(name)) {
      const facts = known.get(other);
      const isLeft = subtasks(facts).includes(name) && other !== parent;
      if (isLeft || (links(facts).includes(name) && !linked.has(other))) outdated.add(other);
    }
  }
}

/** Sub-tasks inherit the security level of their parent, and all children name it; their own `updated` does not tell. */
export function noteChildren({ namers, outdated }: Run, id: string): void {
  for (const child of namers.childrenOf(id)) outdated.add(child);
}

/** What `noteRelations` does, of a known issue that is there no more. */
export function noteGone({ known, displaced, outdated }: Run, id: string): void {
  displaced.add(id);
  const parent = known.get(id)?.parent;
  if (parent !== undefined) outdated.add(parent);
}

/** The known documents that name issues: as their sub-tasks or as linked, by the issues' keys; as their parents, by ids. */
export class Namers {
  readonly #known: KnownDocuments;
  #byKey: Map<string, Set<string>> | undefined;
  #byParent: Map<string, Set<string>> | undefined;

  constructor(known: KnownDocuments) {
    this.#known = known;
  }

  of(key: string): ReadonlySet<string> {
    return this.#all().get(key) ?? NOBODY;
  }

  childrenOf(id: string): ReadonlySet<string> {
    this.#byParent ??= index(this.#known, ({ parent }) => (parent === undefined ? [] : [parent]));
    return this.#byParent.get(id) ?? NOBODY;
  }

  /** Of all issues that are no documents. */
  ofOthers(): Set<string> {
    const keys = new Set([...this.#known.values()].map(({ key }) => key));
    return new Set([...this.#all()].flatMap(([key, ids]) => (keys.has(key) ? [] : [...ids])));
  }

  #all(): Map<string, Set<string>> {
    this.#byKey ??= index(this.#known, (facts) => [...subtasks(facts), ...links(facts)]);
    return this.#byKey;
  }
}

function index(known: KnownDocuments, named: (facts: Facts) => readonly string[]): Map<string, Set<string>> {
  const namers = new Map<string, Set<string>>();
  for (const facts of known.values()) {
    for (const name of named(facts)) {
      const ids = namers.get(name);
      if (ids) ids.add(facts.id);
      else namers.set(name, new Set([facts.id]));
    }
  }
  return namers;
}

const NOBODY: ReadonlySet<string> = new Set();

function subtasks(facts: Facts | undefined): string[] {
  return listOf(facts?.fields?.subtasks);
}

/** The keys alone, of `blocks ACME-12`. */
function links(facts: Facts | undefined): string[] {
  return listOf(facts?.fields?.links).map((link) => link.slice(link.lastIndexOf(' ') + 1));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
