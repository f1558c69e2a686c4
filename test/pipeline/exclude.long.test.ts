import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as edits from '../../src/demo/workspace/edits.ts';
import { macro } from '../connectors/confluence/pages.ts';
import { type BuildChoices, startContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed } from '../harness/replay.ts';
import { smallWorkspace } from '../harness/small-workspace.ts';

const run = replayed({ runs: 6 });

test('R3 whatever is left out and taken back between builds, they make what a build from nothing makes', {
  timeout: run.numRuns * 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      editsBetweenBuilds({ builds: 4, edits: 6 }),
      fc.array(fc.array(fc.nat(40), { maxLength: 5 }), { minLength: 4, maxLength: 4 }),
      async (steps, choices) => {
        await using context = await startContext({ pageLimit: 4, embeddedComments: 2 });
        const { workspace } = context;
        for (const [n, step] of [[], ...steps].entries()) {
          for (const happening of step) happen(workspace, happening);
          const some = (ids: readonly string[]) =>
            (choices[n % choices.length] ?? []).flatMap((choice) => ids[choice % ids.length] ?? []);
          const leftOut = {
            confluence: { exclude: some([...workspace.content.keys()].sort()) },
            jira: {
              exclude: some([...workspace.issues.values()].flatMap(({ id, key }) => [id, key]).sort()),
            },
          };
          const { errors } = await context.buildConfirming(leftOut);
          expect(errors.map(({ message }) => message)).toEqual([]);
          expect([...context.documents()].sort()).toEqual([...(await context.fresh(leftOut))].sort());
        }
      },
    ),
    run,
  );
});

test('R1 pages that are left out are in no list, although open pages are below them', async () => {
  const workspace = smallWorkspace();
  const list = macro('contentbylabel', { cql: 'label = "deal"' });
  edits.createPage(workspace, { space: 'OPS', title: 'Deals', body: list });
  const id = edits.createPage(workspace, { space: 'ENG', title: 'Zebra', body: '' });
  const below = edits.createPage(workspace, { space: 'ENG', title: 'Okapi', body: '', parent: id });
  for (const page of [id, below]) edits.addLabel(workspace, page, 'deal');
  const exclude: BuildChoices = { confluence: { exclude: [id] } };
  await using context = await startContext({ sources: ['confluence'], workspace });
  const deals = () => context.documents().get('confluence/OPS/deals.md');
  for (const choices of [exclude, {}, exclude]) {
    await context.build(choices);
    expect(deals()).toContain('Okapi');
    // The list itself is as old as its page: taken back, a page is not in it before the page is read again.
    if (choices === exclude) expect([...context.files()].flat().join('\n')).not.toContain('Zebra');
    else
      edits.editPage(workspace, edits.pageIdByTitle(workspace, 'OPS', 'Deals'), {
        body: `<p>All:</p>${list}`,
      });
    await context.build(choices);
    if (choices !== exclude) expect(deals()).toContain('Zebra');
  }
});

test('R3 a link by title to a page that is left out does not pass to the page that takes that title', async () => {
  const workspace = smallWorkspace();
  await using context = await startContext({ sources: ['confluence'], workspace });
  const [home, guide] = ['Engineering', 'Guide'].map((title) => edits.pageIdByTitle(workspace, 'ENG', title));
  const leftOut: BuildChoices = { confluence: { exclude: [guide as string] } };
  await context.build(leftOut);
  for (const [id, title] of [
    [guide, 'Guide for a moment'],
    [home, 'Guide'],
    [guide, 'Engineering'],
  ] as const)
    edits.retitlePage(workspace, id as string, title, { refactorLinks: true });
  await context.build(leftOut);
  expect(context.documents()).toEqual(await context.fresh(leftOut));
});
