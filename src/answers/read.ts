import { relative, resolve, sep } from 'node:path';
import { ctxError } from '../core/errors/index.ts';
import type { ReadingRepo } from '../git/reading.ts';
import { sourceOf } from '../history/document-id.ts';
import { documentAt } from '../history/identity.ts';
import { snapshot } from '../history/show.ts';
import type { FoundChunk, Store } from '../search/store/store.ts';
import { cursorAt, positionOf } from './cursor.ts';
import { endWithin, lineAt, lineCount, type PassageRequest, spanOf } from './passage.ts';

export interface ReadRequest extends PassageRequest {
  /**
   * A document by any of its names, perhaps with `@DATE` or `@COMMIT`; the path of another text file of the repository; or
   * `REPOSITORY:PATH` of code.
   */
  readonly document: string;
  /** Of the answer before, to go on from there. */
  readonly cursor?: string | undefined;
  readonly maxTokens?: number | undefined;
}

export interface ReadPage {
  readonly document: {
    readonly source: string;
    readonly id: string;
    readonly path: string;
    /** Whether it is in the history alone. */
    readonly gone: boolean;
  };
  /** The one that made it so; of code the one that is indexed. */
  readonly commit: string | null;
  /** ISO 8601; null where no one commit made it so. */
  readonly date: string | null;
  /** Of the document, those that `content` is from; 1-based and inclusive. */
  readonly lines: readonly [first: number, last: number];
  readonly totalLines: number;
  readonly content: string;
  /** What the rest is asked for with. */
  readonly cursor: string | null;
}

export interface ReadSources {
  readonly repo: ReadingRepo;
  /** The folder that paths are meant from, if they are not from the repository's top. */
  readonly cwd: string;
  /** Reads the index at the commits that its repositories are at now. It is opened for code alone. */
  readonly index: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
}

type Whole = Pick<ReadPage, 'document' | 'commit' | 'date' | 'content'>;

/** A document, a note or code, or as much of it as was asked for. */
export async function answerRead(
  sources: ReadSources,
  request: ReadRequest,
  { now }: { readonly now: number },
): Promise<ReadPage> {
  const { content: text, ...whole } = await wholeOf(sources, request.document, now);
  const { lines, section, cursor, maxTokens } = request;
  const span = spanOf(text, request);
  // What it is cut from has to be the same.
  const question = [whole.document, text, lines, section];
  const from = span.from + positionOf(cursor, question);
  const to = endWithin(text, { from, to: span.to }, maxTokens);
  return {
    ...whole,
    lines: [lineAt(text, from), lineAt(text, Math.max(from, to - 1))],
    totalLines: lineCount(text),
    content: text.slice(from, to),
    cursor: to < span.to ? cursorAt(question, to - span.from) : null,
  };
}

async function wholeOf(sources: ReadSources, name: string, now: number): Promise<Whole> {
  const { repo, cwd } = sources;
  const other = (await fileNamed(sources, name)) ?? (await codeNamed(sources, name));
  if (other !== undefined) return other;
  const { found, path, version, content } = await snapshot(repo, name, cwd, new Date(now));
  const source = sourceOf(found.document);
  const document = { source, id: found.document.slice(source.length + 1), path, gone: found.isGone };
  const { id: commit, committed } = version.commit;
  return { document, commit, date: committed.toISOString(), content };
}

/** A file of HEAD that is no document, such as a note, an index or an attachment. What builds keep for themselves is none. */
async function fileNamed({ repo, cwd }: ReadSources, name: string): Promise<Whole | undefined> {
  for (const from of new Set([cwd, repo.path])) {
    const path = relative(repo.path, resolve(from, name)).split(sep).join('/');
    if (path === '' || path.startsWith('.') || path.startsWith('/') || path.includes('\0')) continue;
    const blob = await repo.blobAt(repo.head, path);
    if (blob === null) continue;
    const content = await repo.content(blob);
    if (documentAt(path, content) !== undefined) return undefined;
    if (/[\0\uFFFD]/.test(content)) throw ctxError('answer.no-text', { path });
    return {
      document: { source: 'notes', id: path, path, gone: false },
      ...{ commit: repo.head, date: null, content },
    };
  }
  return undefined;
}

/** As the index has it, so that it can be read where its repository is not. */
async function codeNamed({ index }: ReadSources, name: string): Promise<Whole | undefined> {
  const [, source, id] = /^([^:/@]+):([^/].*)$/s.exec(name) ?? [];
  if (source === undefined || id === undefined || source === 'mid') return undefined;
  return index(async (store) => {
    const commit = (await store.state())?.commits[source];
    if (commit === undefined) return undefined;
    const chunks = await store.chunksOf(name);
    if (chunks.length === 0) throw ctxError('answer.not-indexed', { path: name });
    const document = { source, id, path: name, gone: false };
    return { document, commit, date: chunks[0]?.document.updated ?? null, content: joined(chunks) };
  });
}

/** Between chunks are lines without anything in them; a line that is too long is in several. */
function joined(chunks: readonly FoundChunk[]): string {
  const lines: string[] = [];
  for (const { lines: place, text } of chunks) {
    const [head = '', ...rest] = text.split('\n');
    if (place[0] === lines.length && lines.length > 0) lines.push(`${lines.pop()}${head}`);
    else {
      while (lines.length < place[0] - 1) lines.push('');
      lines.push(head);
    }
    lines.push(...rest);
  }
  return `${lines.join('\n')}\n`;
}
