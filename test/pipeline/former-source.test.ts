import { expect, test } from 'vitest';
import { startContext } from '../harness/context.ts';

test('a source that the configuration no longer has keeps its documents, and each run says so', async () => {
  await using context = await startContext();
  await context.build();
  const tickets = [...context.files().keys()].filter(
    (path) => path.startsWith('jira/') && !path.endsWith('INDEX.md'),
  );
  expect(context.lines.join('\n')).not.toContain('no configured source');

  await context.build({ sources: ['confluence'] });
  expect(context.lines.join('\n')).toContain('jira is no configured source any more');
  expect([...context.files().keys()]).toEqual(expect.arrayContaining(tickets));
});
