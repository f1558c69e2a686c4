import type { Plain } from '../../core/plain.ts';
import type { Item } from './knowledge.ts';
import { type DeckPeriod, dayOf } from './period.ts';

/** What a query may say of a list of documents, beside `by_FIELD`, `where.FIELD.VALUE`, `sum_FIELD` and `first_N`. */
export const LIST_WORDS = ['count', 'titles', 'oldest', 'newest', 'open'] as const;

/** Dates that sources know of their documents: a word of a list that keeps those whose date lies in the period. */
export const DATE_WORDS = ['created', 'updated', 'resolved', 'closed', 'merged', 'published', 'due'] as const;

export const SPANS = ['day', 'week', 'month'] as const;
type Span = (typeof SPANS)[number];

export function within(items: readonly Item[], field: string, { since, until }: DeckPeriod): Item[] {
  return items.filter((item) => {
    const moment = momentIn(item[field]);
    return moment !== null && moment >= since && moment <= until;
  });
}

/** Neither resolved nor closed nor merged. */
export function open(items: readonly Item[]): Item[] {
  return items.filter(
    ({ resolved, closed, merged, resolution }) => !(resolved ?? closed ?? merged ?? resolution),
  );
}

export function byDate(items: readonly Item[], field: string, order: 'oldest' | 'newest'): Item[] {
  const sign = order === 'oldest' ? 1 : -1;
  const at = (item: Item) => momentIn(item[field])?.getTime() ?? 0;
  return [...items].sort((a, b) => sign * (at(a) - at(b)));
}

/** By what the field says, the largest group first; a document with several values is in each of their groups. */
export function groupsBy(items: readonly Item[], field: string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const value of valuesOf(item[field])) groups.set(value, [...(groups.get(value) ?? []), item]);
  }
  return new Map([...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)));
}

/** One group for each day, week or month from the first to the last that has any, empty ones too. */
export function groupsByTime(items: readonly Item[], field: string, span: Span): Map<string, Item[]> {
  const dated = items.flatMap((item) => {
    const moment = momentIn(item[field]);
    return moment === null ? [] : [{ item, begin: spanOf(moment, span) }];
  });
  const times = dated.map(({ begin }) => begin.getTime());
  if (times.length === 0) return new Map();
  const groups = new Map<string, Item[]>();
  const last = times.reduce((a, b) => Math.max(a, b));
  let begin = new Date(times.reduce((a, b) => Math.min(a, b)));
  for (; begin.getTime() <= last; begin = nextOf(begin, span)) groups.set(spanName(begin, span), []);
  for (const { item, begin: own } of dated) groups.get(spanName(own, span))?.push(item);
  return groups;
}

export function sumOf(items: readonly Item[], field: string): number {
  return items.reduce(
    (sum, item) => sum + (typeof item[field] === 'number' ? (item[field] as number) : 0),
    0,
  );
}

export function valuesOf(value: Plain | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  const text = shown(value);
  return text === '' ? [] : [text];
}

/** A value as a slide shows it: dates by their day, numbers with their thousands apart, a list by commas. */
export function shown(value: Plain | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (typeof value === 'object') {
    const { name } = value as { readonly name?: Plain };
    return name === undefined ? '' : shown(name);
  }
  const text = value as string;
  const moment = momentIn(text);
  return moment === null ? text.replace(/\s+/g, ' ').trim() : dayOf(moment);
}

function momentIn(value: Plain | undefined): Date | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(value))
    return null;
  const date = value.length === 10 ? new Date(`${value}T12:00:00`) : new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}

function spanOf(date: Date, span: Span): Date {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (span === 'month') return new Date(year, month, 1);
  return new Date(year, month, span === 'week' ? day - ((date.getDay() + 6) % 7) : day);
}

function nextOf(begin: Date, span: Span): Date {
  const [year, month, day] = [begin.getFullYear(), begin.getMonth(), begin.getDate()];
  if (span === 'month') return new Date(year, month + 1, 1);
  return new Date(year, month, day + (span === 'week' ? 7 : 1));
}

function spanName(begin: Date, span: Span): string {
  return span === 'month' ? dayOf(begin).slice(0, 7) : dayOf(begin);
}
