import { expect, test } from 'vitest';
import { confluenceFixture } from './fixture.ts';

test('names are asked for as often as texts at most', async () => {
  await using context = await confluenceFixture.start({ pageLimit: 250 });
  await context.build();
  const asked = context.requests.filter(({ url }) => url.includes('users-bulk'));
  const texts = context.requests.filter(
    ({ url }) => /[?&]body-format=storage/.test(url) && /[?&]id=/.test(url),
  );
  expect(texts.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(texts.length);
});
