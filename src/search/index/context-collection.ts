import { type ReadDocument, readDocument } from '../../frontmatter/read.ts';
import type { ReadingRepo } from '../../git/reading.ts';
import type { Chunk } from '../chunk/chunk.ts';
import { chunkDocument, chunkNote } from '../chunk/document.ts';
import { keysIn, namesIn } from '../keys.ts';
import type { DocumentWithChunks, IndexedDocument } from '../store/store.ts';
import { CONTEXT, type CollectedFile, type Collection, type FileChange } from './collection.ts';

/** What builds write beside documents: each says so in its first line. */
const GENERATED = '<!-- Written by ctx build.';

/** The documents of a context repository's HEAD, and the notes that people keep beside them. */
export function contextCollection(repo: ReadingRepo): Collection {
  return {
    name: CONTEXT,
    head: repo.head,
    indexed: (path) => path,
    async changesSince(commit) {
      return (await repo.resolve(commit)) === null ? undefined : changed(repo, commit);
    },
    files: () => listed(repo),
    async *read(files) {
      for await (const { request: file, content } of repo.contents(files, ({ blob }) => blob))
        yield { file, document: indexedFile(file, content) };
    },
  };
}

async function* changed(repo: ReadingRepo, since: string | null): AsyncGenerator<FileChange> {
  for await (const { path, after } of repo.changes(since, repo.head))
    if (mayBeDocument(path)) yield { path, blob: after };
}

async function* listed(repo: ReadingRepo): AsyncGenerator<CollectedFile> {
  for await (const { path, blob } of changed(repo, null)) if (blob !== null) yield { path, blob };
}

function mayBeDocument(path: string): boolean {
  return path.endsWith('.md') && !path.startsWith('.') && !path.startsWith('attachments/');
}

function indexedFile({ path, blob }: CollectedFile, content: string): DocumentWithChunks | null {
  if (content.startsWith(GENERATED)) return null;
  const read = readDocument(content);
  const about = { path, collection: CONTEXT, blob, ancestors: ancestorsIn(path) };
  return read === undefined
    ? withChunks({ ...about, ...noteFacts(path, content) }, chunkNote(content))
    : withChunks({ ...about, ...documentFacts(read) }, chunkDocument(content, read));
}

function withChunks(document: IndexedDocument, chunks: readonly Chunk[]): DocumentWithChunks {
  return { document, chunks: chunks.map((chunk) => ({ ...chunk, mentions: keysIn(chunk.text) })) };
}

type Described = Omit<IndexedDocument, 'path' | 'collection' | 'blob' | 'ancestors'>;

function documentFacts({ facts }: ReadDocument): Described {
  const { source, type, title, url, key, aliases = [], updated = facts.created } = facts;
  const author = facts.author ?? facts.editor;
  const keys = [...new Set([...namesIn(key ?? ''), ...aliases.flatMap(namesIn), ...leadingKey(title)])];
  return { source, type, title, url, keys, ...(updated && { updated }), ...(author && { author }) };
}

function noteFacts(path: string, content: string): Described {
  const name = (path.split('/').at(-1) ?? path).replace(/\.md$/, '');
  const title = /^#[ \t]+(.+?)[ \t]*#*$/m.exec(content)?.[1] ?? name;
  return { source: 'notes', type: 'note', title, keys: leadingKey(title) };
}

/** `DEC-0054 Use Postgres` is what the key names; a key further on is only mentioned. */
function leadingKey(title: string): string[] {
  const [first = ''] = title.split(/[\s:]/, 1);
  return namesIn(first.replace(/^[[(]|[\])]$/g, ''));
}

/**
 * The folders that a document is in, as words, but for years and months: they are made of the titles above it, and when one of
 * those changes, so does its path.
 */
function ancestorsIn(path: string): string[] {
  return path
    .split('/')
    .slice(1, -1)
    .filter((folder) => !/^\d+$/.test(folder))
    .map((folder) => folder.replaceAll('-', ' '));
}
