import { basename, join } from 'node:path';
import { findConfig } from '../config/find.ts';
import type { LoadedConfig } from '../config/load.ts';
import { isCtxError } from '../core/errors/index.ts';
import { cacheDir } from '../core/paths.ts';
import type { SourceRepositories } from '../core/source-repositories.ts';
import type { ReadingRepo } from '../git/reading.ts';
import type { CodeRoot } from '../search/index/code-roots.ts';
import type { SearchIndex, SearchIndexOptions } from '../search/index/search-index.ts';
import type { CommandContext } from './command-context.ts';

export interface IndexOptions {
  readonly config?: string;
  /** A database in place of what is configured. */
  readonly store?: string;
}

/** The index of a repository as its configuration wants it; a repository without one has a file and models of its own texts. */
export async function openIndex(
  repo: ReadingRepo,
  options: IndexOptions,
  context: CommandContext,
): Promise<{
  readonly index: SearchIndex;
  readonly loaded: LoadedConfig | undefined;
  readonly notes: string[];
}> {
  const loaded = await configurationOf(repo, options, context);
  return { ...(await indexFor(repo, loaded, options, context)), loaded };
}

/** After a build, which may have read the code of the configuration as well. What fails is told and is no failure of the build: a search does it again. */
export async function indexAfterBuild(
  loaded: LoadedConfig,
  context: CommandContext,
  { withCode }: { readonly withCode: boolean },
): Promise<void> {
  const { output, signal } = context;
  const { openForReading } = await import('../git/reading.ts');
  try {
    await using repo = await openForReading(loaded.config.repo.path, signal);
    const { index: made, notes } = await indexFor(repo, loaded, {}, context);
    await using index = made;
    notes.push(...(await index.refresh(withCode ? distinctRoots(codeRootsOf(loaded)) : undefined)));
    for (const note of notes) output.warn(note);
  } catch (error) {
    signal.throwIfAborted();
    if (!isCtxError(error)) throw error;
    // There is nothing to search yet, or nothing that a search could read it with.
    if (error.is('history.empty') || error.is('history.needs-git')) return;
    output.warn(`The search index was not brought up to date: ${error.message} ${error.hint}`);
  } finally {
    output.endProgress();
  }
}

/** The index as a configuration that is known wants it. */
export async function indexFor(
  repo: ReadingRepo,
  loaded: LoadedConfig | undefined,
  { store }: IndexOptions,
  context: CommandContext,
): Promise<{ readonly index: SearchIndex; readonly notes: string[] }> {
  const { env, signal, output } = context;
  const notes: string[] = [];
  const { SearchIndex } = await import('../search/index/search-index.ts');
  const cache = cacheDir(env);
  const index = new SearchIndex({
    ...{ repo, cache, signal },
    url: store ?? loaded?.config.search?.store,
    embeddings: await embeddingsOf(loaded, notes, context),
    repositories: whenAsked(join(cache, 'repositories')),
    onNote: (note) => output.info(note),
    onProgress: (what, done) => output.progress(what, done),
  });
  return { index, notes };
}

/** Most indexes have no code: what reads its repositories is loaded for those that have. */
function whenAsked(mirrors: string): SourceRepositories {
  let loaded: Promise<SourceRepositories> | undefined;
  return {
    async find(place, signal) {
      loaded ??= import('../git/sources/repositories.ts').then(({ sourceRepositories }) =>
        sourceRepositories(mirrors),
      );
      return (await loaded).find(place, signal);
    },
  };
}

/** Undefined where there is none, or it is that of another repository. */
export async function configurationOf(
  repo: ReadingRepo,
  { config: file }: IndexOptions,
  { env, cwd, output }: CommandContext,
): Promise<LoadedConfig | undefined> {
  try {
    // What reads a configuration takes as long to load as everything else here together.
    findConfig(file, env, cwd);
    const { loadConfig } = await import('../config/load.ts');
    const loaded = await loadConfig({ file, env, cwd, only: [] });
    output.hide(loaded.secrets);
    return file !== undefined || loaded.config.repo.path === repo.path ? loaded : undefined;
  } catch (error) {
    if (file === undefined && isCtxError(error) && error.is('config.not-found')) return undefined;
    throw error;
  }
}

async function embeddingsOf(
  loaded: LoadedConfig | undefined,
  notes: string[],
  { env, output }: CommandContext,
): Promise<SearchIndexOptions['embeddings']> {
  const embeddings = loaded?.config.search?.embeddings ?? ({ provider: 'lsa' } as const);
  if (embeddings.provider === 'none') return 'none';
  if (embeddings.provider === 'lsa') return 'latent';
  const unset = loaded?.unsetForSearch ?? [];
  if (unset.length > 0) {
    notes.push(`Words alone were searched for: not set: ${unset.join(', ')}.`);
    return 'none';
  }
  const [{ createHttpEmbedder }, { createNetwork }] = await Promise.all([
    import('../search/embed/http.ts'),
    import('../http/network.ts'),
  ]);
  const { url, model, key, dimensions, shortened, unencrypted, query_prefix, document_prefix, batch } =
    embeddings;
  return createHttpEmbedder({
    ...{ url, model, dimensions, shortened, unencrypted, network: createNetwork(env), log: output },
    ...(key !== undefined && { apiKey: key }),
    queryPrefix: query_prefix,
    documentPrefix: document_prefix,
    batch: { texts: batch },
  });
}

/** The code that a configuration names: its sources of type git, and its folders. */
export function codeRootsOf({ config: { sources, search } }: LoadedConfig): CodeRoot[] {
  const named = sources.flatMap((source): CodeRoot[] => {
    if (source.type !== 'git') return [];
    const { id: name, path, remote, branch, auth, url: web } = source;
    const credentials = auth && { username: auth.username, password: auth.token };
    const place = { address: (path ?? remote) as string, branch, credentials };
    return [{ name, place, web, markdown: false }];
  });
  return [...named, ...(search?.code ?? []).map(folderRoot)];
}

/** The roots under names of their own, each repository once. */
export function distinctRoots(roots: readonly CodeRoot[]): CodeRoot[] {
  const taken = new Set<string>();
  const addresses = new Set<string>();
  return roots.flatMap((root) => {
    const { address } = root.place;
    if (addresses.has(address)) return [];
    addresses.add(address);
    let name = root.name;
    for (let n = 2; taken.has(name); n++) name = `${root.name}-${n}`;
    taken.add(name);
    return [{ ...root, name }];
  });
}

/** A folder that a person names. */
export function folderRoot(path: string): CodeRoot {
  return { name: basename(path), place: { address: path }, markdown: true };
}
