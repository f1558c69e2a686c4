import { isUtf8 } from 'node:buffer';
import type { SourceRepository, TrackedFile } from '../../core/source-repositories.ts';
import type { ChunkCode } from '../chunk/code.ts';
import { isWorthIndexing } from '../chunk/worth.ts';
import { keysIn } from '../keys.ts';
import type { DocumentWithChunks } from '../store/store.ts';
import type { Collection } from './collection.ts';

/** Larger files are made by programs. In bytes. */
const MAX_FILE = 1024 * 1024;
/** A file that none of the last so many changes touched has no date: the whole history of a large repository takes minutes. */
const MAX_CHANGES = 100_000;

export interface CodeOptions {
  readonly name: string;
  /** Whether its markdown is indexed too; not where it is among the repository's documents already. */
  readonly markdown: boolean;
  readonly chunk: ChunkCode;
}

/** The tracked files of a code repository's commit, cut by their syntax. */
export function codeCollection(
  repository: SourceRepository,
  { name, markdown, chunk }: CodeOptions,
): Collection {
  let dates: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    name,
    head: repository.head,
    indexed: (path) => `${name}:${path}`,
    changesSince: async () => undefined,
    async *files() {
      for await (const file of repository.files()) if (markdown || !/\.mdx?$/i.test(file.path)) yield file;
    },
    async *read(files) {
      if (files.length === 0) return;
      dates ??= datesOf(repository);
      const known = await dates;
      for await (const { file, content } of repository.read(files, MAX_FILE)) {
        const text = content === undefined ? undefined : textOf(file, content);
        yield {
          file,
          document: text === undefined ? null : await document(file, text, known.get(file.path)),
        };
      }
    },
  };

  async function document(
    { path, blob }: TrackedFile,
    text: string,
    updated: string | undefined,
  ): Promise<DocumentWithChunks> {
    const chunks = await chunk(path, text);
    const about = { path: `${name}:${path}`, collection: name, blob, source: name, type: 'code' };
    return {
      document: { ...about, title: path, ancestors: [name], keys: [], ...(updated && { updated }) },
      chunks: chunks.map((each) => ({ ...each, mentions: keysIn(each.text) })),
    };
  }
}

function textOf({ path }: TrackedFile, content: Uint8Array): string | undefined {
  return isUtf8(content) && isWorthIndexing(path, content) ? new TextDecoder().decode(content) : undefined;
}

/** When each file was last changed. */
async function datesOf(repository: SourceRepository): Promise<ReadonlyMap<string, string>> {
  const dates = new Map<string, string>();
  let seen = 0;
  for await (const { path, date } of repository.changes()) {
    if (!dates.has(path)) dates.set(path, date);
    if (++seen === MAX_CHANGES) break;
  }
  return dates;
}
