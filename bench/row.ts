/** One measured figure. `ok` is undefined where there is no bar to hold. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, measured in the same run. */
  readonly peer?: string;
  readonly peerValue?: number;
  /** `value` by `peerValue`. */
  readonly ratio?: number;
  /** Such as `<= 300` or `ratio >= 1`. */
  readonly bar?: string;
  readonly ok?: boolean;
}

export interface BenchOptions {
  /** Smaller inputs and fewer rounds: shows that it runs, not what it takes. */
  readonly quick: boolean;
}

/** Answers its rows, or why it can't be measured here. */
export type Bench = (options: BenchOptions) => Promise<readonly Row[] | string>;

/** The median of a few rounds, each in milliseconds. */
export async function median(rounds: number, work: () => unknown): Promise<number> {
  const [time = Number.NaN] = await medians(rounds, [work]);
  return time;
}

/**
 * The median of each work's rounds, in milliseconds. The works take turns in every round: noise meets all alike.
 * `warmUp` rounds, which compile what they run, come before and do not count.
 */
export async function medians(
  rounds: number,
  works: readonly (() => unknown)[],
  warmUp = 0,
): Promise<readonly number[]> {
  const times = works.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times.map(middle);
}

/** The median. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function compared(
  row: Pick<Row, 'name' | 'value' | 'unit'>,
  peer: string,
  peerValue: number,
  bar?: { readonly text: string; readonly holds: (ratio: number) => boolean },
): Row {
  const ratio = row.value / peerValue;
  return { ...row, peer, peerValue, ratio, ...(bar && { bar: bar.text, ok: bar.holds(ratio) }) };
}

export const atMost = (limit: number) => ({
  text: `ratio <= ${limit}`,
  holds: (ratio: number) => ratio <= limit,
});
