import type { Facts } from '../../core/document.ts';
import { type Entry, listing } from './listing.ts';
import { linkLine, page, shortTitle } from './markdown.ts';

/** What an index says of a document. */
export interface ListedDocument {
  readonly path: string;
  readonly facts: Pick<Facts, 'title' | 'key' | 'created' | 'updated'>;
}

/** A file as [path, content]. */
export type File = [string, string];

/**
 * Of one index, in bytes. Agents read a file at once or not at all: the reading tools of most take up to 25,000 tokens,
 * and links with titles have at least two bytes for each.
 */
export const MAX_INDEX_BYTES = 48 * 1024;
/** For what stands around the list, beside the name of the folder. */
const FRAME_BYTES = 600;
/** A folder of fewer documents is listed where it is: an index of a few lines costs a reader more than it saves. */
const OWN_INDEX_FROM = 20;

/**
 * The index of a folder with all documents in it and below. What is too large for one file is told of by folder: those
 * with many documents have an index of their own. Where there is no room for all that is left, what changed last is
 * listed. A pure function of the documents.
 */
export function folderIndexes(folder: string, documents: readonly ListedDocument[]): Generator<File> {
  return indexes(folder, [...documents].sort(newestFirst));
}

function* indexes(folder: string, documents: readonly ListedDocument[]): Generator<File> {
  const room = MAX_INDEX_BYTES - FRAME_BYTES - 2 * Buffer.byteLength(folder);
  const whole = listing(
    lazily(documents, (document) => documentEntry(folder, document)),
    room,
  );
  if (whole.listed === documents.length) {
    yield [`${folder}/INDEX.md`, page(folder, [EXPLANATION, whole.text])];
    return;
  }
  const below = Map.groupBy(documents, ({ path }) => subfolder(folder, path));
  below.delete(undefined);
  for (const [name, group] of below) if (group.length < OWN_INDEX_FROM) below.delete(name);
  const here = documents.filter(({ path }) => !below.has(subfolder(folder, path)));
  const stems = new Set(here.map(({ path }) => path.slice(folder.length + 1, -'.md'.length)));
  const folders = [...below].map(([name = '', group]) => folderEntry(name, group, stems.has(name)));
  const documentsHere = lazily(here, (document) => documentEntry(folder, document));
  const part = listing(both(folders, documentsHere), room);
  const left = [...below.values(), ...here.map((document) => [document])].slice(part.listed).flat();
  yield [`${folder}/INDEX.md`, page(folder, [EXPLANATION, part.text, remainder(left)])];
  for (const [name, group] of below) yield* indexes(`${folder}/${name}`, group);
}

const EXPLANATION = 'Each with the day on which it changed last in its source.\n';

function remainder(left: readonly ListedDocument[]): string {
  if (left.length === 0) return '';
  const newest = left.map(dayOf).reduce((latest, day) => (day > latest ? day : latest), '');
  const since = newest === '' ? '' : ` None of them changed after ${newest}.`;
  return `${left.length} more documents are not listed here.${since} \`ls\`, \`git grep\` and \`ctx search\` find them.\n`;
}

function documentEntry(folder: string, document: ListedDocument): Entry {
  const { path, facts } = document;
  const relative = path.slice(folder.length + 1);
  const title = shortTitle(facts.key === undefined ? facts.title : `${facts.key} ${facts.title}`);
  return {
    place: relative.slice(0, -'.md'.length).split('/'),
    line: () => [linkLine(title, relative), dayOf(document)].filter(Boolean).join(' '),
  };
}

/** What is below a document stands below it; any other folder is an entry by itself. */
function folderEntry(name: string, group: readonly ListedDocument[], isBelowDocument: boolean): Entry {
  const [newest] = group;
  const day = newest && dayOf(newest);
  return {
    place: isBelowDocument ? [name, 'INDEX'] : [name],
    line: () => `${linkLine(`${name}/`, `${name}/INDEX.md`)} ${group.length} documents${day && `, ${day}`}`,
  };
}

function subfolder(folder: string, path: string): string | undefined {
  const end = path.indexOf('/', folder.length + 1);
  return end === -1 ? undefined : path.slice(folder.length + 1, end);
}

function newestFirst(a: ListedDocument, b: ListedDocument): number {
  const [x, y] = [timeOf(a), timeOf(b)];
  if (x !== y) return x < y ? 1 : -1;
  return a.path < b.path ? -1 : 1;
}

/** ISO 8601; empty if the source does not say. */
function timeOf({ facts: { created, updated } }: ListedDocument): string {
  return updated ?? created ?? '';
}

function dayOf(document: ListedDocument): string {
  return /^\d{4}-\d\d-\d\d/.exec(timeOf(document))?.[0] ?? '';
}

function* lazily<T>(items: Iterable<T>, entry: (item: T) => Entry): Generator<Entry> {
  for (const item of items) yield entry(item);
}

function* both(first: Iterable<Entry>, second: Iterable<Entry>): Generator<Entry> {
  yield* first;
  yield* second;
}
