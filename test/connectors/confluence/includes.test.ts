import { describe, expect, test } from 'vitest';
import { reportOf } from '../../harness/context.ts';
import { include, smallWorkspace } from '../../harness/small-workspace.ts';
import { create, documentOf, FOREVER, idOf, start } from './pages.ts';

describe('included pages', () => {
  const around = 'confluence/ENG/around.md';

  test('R1 of spaces that are not read, or of unknown access, do not show', async () => {
    const workspace = smallWorkspace();
    create(workspace, 'Part', '<p>Not for here.</p>', { space: 'OPS' });
    create(workspace, 'Around', include('Part', 'OPS'));
    await using context = await start(workspace, { confluence: { spaces: ['ENG'] } });
    await context.build();
    expect([...context.documents().values()].join('\n')).not.toContain('Not for here');
    expect(documentOf(context, around).facts.fields?.includes).toEqual([{ space: 'OPS', title: 'Part' }]);
    const bodies = context.bodyRequestsSince(0).map(({ query }) => query);
    expect(bodies.some((query) => query.includes(idOf(workspace, 'Part', 'OPS')))).toBe(false);
  });

  test('R6 whose space cannot be listed stay as they are', async () => {
    const workspace = smallWorkspace();
    create(workspace, 'Part', '<p>From operations.</p>', { space: 'OPS' });
    create(workspace, 'Around', include('Part', 'OPS'));
    await using context = await start(workspace);
    await context.build();
    const before = context.documents();
    context.simulator.faults.add({
      fault: { kind: 'status', status: 500 },
      path: /spaces\/102\/pages/,
      times: FOREVER,
    });
    expect(reportOf(await context.build(), 'confluence').status).toBe('partial');
    expect(context.documents()).toEqual(before);
  });

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
