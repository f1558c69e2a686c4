import { oneLine } from '../core/one-line.ts';
import type { ChangeKind, DocumentChange } from './report.ts';

const LISTED_PER_SOURCE = 40;
const SUBJECT_LENGTH = 72;
export const SIGNS: Record<ChangeKind, string> = { added: '+', modified: '~', renamed: '>', deleted: '-' };
export const VERBS: Record<ChangeKind, string> = {
  added: 'Add',
  modified: 'Update',
  renamed: 'Move',
  deleted: 'Remove',
};

/**
 * A commit message that `git log` readers can use: a subject that names the one document or counts the many, then
 * per source the titles of what changed, then the trailer `Context-Sources`. Titles have passed the guard.
 */
export function commitMessage(changes: readonly DocumentChange[], sources: readonly string[]): string {
  const paragraphs = [subject(changes, sources)];
  for (const source of sources) {
    const own = changes.filter((change) => change.source === source);
    if (own.length > 0) paragraphs.push([`${source}: ${counts(own)}`, ...titles(own)].join('\n'));
  }
  paragraphs.push(`Context-Sources: ${sources.join(', ')}`);
  return `${paragraphs.join('\n\n')}\n`;
}

function subject(changes: readonly DocumentChange[], sources: readonly string[]): string {
  const [only, ...others] = changes;
  if (only === undefined) return 'Update generated files';
  if (others.length === 0) return shorten(`${VERBS[only.kind]} ${inert(only.title)}`);
  const parts = sources.flatMap((source) => {
    const own = countByKind(changes.filter((change) => change.source === source));
    return own.length === 0 ? [] : [[source, ...own.map(([kind, count]) => SIGNS[kind] + count)].join(' ')];
  });
  return shorten(`Sync ${changes.length} documents: ${parts.join(', ')}`);
}

export function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= SUBJECT_LENGTH ? text : `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`;
}

function countByKind(changes: readonly DocumentChange[]): [ChangeKind, number][] {
  return (Object.keys(SIGNS) as ChangeKind[])
    .map((kind): [ChangeKind, number] => [kind, changes.filter((change) => change.kind === kind).length])
    .filter(([, count]) => count > 0);
}

function counts(changes: readonly DocumentChange[]): string {
  return countByKind(changes)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

function titles(changes: readonly DocumentChange[]): string[] {
  const lines = changes.slice(0, LISTED_PER_SOURCE).map(({ kind, title, reason }) => {
    const why = reason === undefined ? '' : ` (${reason})`;
    return `  ${SIGNS[kind]} ${inert(title)}${why}`;
  });
  const rest = changes.length - LISTED_PER_SOURCE;
  return rest > 0 ? [...lines, `  and ${rest} more`] : lines;
}

/** Anywhere in a message, `[skip ci]` and its like would stop the checks of the whole commit. */
const DIRECTIVE = /\[([^[\]]*\b(?:ci|skip)\b[^[\]]*)\]|\*\*\*(NO_CI)\*\*\*/gi;

/** A title cannot begin a line of its own, where a trailer could stand. */
export function inert(title: string): string {
  return oneLine(title)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(DIRECTIVE, (_, words?: string, mark?: string) => `(${words ?? mark})`);
}
