import type { Filter } from '../store.ts';
import { type Parameters, storable } from './parameters.ts';

/** What the filter demands of a row that has the columns `path`, `collection`, `source`, `type` and `moment`. */
export function demands(filter: Filter | undefined, row: string, parameters: Parameters): string {
  const { sources, types, collections, since, until, under } = filter ?? {};
  const demanded: string[] = [];
  for (const [column, values] of Object.entries({ source: sources, type: types, collection: collections }))
    if (values !== undefined)
      demanded.push(`${row}.${column} = any(${parameters.add(values.map(storable), 'text[]')})`);
  if (since !== undefined)
    demanded.push(`${row}.moment >= ${parameters.add(momentOf(since), 'timestamptz')}`);
  if (until !== undefined) demanded.push(`${row}.moment < ${parameters.add(momentOf(until), 'timestamptz')}`);
  const folder = storable(under ?? '').replace(/\/+$/, '');
  if (folder !== '') {
    // By bytes, `0` is what follows on `/`: an index over paths serves that.
    const [from, to] = [parameters.add(`${folder}/`, 'text'), parameters.add(`${folder}0`, 'text')];
    const itself = `${row}.path = ${parameters.add(folder, 'text')}`;
    demanded.push(`(${itself} or (${row}.path >= ${from} and ${row}.path < ${to}))`);
  }
  return demanded.length === 0 ? 'true' : demanded.join(' and ');
}

/** A date without its own time zone is in UTC, whatever the server's is. Null for none. */
export function momentOf(date: string | undefined): string | null {
  const moment = new Date(date ?? Number.NaN);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
