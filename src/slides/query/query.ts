import { suggest } from '../../config/suggest.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { Item, Knowledge } from './knowledge.ts';
import {
  byDate,
  DATE_WORDS,
  groupsBy,
  groupsByTime,
  LIST_WORDS,
  open,
  SPANS,
  shown,
  sumOf,
  valuesOf,
  within,
} from './list.ts';
import { dayOf, labelOf } from './period.ts';

/** What a query answers. */
export type Answer =
  | { readonly kind: 'value'; readonly text: string; readonly number: number | null }
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'groups'; readonly groups: ReadonlyMap<string, readonly Item[]> }
  /** More names follow. */
  | { readonly kind: 'names'; readonly names: ReadonlyMap<string, () => Answer | Promise<Answer>> };

/** Documents of a type, by the name of many. */
const TYPES: Readonly<Record<string, string>> = {
  tickets: 'ticket',
  issues: 'issue',
  pulls: 'pull-request',
  releases: 'release',
  discussions: 'discussion',
  pages: 'page',
  blogposts: 'blogpost',
  threads: 'thread',
  files: 'file',
};

/** Fields that a query may name though no document here has them. */
const USUAL_FIELDS = [
  ...['title', 'key', 'url', 'status', 'labels', 'source', 'type', 'author', 'editor', 'space', 'project'],
  ...['priority', 'assignee', 'reporter', 'severity', 'issue_type', 'sprint', 'repository', 'change', 'path'],
  ...DATE_WORDS,
];

/**
 * Answers queries such as `jira.views.ASSIGNED.count` and `tickets.resolved.by_assignee`: names with dots between, those
 * with dots or spaces in quotes. Fails with `slides.unknown-query`, which says what there is.
 */
