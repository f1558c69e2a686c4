import { isCtxError } from '../../core/errors/index.ts';
import type { SourceRepositories } from '../../core/source-repositories.ts';
import { webAddress } from '../../core/web-address.ts';
import type { ReadingRepo } from '../../git/reading.ts';
import type { Embedder } from '../embed/embedder.ts';
import { type SearchAnswer, type SearchOptions, search } from '../query/search.ts';
import { latentSemantics, neuralSemantics, type Semantics } from '../query/semantics.ts';
import type { Store, StoreState, StoreStats } from '../store/store.ts';
import { hasPending } from './churn.ts';
import { withCodeAddresses } from './code-addresses.ts';
import { type CodeRoot, isLocal, readRoots, writeRoots } from './code-roots.ts';
import { CONTEXT, type Collection } from './collection.ts';
import { embedMissing } from './embed-missing.ts';
import { LATENT, latentQuery, latentSources, renewModels } from './latent-models.ts';
import { openStore, removeIndex } from './place.ts';
import { isCurrent, isUsable, refreshTexts } from './refresh.ts';

export interface SearchIndexOptions {
  /** The repository as it is now. */
  readonly repo: ReadingRepo;
  /** The user's folder of what can be made again. */
  readonly cache: string;
  /** A database in place of a file. */
  readonly url?: string | undefined;
  /** What embeds: models of the texts' own, one behind an endpoint, or none. */
  readonly embeddings: 'latent' | 'none' | Embedder;
  readonly repositories: SourceRepositories;
  /** What the person should know beside the answer, such as that the index was made anew. */
  readonly onNote: (note: string) => void;
  readonly onProgress: (what: string, done: number) => void;
  readonly signal: AbortSignal;
}

/** A collection before its files are looked at. */
interface Found {
  readonly name: string;
  readonly head: string;
  /** Of code: where its repository is shown on the web, if that is known. */
  readonly web?: string | undefined;
  open(): Promise<Collection>;
}

/**
 * The index of a context repository at one commit. A file that turns out to be broken is made anew: all that it holds is in
 * the repositories that it is of.
 */
export class SearchIndex implements AsyncDisposable {
  readonly #options: SearchIndexOptions;
  /** Opened once, however many ask at the same time. */
  #store: Promise<Store> | undefined;

  constructor(options: SearchIndexOptions) {
    this.#options = options;
  }

