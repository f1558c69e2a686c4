import type { Facts } from '../../core/document.ts';

/**
 * Where a folder could not be listed: which documents would lose messages that may be in it. A document's messages are its
 * `aliases`.
 */
export class Losses {
  readonly #holders = new Map<string, Facts[]>();

  constructor(documents: Iterable<Facts>) {
    for (const facts of documents)
      for (const message of new Set([facts.id, ...(facts.aliases ?? [])])) {
        const holders = this.#holders.get(message);
        if (holders) holders.push(facts);
        else this.#holders.set(message, [facts]);
      }
  }

  /** The ids of documents that hold a message of the thread, and others that it has not. */
  by(thread: { readonly id: string; readonly messages: readonly string[] }): string[] {
    const own = new Set(thread.messages);
    const touched = new Set([thread.id, ...own].flatMap((message) => this.#holders.get(message) ?? []));
    return [...touched]
      .filter(({ aliases = [] }) => aliases.some((message) => !own.has(message)))
      .map(({ id }) => id);
  }
}
