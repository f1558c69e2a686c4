import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BuildPlace, CONFLUENCE, JIRA } from '../../bench/build-place.ts';
import { expectSound, git } from '../../bench/commit.ts';
import { startSite } from '../../bench/site.ts';
import { packCopy } from '../harness/packed.ts';

test('2,000 pages and 2,000 tickets build within 300 MB, and a second run lists and reads no body', async () => {
  // As it is installed: what runs the sources takes 50 MB by itself.
  const root = await mkdtemp(join(tmpdir(), 'ctx-memory-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  packCopy(root);
  await using site = await startSite({ pages: 2000, tickets: 2000 });
  using place = new BuildPlace(site, [CONFLUENCE, JIRA], join(root, 'copy', 'dist', 'cli', 'main.js'));
  const first = await place.build();
  const second = await place.build();
  expect(first.peakMegabytes).toBeLessThanOrEqual(300);
  expect(second.peakMegabytes).toBeLessThanOrEqual(300);
  // A listing page holds 250 pages or thousands of tickets.
  expect(second.requests.length).toBeLessThan(60);
  expect(second.requests.filter(({ isBody }) => isBody)).toEqual([]);
  expectSound(place.repository);
  expect(git(place.repository, 'rev-list', '--count', 'HEAD')).toBe('1');
});
