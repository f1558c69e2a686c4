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
