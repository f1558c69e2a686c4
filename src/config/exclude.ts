import { chmod, readFile, realpath, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { ctxError } from '../core/errors/index.ts';
import { replaceFile } from '../core/replace-file.ts';

/**
 * Adds ids to `exclude` of a source in the configuration file, whose other bytes stay. Answers those that were not there.
 * Fails with `purge.config-not-editable`, the file as it was, where the form of the file leaves no sure place for them.
 */
export async function excludeDocuments(
  file: string,
  source: string,
  ids: readonly string[],
): Promise<string[]> {
  // A link to the file stays one.
  const place = await realpath(file);
  const text = await readFile(place, 'utf8');
  const added = ids.filter((id) => !excludedIn(text, source).includes(id));
  if (added.length === 0) return [];
  const edited = withExclusions(text, source, added);
  if (edited === undefined) throw ctxError('purge.config-not-editable', { file, source, ids: added });
  const { mode } = await stat(place);
  await replaceFile(place, edited);
  await chmod(place, mode);
  return added;
}

type PlainConfig = {
  readonly sources?: readonly { readonly id?: unknown; readonly exclude?: unknown }[];
} | null;

function excludedIn(text: string, source: string): string[] {
  const { sources = [] } = (parseDocument(text).toJS() as PlainConfig) ?? {};
  const exclude = sources.find(({ id }) => id === source)?.exclude;
  return Array.isArray(exclude) ? exclude.map(String) : [];
}

/** The text with the ids, if it then says what it said before and nothing else but them. */
function withExclusions(text: string, source: string, ids: readonly string[]): string | undefined {
  const edit = insertion(text, source, ids);
  if (edit === undefined) return undefined;
  const edited = text.slice(0, edit.at) + edit.text + text.slice(edit.at);
  const document = parseDocument(edited);
  const expected = expectedAfter(text, source, ids);
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), expected) ? edited : undefined;
}

function expectedAfter(text: string, source: string, ids: readonly string[]): unknown {
  const config = parseDocument(text).toJS() as { sources: { id: string; exclude?: unknown[] | null }[] };
  for (const entry of config.sources)
    if (entry.id === source) entry.exclude = [...(entry.exclude ?? []), ...ids];
  return config;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

function insertion(text: string, source: string, ids: readonly string[]): Insertion | undefined {
  const sources = parseDocument(text).get('sources', true);
  const section = isSeq(sources)
    ? sources.items.find((item): item is YAMLMap => isMap(item) && item.get('id') === source)
    : undefined;
  if (section === undefined) return undefined;
  const quoted = ids.map((id) => JSON.stringify(id));
  const exclude = section.get('exclude', true);
  if (isSeq(exclude)) return intoList(text, exclude as Node & typeof exclude, quoted);
  if (exclude !== undefined && !(isScalar(exclude) && exclude.value === null)) return undefined;
  const type = pairOf(section, exclude === undefined ? 'type' : 'exclude');
  const key = type?.key as Node | undefined;
  if (!type || !key?.range) return undefined;
  const list = `[${quoted.join(', ')}]`;
  if (exclude !== undefined) return { at: text.indexOf(':', key.range[1]) + 1, text: ` ${list}` };
  const end = (type.value as Node | null)?.range?.[1];
  if (end === undefined) return undefined;
  if (section.flow) return { at: end, text: `, exclude: ${list}` };
  return {
    at: endOfLine(text, end),
    text: `${lineBreak(text)}${indent(text, key.range[0])}exclude: ${list}`,
  };
}

function intoList(
  text: string,
  list: { readonly flow?: boolean | undefined; readonly items: readonly unknown[] } & Node,
  ids: readonly string[],
): Insertion | undefined {
  const last = list.items.at(-1) as Node | undefined;
  const first = list.items[0] as Node | undefined;
  if (list.flow) {
    if (last?.range) return { at: last.range[1], text: `, ${ids.join(', ')}` };
    return list.range ? { at: list.range[0] + 1, text: ids.join(', ') } : undefined;
  }
  if (!last?.range || !first?.range) return undefined;
  const dash = text.lastIndexOf('-', first.range[0]);
  const lines = ids.map((id) => `${lineBreak(text)}${indent(text, dash)}- ${id}`);
  return { at: endOfLine(text, last.range[1]), text: lines.join('') };
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

/** Spaces up to the column of the offset. */
function indent(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1));
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

const lineBreak = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
