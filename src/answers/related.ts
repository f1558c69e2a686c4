import { posix } from 'node:path';
import type { Facts } from '../core/document.ts';
import { readDocument } from '../frontmatter/read.ts';
import type { ReadingRepo } from '../git/reading.ts';
import { sourceOf } from '../history/document-id.ts';
import { type FoundDocument, findDocument } from '../history/find.ts';
import { versionsOf } from '../history/follow.ts';
import { documentAt } from '../history/identity.ts';
import { goneError } from '../history/show.ts';
import { keysIn } from '../search/keys.ts';
import type { Store } from '../search/store/store.ts';
import { cursorAt, positionOf } from './cursor.ts';
import { countThatFits } from './room.ts';
import type { Searchable } from './search.ts';

export interface RelatedRequest {
  /** By any of its names. */
  readonly document: string;
  readonly limit: number;
  /** Of the answer before, to go on from there. */
  readonly cursor?: string | undefined;
  readonly maxTokens?: number | undefined;
}

/** How a document stands to the one that was asked about. `mentions` and `mentioned-by` are by key. */
export const RELATIONS = [
  'parent',
  'links-to',
  'linked-from',
  'mentions',
  'mentioned-by',
  'child',
  'sibling',
  'similar',
] as const;
export type Relation = (typeof RELATIONS)[number];

export interface RelatedDocument {
  readonly relations: readonly Relation[];
  readonly source: string;
  readonly type: string;
  readonly title: string;
  readonly path: string;
  readonly url: string | null;
  /** ISO 8601. */
  readonly updated: string | null;
}

export interface RelatedPage {
  readonly document: {
    readonly source: string;
    readonly id: string;
    readonly path: string;
    readonly title: string;
  };
  readonly notes: readonly string[];
  readonly results: readonly RelatedDocument[];
  readonly cursor: string | null;
}

export interface RelatedSources {
  readonly repo: ReadingRepo;
  readonly cwd: string;
  readonly index: Searchable & { read<T>(work: (store: Store) => Promise<T>): Promise<T> };
}

/** So many are near enough to be called similar, and so many mention a key. */
const SIMILAR = 10;
const MENTIONS = 50;
/** So much of a text says what it is about. In characters. */
const SUBJECT = 600;
/** Whoever names more is a list. */
const MOST_KEYS = 50;

interface Asked {
  readonly found: FoundDocument;
  readonly facts: Facts;
  readonly body: string;
}

type Described = Omit<RelatedDocument, 'relations'>;
type Relations = ReadonlyMap<Relation, readonly Described[]>;

