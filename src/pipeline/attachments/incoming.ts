/** A file on its way, whose beginning can be looked at before it is decided where it goes. */
export class Incoming implements AsyncIterable<Uint8Array> {
  readonly #rest: AsyncIterator<Uint8Array>;
  readonly #read: Uint8Array[] = [];
  #size = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#rest = bytes[Symbol.asyncIterator]();
  }

  /** Its first bytes: so many, or all that it has. */
  async first(count: number): Promise<Buffer> {
    while (this.#size < count) {
      const { done, value } = await this.#rest.next();
      if (done) break;
      this.#read.push(value);
      this.#size += value.length;
    }
    return Buffer.concat(this.#read).subarray(0, count);
  }

  /** All of it, the first bytes too. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield* this.#read;
    yield* { [Symbol.asyncIterator]: () => this.#rest };
  }
}
