import type { SQLInputValue } from 'node:sqlite';
import type { Filter } from '../store.ts';

export interface Condition {
  /** Over a document as `d`; empty where everything holds. */
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export function conditionOf(filter: Filter | undefined): Condition {
  const { sources, types, collections, since, until, under } = filter ?? {};
  const parts: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (sql: string, ...bound: SQLInputValue[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  const among = (column: string, allowed: readonly string[] | undefined) => {
    if (allowed) add(`d.${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(allowed));
  };
  among('source', sources);
  among('type', types);
  among('collection', collections);
  if (since !== undefined) add('d.moment >= ?', momentOf(since));
  if (until !== undefined) add('d.moment < ?', momentOf(until));
  const folder = under?.replace(/\/+$/, '');
  // '0' is what follows '/'.
  if (folder) add('(d.path = ? OR (d.path > ? AND d.path < ?))', folder, `${folder}/`, `${folder}0`);
  return { sql: parts.join(' AND '), values };
}

/** Milliseconds since 1970, since equal moments are written in several ways; null for what is no date. */
export function momentOf(date: string | undefined): number | null {
  const moment = Date.parse(date ?? '');
  return Number.isNaN(moment) ? null : moment;
}
