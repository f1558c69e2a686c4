import { expect, test } from 'vitest';
import { type Report, told } from '../../bench/report.ts';
import { atLeast, atMost, compared, measured, type Row, timesOf } from '../../bench/row.ts';

const machine = {
  processor: 'A processor',
  cores: 2,
  gibibytes: 8,
  system: 'linux',
  node: 'v24',
  git: '2.39',
};
const report = (rows: readonly Row[], quick = false): Report => {
  return { machine, measured: '2026-01-02', quick, rows: rows.map((row) => ({ bench: 'any', ...row })) };
};

test('a figure is the median of its rounds, with the least and the most; of one round it is that one', () => {
  expect(measured('search', 'ms', [30, 10, 20])).toEqual({
    ...{ name: 'search', unit: 'ms', value: 20, min: 10, max: 30 },
  });
  expect(measured('requests', 'requests', 41)).toEqual({ name: 'requests', unit: 'requests', value: 41 });
  expect(measured('peak', 'MB', 301, atMost(300))).toMatchObject({ bar: '<= 300', ok: false });
});

test('a peer is compared by medians, and the bar is of their ratio', () => {
  const row = compared(measured('search', 'ms', [10, 20, 60]), 'a peer', [30, 50, 40], atMost(0.5));
  expect(row).toMatchObject({ peer: 'a peer', peerValue: 40, peerMin: 30, peerMax: 50, ratio: 0.5 });
  expect(row).toMatchObject({ bar: 'ratio <= 0.5', ok: true });
  expect(compared(measured('speed', 'MB/s', 9), 'a peer', 10, atLeast(1))).toMatchObject({ ok: false });
  expect(compared(measured('kept', '%', 9), 'a peer that keeps none', 0)).not.toHaveProperty('ratio');
});

test('works take turns, and rounds that warm up do not count', async () => {
  const order: string[] = [];
  const times = await timesOf(2, [() => order.push('own'), () => order.push('peer')], 1);
  expect(order).toEqual(['own', 'peer', 'own', 'peer', 'own', 'peer']);
  expect(times.map(({ length }) => length)).toEqual([2, 2]);
});

test('one table tells all figures, and of what machine they are', () => {
  const rows = [
    compared(measured('search', 'ms', [10, 20, 60]), 'the peer', [30, 50, 40], atMost(0.5)),
    measured('memory', 'MB', 1234.5, atMost(300)),
  ];
  expect(told(report(rows))).toBe(`2026-01-02: A processor, 2 cores, 8 GiB; linux; Node.js v24, git 2.39.

| figure | median | min–max | unit | peer     | its median | its min–max | ratio | bar          |        |
| :----- | -----: | ------: | :--- | :------- | ---------: | ----------: | ----: | :----------- | :----- |
| search |     20 |   10–60 | ms   | the peer |         40 |       30–50 |   0.5 | ratio <= 0.5 | ok     |
| memory |  1,235 |         | MB   |          |            |             |       | <= 300       | MISSED |`);
});

test('bars are not judged by small inputs', () => {
  const quick = told(report([measured('memory', 'MB', 1234.5, atMost(300))], true));
  expect(quick).toContain('the bars are not judged');
  expect(quick).not.toContain('MISSED');
});