  /** Searches, having brought the index up to date first if it is of another commit. */
  async search(query: string, options: Omit<SearchOptions, 'semantics'>): Promise<SearchAnswer> {
    return this.#use(async (store) => {
      const notes = await this.#refresh(store);
      const semantics = await this.#semantics(store);
      const answer = await search(store, query, { ...options, ...(semantics && { semantics }) });
      const hits = await withCodeAddresses(store, answer.hits);
      return { ...answer, hits, notes: [...notes, ...answer.notes] };
    });
  }

  /**
   * Brings the index up to date. If code repositories are given, it has the code of these from then on, and of no others.
   * Answers what could not be done, if anything.
   */
  async refresh(code?: readonly CodeRoot[]): Promise<readonly string[]> {
    return this.#use((store) => this.#refresh(store, code));
  }

  /** Empties the index and makes it from nothing. */
  async rebuild(code?: readonly CodeRoot[]): Promise<readonly string[]> {
    const roots = code ?? (await this.#use(readRoots));
    await this.#use((store) =>
      store.write(async (writer) => {
        for (const name of Object.keys((await store.state())?.commits ?? {})) await writer.drop(name);
        await writer.setState({ format: '', embeddings: '', commits: {} });
      }),
    );
    return this.refresh(roots);
  }

  stats(): Promise<StoreStats & { readonly name: string; readonly state: StoreState | null }> {
    return this.#use(async (store) => ({
      ...(await store.stats()),
      name: store.name,
      state: await store.state(),
    }));
  }

  /** Runs what reads the index as it is. */
  read<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return this.#use(work);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = this.#store;
    this.#store = undefined;
    // What failed to open has nothing to close.
    const store = await opened?.catch(() => undefined);
    await store?.[Symbol.asyncDispose]();
  }

  get #fingerprint(): string {
    const { embeddings } = this.#options;
    if (embeddings === 'none') return 'none';
    return embeddings === 'latent' ? LATENT : embeddings.fingerprint;
  }

  async #use<T>(work: (store: Store) => Promise<T>): Promise<T> {
    try {
      this.#store ??= this.#open();
      return await work(await this.#store);
    } catch (error) {
      if (!isCtxError(error) || !(error.is('search.index-corrupt') || error.is('search.model-corrupt')))
        throw error;
      this.#options.onNote(`${error.message} It is made anew.`);
    }
    await this[Symbol.asyncDispose]();
    const { gitDir } = this.#options.repo;
    await removeIndex({ ...this.#options, gitDir });
    this.#store = this.#open();
    return work(await this.#store);
  }

  #open(): Promise<Store> {
    const { gitDir } = this.#options.repo;
    return openStore({ ...this.#options, gitDir }, async (store) => {
      const { found } = await this.#found(await localRoots(store));
      return isCurrent(await store.state(), found, this.#fingerprint);
    });
  }

  async #refresh(store: Store, code?: readonly CodeRoot[]): Promise<readonly string[]> {
    const { signal, onProgress } = this.#options;
    const embeddings = this.#fingerprint;
    const { found, notes } = await this.#found(code ?? (await localRoots(store)));
    if (code !== undefined) {
      const webs = new Map(found.map(({ name, web }) => [name, web]));
      await chooseCode(
        store,
        code.map((root) => ({ ...root, web: webs.get(root.name) ?? root.web })),
      );
    }
    const state = await store.state();
    if (isCurrent(state, found, embeddings))
      // What an interrupted run has left is known without counting all chunks.
      return embeddings === LATENT && !(await hasPending(store)) ? notes : this.#embed(store, notes);
    const moved = isUsable(state, embeddings)
      ? found.filter(({ name, head }) => state.commits[name] !== head)
      : found;
    const collections = await Promise.all(moved.map((each) => each.open()));
    const onCut = (done: number) => onProgress('documents', done);
    await refreshTexts(store, collections, { embeddings, signal, onProgress: onCut });
    return this.#embed(store, notes);
  }

  /** Gives vectors to what has none. An endpoint that does not answer leaves the words. */
  async #embed(store: Store, notes: readonly string[]): Promise<readonly string[]> {
    const { embeddings, signal, onProgress } = this.#options;
    if (embeddings === 'none') return notes;
    if (store.lexicalOnly)
      return embeddings === 'latent'
        ? notes
        : [...notes, `${store.name} keeps no vectors: words alone are searched for.`];
    if (embeddings === 'latent') {
      await renewModels(store, { signal, onTraining: (source) => onProgress(`model of ${source}`, 0) });
      return notes;
    }
    try {
      await embedMissing(store, embeddings, { signal, onProgress: (done) => onProgress('embeddings', done) });
      return notes;
    } catch (error) {
      signal.throwIfAborted();
      if (!isCtxError(error) || !error.is('search.embeddings-failed')) throw error;
      return [...notes, `Some texts have no embeddings yet: ${error.message} ${error.hint}`];
    }
  }

  async #semantics(store: Store): Promise<Semantics | undefined> {
    const { embeddings } = this.#options;
    if (embeddings === 'none' || store.lexicalOnly) return undefined;
    if (embeddings !== 'latent') return neuralSemantics(store, embeddings);
    return latentSemantics(store, await latentSources(store), (source, query) =>
      latentQuery(store, source, query),
    );
  }

  /** Where everything is now. A code repository that is not there, or not now, is told; what the index has of it stays. */
  async #found(code: readonly CodeRoot[]): Promise<{ found: readonly Found[]; notes: readonly string[] }> {
    const { repo, repositories, signal, onNote } = this.#options;
    const openContext = async () => (await import('./context-collection.ts')).contextCollection(repo);
    const context: Found = { name: CONTEXT, head: repo.head, open: openContext };
    const notes: string[] = [];
    const roots = code.map(async ({ name, place, web, markdown }): Promise<Found[]> => {
      try {
        const found = await repositories.find(place, signal);
        const open = async () => {
          const [{ codeCollection }, { createCodeChunker }] = await Promise.all([
            import('./code-collection.ts'),
            import('../chunk/code.ts'),
          ]);
          const chunk = await createCodeChunker((grammar) =>
            onNote(`Code of the grammar ${grammar} is cut as text.`),
          );
          return codeCollection(await found.open(), { name, markdown, chunk });
        };
        const remote = found.origin ?? (place.address.startsWith('/') ? undefined : place.address);
        return [{ name, head: found.head, web: webAddress(web, remote)?.repository, open }];
      } catch (error) {
        signal.throwIfAborted();
        if (!isCtxError(error)) throw error;
        notes.push(`The code of ${name} is as it was: ${error.message} ${error.hint}`);
        return [];
      }
    });
    return { found: [context, ...(await Promise.all(roots)).flat()], notes };
  }
}

/** What a search can bring up to date without a network. */
async function localRoots(store: Store): Promise<CodeRoot[]> {
  return (await readRoots(store)).filter(isLocal);
}

async function chooseCode(store: Store, code: readonly CodeRoot[]): Promise<void> {
  await store.write(async (writer) => {
    const state = await store.state();
    const names = new Set([CONTEXT, ...code.map(({ name }) => name)]);
    const gone = Object.keys(state?.commits ?? {}).filter((name) => !names.has(name));
    for (const name of gone) await writer.drop(name);
    await writeRoots(writer, code);
    if (state === null || gone.length === 0) return;
    const commits = Object.fromEntries(Object.entries(state.commits).filter(([name]) => names.has(name)));
    await writer.setState({ ...state, commits });
  });
}
