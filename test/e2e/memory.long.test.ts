import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildRepeatedly } from '../../bench/scale-build.ts';

test('2,000 pages and 2,000 tickets build within 300 MB, and a second run lists and reads no body', async () => {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const { first, others } = await buildRepeatedly(2000, 1, main);
  const [second] = others as [(typeof others)[number]];
  expect(first.peakMegabytes).toBeLessThanOrEqual(300);
  expect(second.peakMegabytes).toBeLessThanOrEqual(300);
  // A listing page holds 250 pages or thousands of tickets.
  expect(second.requests.length).toBeLessThan(60);
  expect(second.requests.filter(({ isBody }) => isBody)).toEqual([]);
});
