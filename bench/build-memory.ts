import { type Bench, compared, type Row } from './row.ts';
import { buildTwice } from './scale-build.ts';

/** 2,000 pages and 2,000 tickets: memory, time and requests of a first build, and of a second one without changes. */
export const buildMemory: Bench = ({ quick }) => rowsOf(quick ? 200 : 2000, 300);

/** The same of 25,000 and 25,000. */
export const buildScale: Bench = ({ quick }) => rowsOf(quick ? 400 : 25_000, 400);

/** As many pages as tickets. `limit` is of memory, in MB. */
async function rowsOf(size: number, limit: number): Promise<readonly Row[]> {
  const { first, second, bareSeconds } = await buildTwice(size);
  const documents = 2 * size;
  const name = (what: string) => `build of ${documents}, ${what}`;
  const bounded = (what: string, value: number, unit: string, limit: number): Row => {
    return { name: name(what), value, unit, bar: `<= ${limit}`, ok: value <= limit };
  };
  return [
    bounded('peak memory', first.peakMegabytes, 'MB', limit),
    bounded('peak memory of a second run', second.peakMegabytes, 'MB', limit),
    { name: name('time'), value: first.seconds, unit: 's' },
    compared(
      { name: name('time of a second run'), value: second.seconds, unit: 's' },
      'its requests alone + git status',
      bareSeconds,
      { text: 'ratio <= 1.5', holds: (ratio) => ratio <= 1.5 },
    ),
    { name: name('requests'), value: first.requests.length, unit: 'requests' },
    bounded('requests of a second run', second.requests.length, 'requests', 20 + documents / 100),
    bounded(
      'body requests of a second run',
      second.requests.filter(({ isBody }) => isBody).length,
      'requests',
      0,
    ),
  ];
}
