import type { Plain } from '../../core/plain.ts';
import { isMapping, readYaml, splitFrontMatter } from '../../markdown/front-matter.ts';
import { linkDocument, writeMarkdown } from '../../markdown/index.ts';
import { describeGraph, readKnowledgeGraph } from '../../memory/knowledge-graph.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { addCounts, type GuardCounts, NOTHING_GUARDED } from '../../redact/tally.ts';
import { yamlAsMarkdown } from './yaml-as-markdown.ts';

/** A file of memory as a text. */
export interface Note {
  readonly title: string;
  /** As people would name it, such as `~/.claude/CLAUDE.md`. */
  readonly path: string;
  /** ISO 8601: what the file itself says, or else when it was last written, if that is known. */
  readonly updated?: string;
  readonly markdown: string;
  /** What somebody works at right now: told whatever the question is. */
  readonly isCurrent: boolean;
}

export interface NoteFile {
  readonly path: string;
  /** In milliseconds. */
  readonly modified?: number;
  readonly text: string;
}

const CURRENT = /(?:^|\/)current[-_]?work\.(?:ya?ml|md)$/i;
const YAML = /\.ya?ml$/i;
const JSON_LINES = /\.jsonl?$/i;
const TEXT = /\.(?:md|mdx|markdown|txt)$/i;

/** Whether a file may be memory, by its name. */
export function mayBeNote(name: string): boolean {
  return [YAML, JSON_LINES, TEXT].some((ending) => ending.test(name));
}

export interface ReadNote {
  readonly note: Note;
  /** How many lines could not be read. */
  readonly unread: number;
  /** How many secrets of each kind are not in the note. */
  readonly redacted: GuardCounts['redacted'];
}

/**
 * A file as a note without secrets; undefined for records of another kind, and where nothing is said. Throws
 * `pipeline.scan-failed`.
 */
export function noteOf(file: NoteFile, redactor: Redactor): ReadNote | undefined {
  let counts = NOTHING_GUARDED;
  const guard: Guard = (value) => {
    const guarded = redactor.guard(value, file.path);
    counts = addCounts(counts, guarded.counts);
    return guarded.value;
  };
  const read = readNote(file, guard);
  if (read === undefined || read.note.markdown.trim() === '') return undefined;
  const { title, markdown } = read.note;
  const note = { ...read.note, ...guard({ title, markdown }) };
  return { note, unread: read.unread, redacted: counts.redacted };
}

/** Takes the secrets out of a value. */
type Guard = <T extends Plain>(value: T) => T;

function readNote(file: NoteFile, guard: Guard): Omit<ReadNote, 'redacted'> | undefined {
  if (JSON_LINES.test(file.path)) return graphNote(file);
  return { note: YAML.test(file.path) ? yamlNote(file, guard) : markdownNote(file), unread: 0 };
}

function graphNote(file: NoteFile): Omit<ReadNote, 'redacted'> | undefined {
  const graph = readKnowledgeGraph(file.text);
  if (graph === undefined) return undefined;
  const markdown = linkDocument(
    writeMarkdown({ type: 'root', children: describeGraph(graph) }),
    (url) => url,
  );
  return { note: { ...described(file), title: nameOf(file.path), markdown }, unread: graph.unread };
}

function yamlNote(file: NoteFile, guard: Guard): Note {
  const read = readYaml(file.text);
  // A key tells of its value that it is one, however deep it stands.
  const data = read === undefined ? undefined : guard(read);
  // What is no YAML, or too much of it, is still a text.
  if (data === undefined) return { ...described(file), title: nameOf(file.path), markdown: file.text };
  const { title, ...others } = isMapping(data) ? data : {};
  const isTitled = typeof title === 'string' && title.trim() !== '';
  return {
    ...described(file, others),
    title: isTitled ? title : nameOf(file.path),
    markdown: yamlAsMarkdown(isTitled ? others : data),
  };
}

function markdownNote(file: NoteFile): Note {
  const { data = {}, body } = splitFrontMatter(file.text);
  const { title, name, description } = data;
  const [, heading] = /^#[ \t]+(.+?)[ \t]*#*$/m.exec(body) ?? [];
  const [own] = [title, name, heading].filter((each) => typeof each === 'string' && each.trim() !== '');
  const about = typeof description === 'string' && !body.includes(description) ? `${description}\n\n` : '';
  return {
    ...described(file, data),
    title: typeof own === 'string' ? own : nameOf(file.path),
    markdown: about + body.trim(),
  };
}

function described({ path, modified }: NoteFile, data: Readonly<Record<string, unknown>> = {}) {
  const said = ['updated', 'updated_at', 'last_updated', 'modified', 'date']
    .map((name) => data[name])
    .find((value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value));
  const moment = said === undefined ? Number.NaN : Date.parse(said);
  const written = Number.isNaN(moment) ? modified : moment;
  const isCurrent = CURRENT.test(path);
  return { path, isCurrent, ...(written !== undefined && { updated: new Date(written).toISOString() }) };
}

/** A file's name in words. */
function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '').replaceAll(/[-_]+/g, ' ') || name;
}
