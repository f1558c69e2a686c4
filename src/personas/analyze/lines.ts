import { createHash } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';

/** In bytes, nearly; Slack's longest message takes less than half of it. */
const LONGEST_LINE = 1 << 20;

export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Undefined if it is too long to be a message. */
  readonly text: string | undefined;
}

/** The lines of a file as they come, at most one of them in memory, and the digest of its bytes. */
export class Lines {
  readonly #bytes: AsyncIterable<Uint8Array>;
  readonly #hash = createHash('sha256');

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes;
  }

  /** Of all that was read: after the last line that of the file. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  async *read(): AsyncGenerator<Line> {
    const decoder = new StringDecoder('utf8');
    let number = 0;
    let open = '';
    let isTooLong = false;
    for await (const chunk of this.#bytes) {
      this.#hash.update(chunk);
      const parts = decoder.write(chunk).split('\n');
      for (const [index, part] of parts.entries()) {
        if (index > 0) {
          number += 1;
          yield { number, text: isTooLong ? undefined : open };
          open = '';
          isTooLong = false;
        }
        isTooLong ||= open.length + part.length > LONGEST_LINE;
        open = isTooLong ? '' : open + part;
      }
    }
    open += decoder.end();
    if (open !== '' || isTooLong) yield { number: number + 1, text: isTooLong ? undefined : open };
  }
}
