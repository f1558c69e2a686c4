/**
 * Runs `work` over `items` with at most `limit` at a time and yields results as they finish, in no fixed order. Items
 * are taken only when there is room, so memory holds `limit` of them. After a failure nothing new is started, what
 * runs is awaited, and the failure is thrown.
 */
export async function* concurrently<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running = new Map<number, Promise<{ key: number; value: R }>>();
  let next = 0;
  const takeOne = async () => {
    const { key, value } = await Promise.race(running.values());
    running.delete(key);
    return value;
  };
  try {
    for await (const item of items) {
      const key = next++;
      const result = work(item).then((value) => ({ key, value }));
      // It is awaited later; until then a failure must not count as unhandled.
      result.catch(() => {});
      running.set(key, result);
      if (running.size >= limit) yield await takeOne();
    }
    while (running.size > 0) yield await takeOne();
  } finally {
    await Promise.allSettled(running.values());
  }
}

/**
 * The values of several streams as they come, from at most `limit` streams at a time. A stream is asked for its next value
 * only when its last one has been taken. After a failure of one the others are closed, and the failure is thrown.
 */
export async function* interleave<T>(
  streams: Iterable<AsyncGenerator<T, void>>,
  limit: number,
): AsyncGenerator<T> {
  const waiting = streams[Symbol.iterator]();
  const open = new Map<
    AsyncGenerator<T, void>,
    Promise<{ from: AsyncGenerator<T, void>; next: IteratorResult<T, void> }>
  >();
  const ask = (from: AsyncGenerator<T, void>) => {
    const answer = from.next().then((next) => ({ from, next }));
    answer.catch(() => {});
    open.set(from, answer);
  };
  const openOne = () => {
    const stream = waiting.next();
    if (!stream.done) ask(stream.value);
  };
  try {
    for (let n = 0; n < limit; n += 1) openOne();
    while (open.size > 0) {
      const { from, next } = await Promise.race(open.values());
      if (next.done) {
        open.delete(from);
        openOne();
      } else {
        yield next.value;
        ask(from);
      }
    }
  } finally {
    await Promise.allSettled([...open.keys()].map((stream) => stream.return()));
  }
}

/** Groups of at most `size`, in order. */
export function* batches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
