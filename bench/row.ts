/** One measured figure. `ok` is undefined where there is no bar to hold. */
export interface Row {
  readonly name: string;
  /** The median where there were several rounds. */
  readonly value: number;
  readonly unit: string;
  /** Of several rounds. */
  readonly min?: number;
  readonly max?: number;
  /** What it is compared with, measured in the same run. */
  readonly peer?: string;
  readonly peerValue?: number;
  readonly peerMin?: number;
  readonly peerMax?: number;
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

/** The same thing measured in each round; a number by itself is what every round gives. */
export type Samples = number | readonly number[];

/**
 * The times of each work's rounds, in milliseconds. The works take turns in every round: noise meets all alike.
 * `warmUp` rounds, which compile what they run, come before and do not count.
 */
export async function timesOf<const Works extends readonly (() => unknown)[]>(
  rounds: number,
  works: Works,
  warmUp = 0,
): Promise<{ readonly [index in keyof Works]: readonly number[] }> {
  const times = works.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times as { readonly [index in keyof Works]: readonly number[] };
}

/** A figure by itself. */
export function measured(name: string, unit: string, samples: Samples, bar?: Bar): Row {
  const { value, ...spread } = summary(samples);
  return { name, value, unit, ...spread, ...(bar && { bar: bar.text, ok: bar.holds(value) }) };
}

/** A figure beside a peer's; the bar is of their ratio. */
export function compared(row: Row, peer: string, samples: Samples, bar?: Bar): Row {
  const { value, min, max } = summary(samples);
  const ratio = row.value / value;
  return {
    ...{ ...row, peer, peerValue: value },
    ...(min !== undefined && max !== undefined && { peerMin: min, peerMax: max }),
    // There is none to nothing.
    ...(value !== 0 && { ratio }),
    ...(bar && { bar: `ratio ${bar.text}`, ok: bar.holds(ratio) }),
  };
}

/** What a figure or a ratio has to be. */
export interface Bar {
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

export const atMost = (limit: number): Bar => ({ text: `<= ${limit}`, holds: (value) => value <= limit });

export const atLeast = (limit: number): Bar => ({ text: `>= ${limit}`, holds: (value) => value >= limit });

export const above = (limit: number): Bar => ({ text: `> ${limit}`, holds: (value) => value > limit });

/** The median, and how far the rounds are apart if there are several. */
function summary(samples: Samples): Pick<Row, 'value' | 'min' | 'max'> {
  if (typeof samples === 'number') return { value: samples };
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (index: number) => sorted.at(index) ?? Number.NaN;
  const value = at(Math.floor(sorted.length / 2));
  return sorted.length < 2 ? { value } : { value, min: at(0), max: at(-1) };
}
