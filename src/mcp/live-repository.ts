import type { ReadingRepo } from '../git/reading.ts';
import type { SearchIndex } from '../search/index/search-index.ts';
import type { Store } from '../search/store/store.ts';

export interface OpenIndex {
  readonly index: SearchIndex;
  /** What the person should know about how it was opened. */
  readonly notes: readonly string[];
}

export interface RepositoryOpeners {
  /** Opens the repository at its HEAD. */
  readonly repo: () => Promise<ReadingRepo>;
  /** Opens the index of the repository at the commit that it was opened at. */
  readonly index: (repo: ReadingRepo) => Promise<OpenIndex>;
}

/**
 * A context repository that others commit to while it is asked. What is opened is kept for the next question, until HEAD has
 * moved.
 */
export class LiveRepository implements AsyncDisposable {
  readonly #openers: RepositoryOpeners;
  #current: OpenedRepository | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(openers: RepositoryOpeners) {
    this.#openers = openers;
  }

  /** Runs with the repository as it is now. What it is given stays open until the work has ended. */
  async use<T>(work: (opened: OpenedRepository) => Promise<T>): Promise<T> {
    const opening = this.#turn.then(() => this.#now());
    this.#turn = opening.catch(() => undefined);
    const opened = await opening;
    try {
      return await work(opened);
    } finally {
      await opened.leave();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    await this.#current?.retire();
    this.#current = undefined;
  }

  async #now(): Promise<OpenedRepository> {
    const repo = await this.#openers.repo();
    const known = this.#current;
    if (known?.repo.head === repo.head) {
      await repo[Symbol.asyncDispose]();
      return known.enter();
    }
    this.#current = new OpenedRepository(repo, this.#openers);
    this.#current.enter();
    await known?.retire();
    return this.#current;
  }
}

/** A repository at one commit. */
export class OpenedRepository {
  readonly repo: ReadingRepo;
  readonly #openers: RepositoryOpeners;
  #index: Promise<OpenIndex> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #users = 0;
  #isRetired = false;

  constructor(repo: ReadingRepo, openers: RepositoryOpeners) {
    this.repo = repo;
    this.#openers = openers;
  }

  /** Runs what asks the index, one after the other: the first one brings it up to date for all. */
  readonly asking = <T>(work: (index: OpenIndex) => Promise<T>): Promise<T> => {
    const answer = this.#turn.then(async () => work(await this.#opened()));
    this.#turn = answer.catch(() => undefined);
    return answer;
  };

  /** Reads the index at the commits that its repositories are at now. */
  readonly reading = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
    this.asking(async ({ index }) => {
      await index.refresh();
      return index.read(work);
    });

  enter(): this {
    this.#users += 1;
    return this;
  }

  async leave(): Promise<void> {
    this.#users -= 1;
    await this.#close();
  }

  /** Closes it when its last user has left. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    await this.#close();
  }

  async #opened(): Promise<OpenIndex> {
    this.#index ??= this.#openers.index(this.repo);
    try {
      return await this.#index;
    } catch (error) {
      // What was wrong may be put right before the next question.
      this.#index = undefined;
      throw error;
    }
  }

  async #close(): Promise<void> {
    if (!this.#isRetired || this.#users > 0) return;
    const opened = await this.#index;
    this.#index = undefined;
    await opened?.index[Symbol.asyncDispose]();
    await this.repo[Symbol.asyncDispose]();
  }
}