export class Queries {
  readonly #knowledge: Knowledge;
  #fields: Set<string> | undefined;

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
  }

  /** `item` is what a repeated slide is about; `where` is the place of the query, for errors. */
  async ask(query: string, where: string, item: Item | null = null): Promise<Answer> {
    let answer = await this.#roots(item);
    const words = wordsOf(query);
    for (let position = 0; position < words.length; position += 1) {
      const word = words[position] ?? '';
      const fail = (known: readonly string[]): never => {
        const meant = suggest(word, known) ?? null;
        throw ctxError('slides.unknown-query', { where, query, name: word, known, meant });
      };
      if (answer.kind === 'names') answer = await this.#named(answer.names, word, fail);
      else if (answer.kind === 'groups') answer = groupNamed(answer.groups, word, fail);
      else if (answer.kind === 'item') answer = await this.#field(answer.item, word, fail);
      else if (answer.kind === 'value') return fail([]);
      else if (word === 'where') {
        const [field = '', value = ''] = words.slice(position + 1, position + 3);
        await this.#checkField(field, () => fail([...(this.#fields ?? [])]));
        answer = list(
          answer.items.filter((each) => valuesOf(each[field]).some((one) => fold(one) === fold(value))),
        );
        position += 2;
      } else answer = await this.#ofList(answer.items, word, fail);
    }
    return answer;
  }

  async #roots(item: Item | null): Promise<Answer> {
    const { period } = this.#knowledge;
    const documents = await this.#knowledge.documents();
    const sources = [...new Set(documents.map(({ source }) => String(source)))].sort();
    const ofSource = (source: string) => documents.filter((each) => each.source === source);
    return names({
      ...(item !== null && { item: () => ({ kind: 'item', item }) }),
      period: () =>
        names({
          label: () => text(labelOf(period)),
          since: () => text(dayOf(period.since)),
          until: () => text(dayOf(period.until)),
        }),
      repository: () => names({ name: async () => text(await this.#knowledge.name()) }),
      sources: () => list(asItems(new Map(sources.map((source) => [source, ofSource(source)])))),
      documents: () => list(documents),
      changes: () => this.#changes(() => true),
      ...typed(documents),
      ...Object.fromEntries(
        sources.map((source) => [
          source,
          () =>
            names({
              documents: () => list(ofSource(source)),
              views: () => ({ kind: 'groups', groups: groupsBy(ofSource(source), 'views') }),
              changes: () => this.#changes((each) => each.source === source),
              ...typed(ofSource(source)),
            }),
        ]),
      ),
    });
  }

  async #changes(isWanted: (item: Item) => boolean): Promise<Answer> {
    const { added, modified, renamed, deleted } = await this.#knowledge.changes();
    const some = (items: readonly Item[]) => () => list(items.filter(isWanted));
    const all = [...added, ...modified, ...renamed, ...deleted];
    return names({
      added: some(added),
      modified: some(modified),
      renamed: some(renamed),
      deleted: some(deleted),
      all: some(all),
    });
  }

  async #named(
    known: ReadonlyMap<string, () => Answer | Promise<Answer>>,
    word: string,
    fail: (known: readonly string[]) => never,
  ): Promise<Answer> {
    const next = known.get(word);
    return next === undefined ? fail([...known.keys()]) : await next();
  }

  async #ofList(
    items: readonly Item[],
    word: string,
    fail: (known: readonly string[]) => never,
  ): Promise<Answer> {
    const { period } = this.#knowledge;
    if (word === 'count') return number(items.length);
    if (word === 'titles') return text(items.map(({ title }) => shown(title)).join('\n'));
    if (word === 'oldest' || word === 'newest') return list(byDate(items, 'created', word));
    if (word === 'open') return list(open(items));
    if (isOneOf(DATE_WORDS, word)) return list(within(items, word, period));
    const [, first] = /^first_(\d{1,4})$/.exec(word) ?? [];
    if (first !== undefined) return list(items.slice(0, Number(first)));
    const unknown = () => fail([...LIST_WORDS, ...DATE_WORDS, 'where', ...this.#fieldWords()]);
    const [, sum] = /^sum_(.+)$/.exec(word) ?? [];
    if (sum !== undefined) {
      await this.#checkField(sum, unknown);
      return number(sumOf(items, sum));
    }
    const [, by] = /^by_(.+)$/.exec(word) ?? [];
    if (by === undefined) return unknown();
    const [, field, span] = /^(.+)_([a-z]+)$/.exec(by) ?? [];
    if (field !== undefined && span !== undefined && isOneOf(SPANS, span)) {
      await this.#checkField(field, unknown);
      return { kind: 'groups', groups: groupsByTime(items, field, span) };
    }
    await this.#checkField(by, unknown);
    return { kind: 'groups', groups: groupsBy(items, by) };
  }

  async #field(item: Item, word: string, fail: (known: readonly string[]) => never): Promise<Answer> {
    if (word === 'documents' && Array.isArray(item.documents)) return list(item.documents as Item[]);
    if (Object.hasOwn(item, word)) {
      const value = item[word];
      return { kind: 'value', text: shown(value), number: typeof value === 'number' ? value : null };
    }
    await this.#checkField(word, () => fail([...Object.keys(item)]));
    return text('');
  }

  /** Whether documents here have such a field, or usually do. */
  async #checkField(field: string, fail: () => never): Promise<void> {
    this.#fields ??= new Set([
      ...USUAL_FIELDS,
      ...(await this.#knowledge.documents()).flatMap((item) => Object.keys(item)),
    ]);
    if (!this.#fields.has(field)) fail();
  }

  #fieldWords(): string[] {
    return [...(this.#fields ?? USUAL_FIELDS)].flatMap((field) => [`by_${field}`, `sum_${field}`]);
  }
}

/** Groups as a list: each by its name, how many it has, and what. */
export function asItems(groups: ReadonlyMap<string, readonly Item[]>): Item[] {
  return [...groups].map(([name, documents]) => ({ name, title: name, count: documents.length, documents }));
}

function typed(items: readonly Item[]): Record<string, () => Answer> {
  return Object.fromEntries(
    Object.entries(TYPES).map(([word, type]) => [
      word,
      () => list(items.filter((each) => each.type === type)),
    ]),
  );
}

function groupNamed(
  groups: ReadonlyMap<string, readonly Item[]>,
  word: string,
  fail: (known: readonly string[]) => never,
): Answer {
  if (word === 'count') return number(groups.size);
  for (const [name, items] of groups) if (fold(name) === fold(word)) return list(items);
  return fail(['count', ...groups.keys()]);
}

/** `in_progress` is `In Progress`. */
const fold = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, ' ');

function wordsOf(query: string): string[] {
  return Array.from(
    query.trim().matchAll(/"([^"]*)"|([^."]+)/g),
    ([, quoted, bare]) => quoted ?? (bare ?? '').trim(),
  );
}

const list = (items: readonly Item[]): Answer => ({ kind: 'list', items });
const text = (value: string): Answer => ({ kind: 'value', text: value, number: null });
const number = (value: number): Answer => ({ kind: 'value', text: shown(value), number: value });
const names = (entries: Readonly<Record<string, () => Answer | Promise<Answer>>>): Answer => ({
  kind: 'names',
  names: new Map(Object.entries(entries)),
});

function isOneOf<const T extends string>(words: readonly T[], word: string): word is T {
  return (words as readonly string[]).includes(word);
}
