import type { Bench, Row } from './row.ts';
import { buildTwice } from './scale-build.ts';

/** 2,000 pages and 2,000 tickets: memory, time and requests of a first build, and of a second one without changes. */
export const buildMemory: Bench = async ({ quick }) => {
  const size = quick ? 200 : 2000;
  const { first, second } = await buildTwice(size);
  const documents = 2 * size;
  const name = (what: string) => `build of ${documents}, ${what}`;
  const bounded = (what: string, value: number, unit: string, limit: number): Row => {
    return { name: name(what), value, unit, bar: `<= ${limit}`, ok: value <= limit };
  };
  return [
    bounded('peak memory', first.peakMegabytes, 'MB', 300),
    bounded('peak memory of a second run', second.peakMegabytes, 'MB', 300),
    { name: name('time'), value: first.seconds, unit: 's' },
    { name: name('time of a second run'), value: second.seconds, unit: 's' },
    { name: name('requests'), value: first.requests, unit: 'requests' },
    bounded('requests of a second run', second.requests, 'requests', 20 + documents / 100),
    bounded('body requests of a second run', second.bodies, 'requests', 0),
  ];
};
