const WINDOW_MS = 60_000;

/** Says for a call in how many seconds it may come again; undefined if it may come now, and then counts it. */
export type RateLimiter = (token: string, method: string) => number | undefined;

/** Calls per minute, for each method and token. A minute begins with the first call that no other minute counts. */
export function createRateLimiter(
  limits: Readonly<Record<string, number>>,
  clock: () => number,
): RateLimiter {
  const windows = new Map<string, { readonly start: number; calls: number }>();
  return (token, method) => {
    const limit = limits[method];
    if (limit === undefined) return undefined;
    const key = `${method} ${token}`;
    const now = clock();
    const current = windows.get(key);
    if (current === undefined || now >= current.start + WINDOW_MS) {
      windows.set(key, { start: now, calls: 1 });
      return undefined;
    }
    if (current.calls >= limit) return Math.max(1, Math.ceil((current.start + WINDOW_MS - now) / 1000));
    current.calls += 1;
    return undefined;
  };
}
