/** Lets those of this process that need the same thing take turns, in the order in which they ask. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves when all who asked before are done, with what ends the turn. */
  async take(key: string): Promise<() => void> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const own = Promise.withResolvers<void>();
    this.#last.set(
      key,
      before.then(() => own.promise),
    );
    await before;
    return own.resolve;
  }
}
