import { type CountedRequest, costOf, longestWait, type Quota, remainderOf } from './rate-limits.ts';

/**
 * What is left of a host's announced quotas. While little is left, requests are spread over the time until there is more, since
 * whoever runs into the end of an hourly quota is refused for the rest of the hour.
 */
export interface Budget {
  /** Notes what an answer announces. */
  heard(quota: Quota, headers: Readonly<Record<string, string>>, now: number): void;
  /**
   * Pays for a request that is sent now, and answers how many milliseconds nothing should follow it: at most `longestWait`, and 0 as
   * long as enough is left.
   */
  pay(quota: Quota, request: CountedRequest, now: number): number;
}

interface Account {
  /** As it was last announced, and that less what was paid since. */
  readonly announced: number;
  left: number;
  readonly renewedAt: number;
  /**
   * Whether the last announcement was lower than the one before. If it was not, what we send does not use the quota up, or the number
   * is wrong: in both cases waiting would be for nothing.
   */
  readonly falls: boolean;
}

export function createBudget(): Budget {
  const accounts = new Map<Quota, Account>();

  function current(quota: Quota, now: number): Account | undefined {
    const account = accounts.get(quota);
    return account !== undefined && now < account.renewedAt ? account : undefined;
  }

  return {
    heard(quota, headers, now) {
      const remainder = remainderOf(quota, headers, now);
      if (remainder === undefined) return;
      const before = current(quota, now);
      accounts.set(quota, {
        announced: remainder.left,
        left: remainder.left,
        // Within one window the moment of renewal can come nearer, and never moves away.
        renewedAt: Math.min(remainder.renewedAt, before?.renewedAt ?? remainder.renewedAt),
        falls: before !== undefined && remainder.left < before.announced,
      });
    },
    pay(quota, request, now) {
      const account = current(quota, now);
      if (account === undefined) return 0;
      const cost = costOf(quota, request);
      const share = cost / Math.max(cost, account.left);
      const isShort = account.falls && account.left < quota.reserve;
      account.left -= cost;
      return isShort ? Math.min(longestWait, (account.renewedAt - now) * share) : 0;
    },
  };
}
