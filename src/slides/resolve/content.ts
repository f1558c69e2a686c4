import { resolve } from 'node:path';
import type { Chart, Image, Table } from '../deck.ts';
import type { Item } from '../query/knowledge.ts';
import { shown } from '../query/list.ts';
import { type Answer, asItems } from '../query/query.ts';
import type { ChartSpec, ImageSpec, TableSpec } from '../spec.ts';
import { type Place, type Texts, wrongQuery } from './texts.ts';

/** Titles of documents can be as long as their writers like. */
const LONGEST_CELL = 72;

export async function tableOf(spec: Exclude<TableSpec, string>, texts: Texts, place: Place): Promise<Table> {
  if ('rows' in spec) {
    const filled = (cells: readonly string[]) => Promise.all(cells.map((cell) => texts.fill(cell, place)));
    return { header: await filled(spec.header), rows: await Promise.all(spec.rows.map(filled)) };
  }
  const items = itemsOf(await texts.ask(spec.query, place), spec.query, place).slice(0, spec.limit);
  const fields = Object.values(spec.columns);
  const rows: string[][] = [];
  for (const item of items) {
    const cells: string[] = [];
    for (const field of fields)
      cells.push(short((await texts.value(`item."${field}"`, { ...place, item })).text));
    rows.push(cells);
  }
  return { header: Object.keys(spec.columns), rows };
}

/** What a query lists: documents, or groups. */
export function itemsOf(answer: Answer, query: string, place: Place): readonly Item[] {
  if (answer.kind === 'list') return answer.items;
  if (answer.kind === 'groups') return asItems(answer.groups);
  throw wrongQuery(query, answer, 'a list', place);
}

export async function chartOf(spec: Exclude<ChartSpec, string>, texts: Texts, place: Place): Promise<Chart> {
  const { kind } = spec;
  if (!('series' in spec)) {
    const values: (number | null)[] = [];
    for (const query of Object.values(spec.values)) {
      const { number, text } = await texts.value(query, place);
      if (number === null && text !== '')
        throw wrongQuery(query, { kind: 'value', text, number }, 'a number', place);
      values.push(number);
    }
    return { kind, categories: Object.keys(spec.values), series: [{ name: 'Count', values }] };
  }
  if ('categories' in spec) {
    const fill = (text: string) => texts.fill(text, place);
    const categories = await Promise.all(spec.categories.map(fill));
    const series = await Promise.all(
      spec.series.map(async ({ name, values }) => ({ name: await fill(name), values })),
    );
    return { kind, categories, series };
  }
  const counted = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, query] of Object.entries(spec.series)) {
    const answer = await texts.ask(query, place);
    if (answer.kind !== 'groups') throw wrongQuery(query, answer, 'groups', place);
    counted.set(name, new Map([...answer.groups].map(([group, items]) => [group, items.length])));
  }
  const names = categoriesOf([...counted.values()]).slice(0, spec.limit);
  return {
    kind,
    categories: names.map(categoryName),
    series: [...counted].map(([name, counts]) => ({
      name,
      values: names.map((each) => counts.get(each) ?? 0),
    })),
  };
}

const TIME = /^\d{4}-\d\d(?:-\d\d)?$/;

/** Those of all series, as the first has them; times in their order. */
function categoriesOf(series: readonly ReadonlyMap<string, number>[]): string[] {
  const names = [...new Set(series.flatMap((counts) => [...counts.keys()]))];
  return names.every((name) => TIME.test(name)) ? names.sort() : names;
}

/** `2026-09-21` is `21 Sep`. */
function categoryName(name: string): string {
  if (!TIME.test(name)) return name;
  const [year = '', month = '', day] = name.split('-');
  const short = new Date(Number(year), Number(month) - 1, 1).toLocaleString('en-US', { month: 'short' });
  return day === undefined ? `${short} ${year}` : `${Number(day)} ${short}`;
}

/** The path is relative to the folder of the file that names it. */
export async function imageOf(
  spec: Exclude<ImageSpec, string>,
  folder: string,
  texts: Texts,
  place: Place,
): Promise<Image> {
  return {
    path: resolve(folder, await texts.fill(spec.path, place)),
    alt: await texts.fill(spec.alt, place),
  };
}

function short(text: string): string {
  const letters = [...shown(text)];
  return letters.length <= LONGEST_CELL
    ? letters.join('')
    : `${letters
        .slice(0, LONGEST_CELL - 1)
        .join('')
        .trimEnd()}…`;
}
