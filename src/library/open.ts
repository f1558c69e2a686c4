import { join, resolve } from 'node:path';
import { ContextInjector, type ContextInjectorOptions } from '../context/injector.ts';
import type { Knowledge } from '../context/knowledge.ts';
import { cacheDir } from '../core/paths.ts';
import { disk } from '../files/disk.ts';
import { openForReading } from '../git/reading.ts';
import { sourceRepositories } from '../git/sources/repositories.ts';
import type { Embedder } from '../search/embed/embedder.ts';
import { SearchIndex } from '../search/index/search-index.ts';

export interface OpenOptions extends Omit<ContextInjectorOptions, 'knowledge' | 'memory'> {
  /** The top folder of a context repository, or any clone of one. */
  readonly repo: string;
  /** Folders and files of memory. Default: none. */
  readonly memory?: readonly string[] | undefined;
  /** The folder somebody works in, without symbolic links: its instructions and what Claude remembers of it are memory, too. */
  readonly project?: string | undefined;
  /** A database in place of the index beside the repository, such as `postgres://…`. */
  readonly store?: string | undefined;
  /** As the index was made: an index of other embeddings is made anew. Default: `latent`. */
  readonly embeddings?: 'latent' | 'none' | Embedder | undefined;
  /** The folder of what can be made again. Default: `~/.cache/context-sync`. */
  readonly cache?: string | undefined;
}

/**
 * Gathers from a context repository as it is at each question, and from memory. Nothing is opened before the first question, and
 * nothing stays open after one.
 */
export function openContextInjector(options: OpenOptions): ContextInjector {
  const { memory = [], project, clock, timeLimit, limit, boundary } = options;
  return new ContextInjector({
    ...{ clock, timeLimit, limit, boundary },
    knowledge: (signal) => openKnowledge(options, signal),
    memory: {
      files: disk,
      places: { named: memory.map((path) => ({ path: resolve(path) })), project },
      redactor: async () => (await import('../redact/redactor.ts')).createRedactor(),
    },
  });
}

async function openKnowledge(options: OpenOptions, signal: AbortSignal): Promise<Knowledge> {
  const { store: url, embeddings = 'latent', cache = cacheDir({}) } = options;
  const repo = await openForReading(resolve(options.repo), signal);
  const notes: string[] = [];
  const index = new SearchIndex({
    ...{ repo, cache, url, embeddings, signal },
    repositories: sourceRepositories(join(cache, 'repositories')),
    onNote: (note) => notes.push(note),
    onProgress: () => {},
  });
  return {
    refresh: async () => [...(await index.refresh()), ...notes],
    search: (query, asked) => index.search(query, asked),
    read: (work) => index.read(work),
    async [Symbol.asyncDispose]() {
      await index[Symbol.asyncDispose]();
      await repo[Symbol.asyncDispose]();
    },
  };
}