/** Documents that belong to one: the nearest of each relation first, then the second of each. */
export async function answerRelated(
  sources: RelatedSources,
  request: RelatedRequest,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<RelatedPage> {
  const { repo, cwd, index } = sources;
  const { limit, cursor, maxTokens } = request;
  const asked = await documentOf(repo, request.document, cwd);
  const { found, facts } = asked;
  const question = [found.document, repo.head];
  const from = positionOf(cursor, question);
  const written = await writtenRelations(repo, asked);
  const { hits, notes } = await index.search(`${facts.title}\n${asked.body.slice(0, SUBJECT)}`, {
    ...{ limit: SIMILAR + 1, now, signal },
  });
  const keyed = await index.read((store) => keyedRelations(store, asked));
  const similar = hits.map(({ document }) => document).filter(({ path }) => path !== found.path);
  const all: Relations = new Map([
    ...written,
    ...keyed,
    ['similar', similar.slice(0, SIMILAR).map(described)],
  ]);
  const rest = inTurn(all, found.path).slice(from);
  const count = countThatFits(rest.slice(0, limit), maxTokens);
  const source = sourceOf(found.document);
  return {
    document: { source, id: found.document.slice(source.length + 1), path: found.path, title: facts.title },
    notes,
    results: rest.slice(0, count),
    cursor: rest.length > count ? cursorAt(question, from + count) : null,
  };
}

async function documentOf(repo: ReadingRepo, name: string, cwd: string): Promise<Asked> {
  const found = await findDocument(repo, name, cwd);
  const blob = found.isGone ? null : await repo.blobAt(repo.head, found.path);
  const read = blob === null ? undefined : readDocument(await repo.content(blob));
  if (read !== undefined) return { found, facts: read.facts, body: read.body };
  for await (const version of versionsOf(repo, found.document, found.path))
    throw goneError(found.document, version);
  throw new Error(`${found.document} was found, and no commit has it`);
}

/** What links and headers say. Only files that could say it are read. */
async function writtenRelations(repo: ReadingRepo, { found, facts, body }: Asked): Promise<Relations> {
  const source = sourceOf(found.document);
  const name = posix.basename(found.path);
  const said = [
    ...new Set([name, encodeURI(name)]),
    `parent: ${JSON.stringify(facts.id)}`,
    ...(facts.parent === undefined
      ? []
      : [`parent: ${JSON.stringify(facts.parent)}`, `id: ${JSON.stringify(facts.parent)}`]),
  ];
  const linked = linksIn(body, found.path);
  const candidates = new Set([...(await repo.filesWith(said)), ...linked]);
  candidates.delete(found.path);
  const files: { path: string; blob: string }[] = [];
  for await (const { path, after: blob } of repo.changes(null, repo.head))
    if (blob !== null && candidates.has(path)) files.push({ path, blob });
  const relations = new Map<Relation, Described[]>();
  const add = (relation: Relation, document: Described) =>
    relations.set(relation, [...(relations.get(relation) ?? []), document]);
  for await (const { request, content } of repo.contents(files, ({ blob }) => blob)) {
    const { path } = request;
    const other = documentAt(path, content) === undefined ? undefined : readDocument(content);
    if (other === undefined) continue;
    const document = described({ ...other.facts, path });
    const isOfSource = other.facts.source === source;
    if (linked.has(path)) add('links-to', document);
    if (linksIn(other.body, path).has(found.path)) add('linked-from', document);
    if (isOfSource && other.facts.parent === facts.id) add('child', document);
    if (isOfSource && facts.parent !== undefined) {
      if (other.facts.id === facts.parent) add('parent', document);
      if (other.facts.parent === facts.parent) add('sibling', document);
    }
  }
  for (const documents of relations.values()) documents.sort(byPath);
  return relations;
}

/** A link's target, in angle brackets or without. */
const LINK = /\]\(\s*(?:<([^<>\n]+)>|([^()\s<>]+(?:\([^()\s<>]*\)[^()\s<>]*)*))/g;

/** Where the links of a document lead, from the top of the repository. */
function linksIn(body: string, path: string): Set<string> {
  const targets = Array.from(body.matchAll(LINK), ([, bracketed, plain = '']) => bracketed ?? plain);
  return new Set(
    targets.flatMap((target) => {
      const file = target.replace(/[?#].*$/s, '');
      if (!file.endsWith('.md') || /^[a-z][a-z\d+.-]*:|^\//i.test(file)) return [];
      const linked = posix.join(posix.dirname(path), decoded(file));
      return linked.startsWith('..') ? [] : [linked];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign stands for itself.
    return text;
  }
}

async function keyedRelations(store: Store, { found, facts, body }: Asked): Promise<Relations> {
  const own = [facts.key ?? [], facts.aliases ?? []].flat().flatMap((key) => keysIn(key));
  const others = keysIn(body)
    .filter((key) => !own.includes(key))
    .slice(0, MOST_KEYS);
  const documents = async (keys: readonly string[], how: 'named' | 'mentions') => {
    if (keys.length === 0) return [];
    const keyed = await store.keyed(keys, { limit: MENTIONS });
    const chunks = await store.places(keyed.filter((each) => each.how === how).map(({ chunk }) => chunk));
    const byPlace = new Map(chunks.map(({ document }) => [document.path, document]));
    byPlace.delete(found.path);
    return [...byPlace.values()].map(described);
  };
  return new Map([
    ['mentions', await documents(others, 'named')],
    ['mentioned-by', await documents(own, 'mentions')],
  ]);
}

type Facet = Pick<Described, 'source' | 'type' | 'title' | 'path'> & {
  readonly url?: string | undefined;
  readonly updated?: string | undefined;
};

function described({ source, type, title, path, url = '', updated }: Facet): Described {
  return { source, type, title, path, url: url === '' ? null : url, updated: updated ?? null };
}

/** Each document once, with all that it is to the other one. */
function inTurn(relations: Relations, own: string): RelatedDocument[] {
  const of = new Map<string, Relation[]>();
  for (const relation of RELATIONS)
    for (const { path } of relations.get(relation) ?? []) of.set(path, [...(of.get(path) ?? []), relation]);
  of.delete(own);
  const results = new Map<string, RelatedDocument>();
  const longest = Math.max(0, ...Array.from(relations.values(), ({ length }) => length));
  for (let turn = 0; turn < longest; turn++)
    for (const relation of RELATIONS) {
      const document = relations.get(relation)?.[turn];
      const known = of.get(document?.path ?? '');
      if (document !== undefined && known !== undefined && !results.has(document.path))
        results.set(document.path, { relations: known, ...document });
    }
  return [...results.values()];
}

const byPath = (a: Described, b: Described): number => (a.path < b.path ? -1 : Number(a.path > b.path));
