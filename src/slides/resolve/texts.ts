import { suggest } from '../../config/suggest.ts';
import { ctxError } from '../../core/errors/index.ts';
import type { Item } from '../query/knowledge.ts';
import { shown } from '../query/list.ts';
import type { Answer, Queries } from '../query/query.ts';

const REFERENCE = /\{\{\s*(?:query\s*:\s*([^{}]+?)|([^{}:]+?))\s*\}\}/g;

/** Where a text stands, and what a repeated slide is about there. */
export interface Place {
  /** For errors. */
  readonly where: string;
  readonly item: Item | null;
}

/** Texts with their references filled in: `{{name}}` of a variable for all slides, `{{query: …}}` of the repository. */
export class Texts {
  readonly #queries: Queries;
  readonly #vars: Readonly<Record<string, string>>;
  /** The variables that some text refers to. */
  readonly used = new Set<string>();

  constructor(queries: Queries, vars: Readonly<Record<string, string>>) {
    this.#queries = queries;
    this.#vars = vars;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#vars, name);
  }

  async variable(name: string, place: Place): Promise<string> {
    return await this.#variable(name, place, []);
  }

  async fill(text: string, place: Place): Promise<string> {
    return await this.#fill(text, place, []);
  }

  async ask(query: string, { where, item }: Place): Promise<Answer> {
    return await this.#queries.ask(query, where, item);
  }

  /** Fails with `slides.wrong-query` for a list. */
  async value(
    query: string,
    place: Place,
  ): Promise<{ readonly text: string; readonly number: number | null }> {
    const answer = await this.ask(query, place);
    if (answer.kind === 'value') return answer;
    if (answer.kind === 'item') return { text: shown(answer.item.title), number: null };
    throw wrongQuery(query, answer, 'one value', place);
  }

  async #variable(name: string, place: Place, within: readonly string[]): Promise<string> {
    const { where } = place;
    if (within.includes(name))
      throw ctxError('slides.circular-reference', { where, names: [...within, name] });
    const text = this.has(name) ? this.#vars[name] : undefined;
    if (text === undefined) {
      const known = Object.keys(this.#vars);
      throw ctxError('slides.unknown-reference', { where, name, known, meant: suggest(name, known) ?? null });
    }
    this.used.add(name);
    return await this.#fill(text, place, [...within, name]);
  }

  async #fill(text: string, place: Place, within: readonly string[]): Promise<string> {
    let filled = '';
    let end = 0;
    for (const { 0: whole, 1: query, 2: name = '', index } of text.matchAll(REFERENCE)) {
      const value =
        query === undefined
          ? await this.#variable(name, place, within)
          : (await this.value(query, place)).text;
      filled += text.slice(end, index) + value;
      end = index + whole.length;
    }
    return (filled + text.slice(end)).trim();
  }
}

export function wrongQuery(query: string, answer: Answer, wanted: string, { where }: Place) {
  const found = {
    value: 'one value',
    item: 'one document',
    list: 'a list',
    groups: 'groups',
    names: 'the beginning of a query',
  }[answer.kind];
  return ctxError('slides.wrong-query', { where, query, found, wanted });
}
