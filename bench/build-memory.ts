import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Bench, compared, middle, type Row } from './row.ts';
import { buildRepeatedly } from './scale-build.ts';

/** How often a run that has nothing to do is measured. */
const ROUNDS = 3;

/** 2,000 pages and 2,000 tickets: memory, time and requests of a first build, and of a second one without changes. */
export const buildMemory: Bench = ({ quick }) => rowsOf({ size: quick ? 200 : 2000, megabytes: 300 });

/** The same of 25,000 and 25,000, where the time that any run takes to start counts for little. */
export const buildScale: Bench = ({ quick }) =>
  rowsOf({ size: quick ? 400 : 25_000, megabytes: 400, ratio: 1.5 });

interface Bars {
  readonly megabytes: number;
  readonly ratio?: number;
}

/** `size` pages and as many tickets. */
async function rowsOf({ size, megabytes, ratio }: Bars & { readonly size: number }): Promise<readonly Row[]> {
  // What people run is compiled, and takes less memory than what Node.js strips of its types itself.
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: fileURLToPath(new URL('..', import.meta.url)) });
  const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const { first, others } = await buildRepeatedly(size, ROUNDS, main);
  const requests = others.flatMap(({ requests }) => requests);
  const documents = 2 * size;
  const name = (what: string) => `build of ${documents}, ${what}`;
  const bounded = (what: string, value: number, unit: string, limit: number): Row => {
    return { name: name(what), value, unit, bar: `<= ${limit}`, ok: value <= limit };
  };
  return [
    bounded('peak memory', first.peakMegabytes, 'MB', megabytes),
    bounded(
      'peak memory of a second run',
      Math.max(...others.map(({ peakMegabytes }) => peakMegabytes)),
      'MB',
      megabytes,
    ),
    { name: name('time'), value: first.seconds, unit: 's' },
    compared(
      { name: name('time of a second run'), value: middle(others.map(({ seconds }) => seconds)), unit: 's' },
      'its requests alone + git status',
      middle(others.map(({ bareSeconds }) => bareSeconds)),
      ratio === undefined ? undefined : atMost(ratio),
    ),
    { name: name('requests'), value: first.requests.length, unit: 'requests' },
    bounded('requests of a second run', requests.length / ROUNDS, 'requests', 20 + documents / 100),
    bounded('body requests of a second run', requests.filter(({ isBody }) => isBody).length, 'requests', 0),
  ];
}
