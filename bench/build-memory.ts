import { builtProgram } from './program.ts';
import { atMost, type Bench, compared, measured, type Row } from './row.ts';
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
  const { first, others } = await buildRepeatedly(size, ROUNDS, builtProgram());
  const requests = others.flatMap(({ requests }) => requests);
  const documents = 2 * size;
  const name = (what: string) => `build of ${documents}, ${what}`;
  return [
    measured(name('peak memory'), 'MB', first.peakMegabytes, atMost(megabytes)),
    measured(
      name('peak memory of a second run'),
      'MB',
      Math.max(...others.map(({ peakMegabytes }) => peakMegabytes)),
      atMost(megabytes),
    ),
    measured(name('time'), 's', first.seconds),
    compared(
      measured(
        name('time of a second run'),
        's',
        others.map(({ seconds }) => seconds),
      ),
      'its requests alone + git status',
      others.map(({ bareSeconds }) => bareSeconds),
      ratio === undefined ? undefined : atMost(ratio),
    ),
    measured(name('requests'), 'requests', first.requests.length),
    measured(
      name('requests of a second run'),
      'requests',
      requests.length / ROUNDS,
      atMost(20 + documents / 100),
    ),
    measured(
      name('body requests of a second run'),
      'requests',
      requests.filter(({ isBody }) => isBody).length,
      atMost(0),
    ),
  ];
}
