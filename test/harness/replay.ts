/** How often a property runs, and what a failure printed: `FC_SEED=… FC_RUNS=1 FC_PATH=…` replays it. */
export function replayed({ runs }: { readonly runs: number }) {
  return {
    numRuns: Number(process.env.FC_RUNS ?? runs),
    // A smaller counterexample is worth less than seeing one: shrinking whole builds would run into the test's timeout.
    endOnFailure: true,
    ...(process.env.FC_SEED && { seed: Number(process.env.FC_SEED) }),
    ...(process.env.FC_PATH && { path: process.env.FC_PATH }),
  };
}

/** Documents by path, for comparing whole sets. */
export function sorted(documents: ReadonlyMap<string, string>): [string, string][] {
  return [...documents].sort(([a], [b]) => (a < b ? -1 : 1));
}
