import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench, Row } from './row.ts';

/** `npm run bench [-- NAME…] [--quick] [--json FILE]`. Each is loaded when it runs, so that none disturbs another. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  render: async () => (await import('./render.ts')).render,
  fidelity: async () => (await import('./fidelity.ts')).fidelity,
  commit: async () => (await import('./commit.ts')).commit,
  replay: async () => (await import('./replay.ts')).replay,
  'start-up': async () => (await import('./start-up.ts')).startUp,
  'build-memory': async () => (await import('./build-memory.ts')).buildMemory,
  'build-scale': async () => (await import('./build-memory.ts')).buildScale,
  'search-speed': async () => (await import('./search/speed.ts')).searchSpeed,
  'search-cold': async () => (await import('./search/cold.ts')).searchCold,
  'search-build': async () => (await import('./search/build.ts')).searchBuild,
  'search-churn': async () => (await import('./search/churn.ts')).searchChurn,
  relevance: async () => (await import('./search/relevance.ts')).relevance,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
});

const unknown = positionals.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  for (const [name, load] of Object.entries(BENCHES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const bench = await load();
    const result = await bench({ quick: values.quick });
    if (typeof result === 'string') process.stdout.write(`${name}: skipped: ${result}\n`);
    else {
      for (const row of result) process.stdout.write(`${line(row)}\n`);
      rows.push(...result);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  if (rows.some(({ ok }) => ok === false)) process.exitCode = 1;
}

function line({ name, value, unit, peer, peerValue, ratio, bar, ok }: Row): string {
  const against = peer === undefined ? '' : `  ${peer} ${figure(peerValue)} ${unit}, ratio ${figure(ratio)}`;
  const verdict = bar === undefined ? '' : `  bar ${bar}: ${ok ? 'ok' : 'MISSED'}`;
  return `${name}: ${figure(value)} ${unit}${against}${verdict}`;
}

function figure(value: number | undefined): string {
  return value === undefined ? '-' : value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
