import { describe, expect, test } from 'vitest';
import { include, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, start } from './pages.ts';

describe('included pages', () => {
  test('are read once, however many show them, and again only when they changed', async () => {
    const workspace = smallWorkspace();
    const part = create(workspace, 'Part', '<p>Shared.</p>');
    for (let n = 0; n < 30; n++) create(workspace, `Around ${n}`, include('Part'));
    await using context = await start(workspace);
    await context.build();
    const asked = () =>
      context.bodyRequestsSince(0).filter(({ path, query }) => `${path}?${query}`.includes(part)).length;
    expect(asked()).toBeLessThanOrEqual(3);
  });
});
