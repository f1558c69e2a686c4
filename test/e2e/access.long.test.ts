import { expect, test } from 'vitest';
import { startSimulator } from '../../src/demo/server.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { ME, smallWorkspace } from '../harness/small-workspace.ts';
import { configuration, dotenv, variables } from './configuration.ts';
import { newMachine } from './machine.ts';
import { resultOf, sourceOf } from './result.ts';

test('R1 what ctx build says of pages that it may not show, and of those of which it can not know', async () => {
  const simulator = await startSimulator({ workspace: smallWorkspace() });
  const { workspace, faults } = simulator;
  await using machine = await newMachine();
  await machine.write(
    'context.config.yaml',
    configuration({ sources: ['confluence'], edits: { 'ENG, INFRA, PRODUCT': 'ENG, OPS' } }),
  );
  await machine.write('.env', dotenv(variables(simulator)));
  const build = () => machine.ctxHere(['build', '--json']);
  try {
    expect((await build()).code).toBe(0);
    const guide = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
    const runbook = edits.pageIdByTitle(workspace, 'OPS', 'Runbook');

    edits.restrictPage(workspace, guide, { users: [ME] });
    const gone = await build();
    expect(gone.code, gone.stderr).toBe(0);
    expect(sourceOf(gone, 'confluence').withdrawn).toMatchObject([
      { id: guide, path: 'confluence/ENG/guide.md', since: expect.any(String) },
      { path: 'confluence/ENG/guide/set-up.md' },
    ]);
    expect(gone.stderr).toMatch(
      /confluence\/ENG\/guide\.md is restricted now and goes; this repository showed it from (\S{10}) to \1 \(0 days\)/,
    );
    expect(gone.stderr).toContain(`ctx purge ${guide}`);

    // Their list is refused; then it is not there and no single answer tells.
    const id = edits.createPage(workspace, { space: 'OPS', title: 'New', body: '<p>Maybe secret.</p>' });
    edits.editPage(workspace, runbook, { body: '<p>Maybe secret too.</p>' });
    for (const [search, singly] of [
      [403, 403],
      [404, 404],
    ] as const) {
      const times = Number.POSITIVE_INFINITY;
      faults.add({ fault: { kind: 'status', status: search }, path: /content\/search/, times });
      faults.add({ fault: { kind: 'status', status: singly }, path: /\/restriction\//, times });
      const unknown = await build();
      faults.clear();
      expect(unknown.code, unknown.stderr).toBe(4);
      expect(resultOf(unknown).commit).toBeNull();
      expect(sourceOf(unknown, 'confluence')).toMatchObject({ status: 'partial', added: 0, deleted: 0 });
      for (const each of [id, runbook])
        expect(unknown.stderr).toContain(`the restrictions of document ${each} could not be read`);
    }
    expect((await build()).code).toBe(0);
    expect(machine.git('show', 'HEAD:confluence/OPS/new.md')).toContain('Maybe secret.');
  } finally {
    await simulator.close();
  }
});
