import { type CtxError, isCtxError } from '../../core/errors/index.ts';
import { isRenamed } from '../renamed.ts';

/** Stands for an account that the service no longer names. */
export const FORMER_USER = 'Former user';

/**
 * Display names by account id, asked for in bulk and once per run. A name that could not be asked for falls back to
 * the one the repository has, so that an outage changes no document; `failure` then holds the error.
 */
export class People {
  readonly #lookUp: (accountIds: readonly string[]) => Promise<Map<string, string>>;
  readonly #names = new Map<string, string>();
  readonly #former: ReadonlyMap<string, string>;
  failure: CtxError | undefined;

  constructor(
    lookUp: (accountIds: readonly string[]) => Promise<Map<string, string>>,
    former: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#lookUp = lookUp;
    this.#former = former;
  }

  /** Makes the names of these accounts known to `name`. */
  async learn(accountIds: Iterable<string>): Promise<void> {
    const unknown = [...new Set(accountIds)].filter((id) => !this.#names.has(id));
    if (unknown.length === 0) return;
    try {
      const found = await this.#lookUp(unknown);
      for (const id of unknown) this.#names.set(id, found.get(id) ?? FORMER_USER);
    } catch (error) {
      if (!isCtxError(error) || error.kind === 'credentials') throw error;
      this.failure ??= error;
      for (const id of unknown) this.#names.set(id, this.#former.get(id) ?? FORMER_USER);
    }
  }

  name(accountId: string): string {
    return this.#names.get(accountId) ?? FORMER_USER;
  }

  /** Whether a document that shows these names would show others now. Only for accounts that were learned. */
  differ(shown: { readonly [accountId: string]: string } | undefined): boolean {
    return Object.entries(shown ?? {}).some(([id, name]) => isRenamed(name, this.#names.get(id) ?? name));
  }
}
