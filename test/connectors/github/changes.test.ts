import { expect, test, vi } from 'vitest';
import { startGithub } from './harness.ts';

vi.setConfig({ testTimeout: 60_000 });

test('try', async () => {
  await using context = await startGithub();
  const { errors, report } = await context.build();
  console.log(errors, report.sources[0]);
  for (const [path, text] of context.documents()) console.log(path, '\n', text);
  console.log(context.calls());
  const again = await context.build();
  console.log(again.errors, again.report.commit, context.calls());
  expect(1).toBe(1);
});
