/** The bytes of an answer, watched: why they ended early is told apart from what the reader itself throws. */
export interface WatchedBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What went wrong with the bytes, once something has. */
  readonly problem: BodyProblem | undefined;
}

export type BodyProblem =
  | { readonly type: 'too-large' }
  | { readonly type: 'cut-short' }
  | { readonly type: 'broken'; readonly cause: unknown };

/**
 * Passes the chunks on as they come. It throws, and `problem` tells why, when the connection breaks, when there are
 * more bytes than `limit`, and when fewer than `expected` came: an answer may be cut and still end properly.
 */
export function watchBody(
  body: AsyncIterable<Uint8Array>,
  { limit, expected = 0 }: { readonly limit: number; readonly expected?: number | undefined },
): WatchedBody {
  let problem: BodyProblem | undefined;
  const stop = (found: BodyProblem) => {
    problem = found;
    return new Error(`the body was left: ${found.type}`);
  };
  async function* read() {
    const chunks = body[Symbol.asyncIterator]();
    let size = 0;
    try {
      for (;;) {
        const { done, value } = await chunks.next().catch((cause: unknown) => {
          throw stop({ type: 'broken', cause });
        });
        if (done) break;
        size += value.length;
        if (size > limit) throw stop({ type: 'too-large' });
        yield value;
      }
      if (size < expected) throw stop({ type: 'cut-short' });
    } finally {
      await chunks.return?.();
    }
  }
  return {
    bytes: read(),
    get problem() {
      return problem;
    },
  };
}
