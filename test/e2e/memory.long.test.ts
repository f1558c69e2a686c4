import { expect, test } from 'vitest';
import { buildTwice } from '../../bench/scale-build.ts';

test('2,000 pages and 2,000 tickets build within 300 MB, and a second run lists and reads no body', async () => {
  const { first, second } = await buildTwice(2000);
  expect(first.peakMegabytes).toBeLessThanOrEqual(300);
  expect(second.peakMegabytes).toBeLessThanOrEqual(300);
  // A listing page holds 250 pages or thousands of tickets.
  expect(second.requests.length).toBeLessThan(60);
  expect(second.requests.filter(({ isBody }) => isBody)).toEqual([]);
});
