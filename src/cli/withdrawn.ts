import { counted } from '../core/counted.ts';
import type { WithdrawnDocument } from '../pipeline/withdrawn.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a person needs to know of a document that became restricted: how long it was to be seen, and where it still is. */
export function withdrawnLine({ id, path, since, sinceAtLeast, until }: WithdrawnDocument): string {
  const history = `Its history still holds it: \`ctx purge ${id}\` removes it from there.`;
  if (since === undefined)
    return `${path} is restricted now and goes; its history does not tell since when it was here. ${history}`;
  const days = Math.max(0, Math.floor((Date.parse(until) - Date.parse(since)) / DAY_MS));
  const from = `from ${since.slice(0, 10)}${sinceAtLeast ? ' or before (this clone’s history begins there)' : ''}`;
  const shown = `${from} to ${until.slice(0, 10)} (${counted(days, 'day')})`;
  return `${path} is restricted now and goes; this repository showed it ${shown}. ${history}`;
}
