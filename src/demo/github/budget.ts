export type Resource = 'core' | 'search' | 'graphql';

/** Points per window, which is an hour, and a minute for searches. */
export type Limits = Readonly<Record<Resource, number>>;

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, for a person's token */
export const USUAL_LIMITS: Limits = { core: 5_000, search: 30, graphql: 5_000 };

export interface Standing {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** In seconds since 1970. */
  readonly reset: number;
}

export interface Budget {
  standing(resource: Resource): Standing;
  /** Takes points; false if there are none left. */
  take(resource: Resource, points: number): boolean;
}

/** The primary rate limit. `clock` gives milliseconds. */
export function createBudget(limits: Limits, clock: () => number): Budget {
  const windows = new Map<Resource, { used: number; ends: number }>();
  const windowOf = (resource: Resource) => {
    const open = windows.get(resource);
    if (open !== undefined && clock() < open.ends) return open;
    const opened = { used: 0, ends: clock() + (resource === 'search' ? 60_000 : 3_600_000) };
    windows.set(resource, opened);
    return opened;
  };
  return {
    standing(resource) {
      const { used, ends } = windowOf(resource);
      const limit = limits[resource];
      return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(ends / 1000) };
    },
    take(resource, points) {
      const open = windowOf(resource);
      if (open.used >= limits[resource]) return false;
      open.used += points;
      return true;
    },
  };
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
export function budgetHeaders(budget: Budget, resource: Resource): Readonly<Record<string, string>> {
  const { limit, used, remaining, reset } = budget.standing(resource);
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-used': String(used),
    'x-ratelimit-resource': resource,
  };
}
