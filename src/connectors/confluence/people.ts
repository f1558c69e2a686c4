import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { attempt } from '../attempt.ts';
import { isRenamed } from '../renamed.ts';

/** Stands for an account that the service no longer names. */
const FORMER_USER = 'Former user';

/** Side by side; the HTTP client bounds what is sent. */
const CONCURRENT = 3;

/** How names are asked for. */
export interface NameDirectory {
  /** Those of the accounts that the answer names. */
  people(accountIds: readonly string[]): Promise<Map<string, string>>;
  /** Undefined when the service says that it does not know the account. */
  person(accountId: string): Promise<string | undefined>;
}

/**
 * Display names by account id, asked for in bulk and once per run. An account that the common answer leaves out is asked
 * for by itself: that it is gone is for the service to say, not to be read from a silence. A name that could not be asked
 * for falls back to the one the repository has, so that an outage changes no document; `failure` then holds the error.
 */
export class People {
  readonly #directory: NameDirectory;
  readonly #names = new Map<string, string>();
  readonly #former: ReadonlyMap<string, string>;
  failure: CtxError | undefined;

  constructor(directory: NameDirectory, former: ReadonlyMap<string, string> = new Map()) {
    this.#directory = directory;
    this.#former = former;
  }

  /** Makes the names of these accounts known to `name`. */
  async learn(accountIds: Iterable<string>): Promise<void> {
    const unknown = [...new Set(accountIds)].filter((id) => !this.#names.has(id));
    if (unknown.length === 0) return;
    const found = await attempt(() => this.#directory.people(unknown));
    if (isCtxError(found)) {
      for (const id of unknown) this.#keep(id, found);
      return;
    }
    for (const [id, name] of found) this.#names.set(id, name);
    const ask = async (id: string) => {
      const name = await attempt(() => this.#directory.person(id));
      if (isCtxError(name)) this.#keep(id, name);
      else this.#names.set(id, name ?? FORMER_USER);
    };
    const silent = unknown.filter((id) => !found.has(id));
    // Those that were gone before are named by the common answer if they are back.
    const isGone = (id: string) => this.#former.get(id) === FORMER_USER;
    for (const id of silent.filter(isGone)) this.#names.set(id, FORMER_USER);
    const missing = silent.filter((id) => !isGone(id));
    for await (const _ of concurrently(missing, CONCURRENT, ask));
  }

  #keep(id: string, error: CtxError): void {
    this.failure ??= error;
    // Who was asked for the same beside it may have been told.
    if (!this.#names.has(id)) this.#names.set(id, this.#former.get(id) ?? FORMER_USER);
  }

  name(accountId: string): string {
    return this.#names.get(accountId) ?? FORMER_USER;
  }

  /** Whether a document that shows these names would show others now. Only for accounts that were learned. */
  differ(shown: { readonly [accountId: string]: string } | undefined): boolean {
    return Object.entries(shown ?? {}).some(([id, name]) => isRenamed(name, this.#names.get(id) ?? name));
  }
}
