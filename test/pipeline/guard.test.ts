import { describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import { confluenceModel } from '../../src/connectors/confluence/model.ts';
import type { Facts } from '../../src/core/document.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import type { Collected } from '../../src/pipeline/collected.ts';
import { decideRemovals } from '../../src/pipeline/guard.ts';
import { fingerprintsOf, reportOf, startContext } from '../harness/context.ts';
import { below, crowd, crowded, PAGES } from './crowd.ts';

describe('R6 a mass deletion', () => {
  test('is held back with a fingerprint; other scopes still commit; the confirmation accepts it', async () => {
    await using context = await startContext({ workspace: crowded(), sources: ['confluence'] });
    await context.build();
    for (const id of crowd(context.workspace, 'ENG')) edits.trashPage(context.workspace, id);
    edits.trashPage(context.workspace, crowd(context.workspace, 'OPS')[0] as string);

    const held = await context.build();
    const [fingerprint] = fingerprintsOf(held);
    expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(exitCodeOfRun(held.errors, true)).toBe(5);
    expect(reportOf(held, 'confluence')).toMatchObject({ status: 'partial', deleted: 1 });
    expect(below(context.documents(), 'confluence/ENG/')).toHaveLength(PAGES + 1);
    expect(below(context.documents(), 'confluence/OPS/')).toHaveLength(PAGES);

    const wrong = await context.build({ confirmDeletes: ['0123456789ab'] });
    expect(fingerprintsOf(wrong)).toEqual([fingerprint]);
    expect(below(context.documents(), 'confluence/ENG/')).toHaveLength(PAGES + 1);

    const confirmed = await context.build({ confirmDeletes: [fingerprint as string] });
    expect(confirmed.errors).toEqual([]);
    expect(reportOf(confirmed, 'confluence').deleted).toBe(PAGES);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('a view that answers with nothing is held back, however small it is', async () => {
    await using context = await startContext({ sources: ['jira'] });
    await context.build();
    const before = context.documents();
    for (const { key, parentId } of [...context.workspace.issues.values()]) {
      if (parentId === null) edits.deleteIssue(context.workspace, key);
    }
    const result = await context.build();
    expect(fingerprintsOf(result)).toHaveLength(1);
    expect(context.documents()).toEqual(before);
  });
});

test.each([
  ['19 of 20', 20, 19, false],
  ['20 of 80, a quarter', 80, 20, true],
  ['20 of 81, less than a quarter', 81, 20, false],
  ['19 of 76, a quarter', 76, 19, false],
  ['25 of 100', 100, 25, true],
  ['24 of 100', 100, 24, false],
  ['the only one', 1, 1, true],
])('R6 of a scope, %s', (_, size, lost, isHeld) => {
  const facts = Array.from(
    { length: size },
    (_each, n): Facts => ({
      ...{ id: String(n), source: 'confluence', type: 'page', title: `Page ${n}`, space: 'ENG' },
      url: `https://team.example.net/wiki/spaces/ENG/pages/${n}`,
    }),
  );
  const known = new Map(facts.map((each) => [each.id, { path: '', oid: '', facts: each, destinations: [] }]));
  const collected = {
    ...{ upserts: new Map(), deletes: new Map(), failedDocuments: new Map(), failure: undefined },
    present: new Set(facts.slice(lost).map(({ id }) => id)),
    completed: new Set(['space ENG']),
  } as unknown as Collected;
  const { removed, suspicious } = decideRemovals(
    confluenceModel('confluence'),
    known,
    collected,
    () => false,
  );
  expect([removed.size, suspicious.get('space ENG')?.length ?? 0]).toEqual(isHeld ? [0, lost] : [lost, 0]);
});
