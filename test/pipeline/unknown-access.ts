import { expect } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import type { FaultRule } from '../../src/demo/faults.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { reportOf, startContext, type TestContext } from '../harness/context.ts';

/** The list of restrictions, and those of one page. */
export const SEARCH = /content\/search/;
export const SINGLY = /\/restriction\//;

/** Has built; a new page and the new text of a known one have come since. */
export async function startWaiting(): Promise<TestContext> {
  const context = await startContext({ sources: ['confluence'] });
  await context.build();
  const { workspace } = context;
  edits.createPage(workspace, { space: 'OPS', title: 'New', body: '<p>Maybe secret.</p>' });
  const guide = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.editPage(workspace, guide, { body: '<p>Maybe secret too.</p>' });
  return context;
}

/** A build under the faults changes nothing, and says of both pages that their access is unknown. */
export async function expectToWait(context: TestContext, faults: readonly FaultRule[]): Promise<void> {
  const { workspace, simulator } = context;
  const before = context.documents();
  for (const fault of faults) simulator.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
  const result = await context.build();
  simulator.faults.clear();
  expect(context.documents()).toEqual(before);
  const { status, failed } = reportOf(result, 'confluence');
  expect([status, exitCodeOfRun(result.errors, true)]).toEqual(['partial', 4]);
  expect(failed).toBeGreaterThanOrEqual(2);
  const ids = result.errors.map((error) => error.is('source.access-unknown') && error.params.id);
  expect(ids).toContain(edits.pageIdByTitle(workspace, 'OPS', 'New'));
  expect(ids).toContain(edits.pageIdByTitle(workspace, 'ENG', 'Guide'));
}
