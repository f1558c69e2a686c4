import { describe, expect, test } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import { reportOf } from '../../harness/context.ts';
import { include, OTHER, smallWorkspace, textFile } from '../../harness/small-workspace.ts';
import { create, documentOf, expectAsFresh, FOREVER, idOf, macro, picture, start } from './pages.ts';

test('included pages show what they include themselves, with its mentions, files and live lists, and cycles end', async () => {
  const workspace = smallWorkspace();
  const inner = create(
    workspace,
    'Inner',
    `<p>Deep, ask <ac:link><ri:user ri:account-id="${OTHER}" /></ac:link>.</p>${picture('deep.txt')}${include('Outer', 'ENG')}`,
    { space: 'OPS' },
  );
  edits.attachFile(workspace, inner, textFile('deep.txt'));
  create(workspace, 'Middle', `${include('Inner', 'OPS')}${macro('children')}`);
  create(workspace, 'Outer', include('Middle'));
  await using context = await start(workspace);
  await expectAsFresh(context);
  const { facts, body } = documentOf(context, 'confluence/ENG/outer.md');
  expect(body).toContain('Deep, ask @Bo.');
  expect(facts.people).toHaveProperty(OTHER, 'Bo');
  expect(facts.attachments?.map(({ name }) => name)).toEqual(['deep.txt']);
  expect(facts.fields?.includes).toHaveLength(2);
  edits.editPage(workspace, inner, { body: '<p>Deeper.</p>' });
  await expectAsFresh(context);
  expect(documentOf(context, 'confluence/ENG/outer.md').body).toContain('Deeper.');
});

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
});
