import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { type BuildChoices, reportOf, startContext, type TestContext } from '../harness/context.ts';
import { editsBetweenBuilds, happen } from '../harness/random-edits.ts';
import { replayed } from '../harness/replay.ts';
import { OTHER, smallWorkspace } from '../harness/small-workspace.ts';

/** Several requests' worth of pages. */
const PAGES = 130;

/** Runs build by build; each look at this clock is seconds after the last, so that all that is read is durable at once. */
function hastyClock({ clock }: TestContext): Clock {
  let passed = 0;
  return {
    now: () => {
      passed += 2000;
      return clock.now() + passed;
    },
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

/** A build that is interrupted at its nth request. False if it was done before. */
async function interruptedBuild(
  context: TestContext,
  nth: number,
  choices: BuildChoices = {},
  counts: (request: string) => boolean = () => true,
): Promise<boolean> {
  const controller = new AbortController();
  const { faults } = context.simulator;
  let requests = 0;
  faults.schedule = ({ name }) => {
    if (counts(name)) requests += 1;
    if (requests === nth) controller.abort(new Error('interrupted'));
    return undefined;
  };
  try {
    await context.build({ clock: hastyClock(context), ...choices, signal: controller.signal });
    return false;
  } catch (error) {
    expect(error).toMatchObject({ message: 'interrupted' });
    return true;
  } finally {
    faults.clear();
  }
}

const bodies = (request: string): boolean => request.includes('body-format');

function manyPages(): Workspace {
  const workspace = smallWorkspace();
  for (let n = 0; n < PAGES; n += 1)
    edits.createPage(workspace, { space: n % 2 ? 'ENG' : 'OPS', title: `Page ${n}`, body: `<p>${n}</p>` });
  return workspace;
}

/** The ids of the documents whose text was asked for since. */
function idsAskedSince(context: TestContext, count: number): string[] {
  return context.bodyRequestsSince(count).flatMap(({ path, query }) => {
    if (!/\/(pages|blogposts)$/.test(path)) return [];
    return new URLSearchParams(query).getAll('id').flatMap((ids) => ids.split(','));
  });
}

test('R4 a build that was interrupted is gone on with: what was read is not read again', async () => {
  await using context = await startContext({ workspace: manyPages(), sources: ['confluence'] });
  expect(await interruptedBuild(context, 6, {}, bodies)).toBe(true);
  const asked = new Set(idsAskedSince(context, 0));
  const count = context.requestCount();
  const result = await context.build();

  const line = context.lines.find((text) => text.includes('goes on where a run was interrupted')) ?? '';
  const read = Number(/with (\d+) documents/.exec(line)?.[1]);
  expect(read).toBeGreaterThanOrEqual(20);
  const again = idsAskedSince(context, count);
  expect(again.filter((id) => asked.has(id))).toHaveLength(asked.size - read);
  expect(reportOf(result, 'confluence').added).toBe(read + again.length);
  expect(context.documents()).toEqual(await context.fresh());
  expect(readdirSync(join(context.path, '.git/ctx/run'))).toEqual([]);
});

const choicesOf = (isFull: boolean, isTold: boolean): BuildChoices => ({
  full: isFull,
  commit: isTold ? 'per-revision' : 'per-run',
});

const run = replayed({ runs: 12 });

test('R3 R4 wherever a build is interrupted, and whatever happens before the next one, that ends as one from nothing', {
  timeout: run.numRuns * 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      editsBetweenBuilds({ builds: 3, edits: 6 }),
      fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (steps, moments, isFirst, isFull, isTold) => {
        const workspace = manyPages();
        await using context = await startContext({ workspace, pageLimit: 20, embeddedComments: 2 });
        const choices = choicesOf(isFull, isTold);
        if (!isFirst) await context.build();
        for (const [n, moment] of moments.entries()) {
          for (const happening of steps[n] ?? []) happen(workspace, happening);
          await interruptedBuild(context, moment, choices);
        }
        const { errors } = await context.buildConfirming(choices);
        expect(errors.map(({ message }) => message)).toEqual([]);
        expect([...context.documents()].sort()).toEqual([...(await context.fresh())].sort());
        expect((await context.build()).report.commit).toBeNull();
        expect(context.git('status', '--porcelain')).toBe('');
      },
    ),
    run,
  );
});

test('R9 a backfill that was interrupted makes the same commits as one that was not', async () => {
  const workspace = manyPages();
  await using context = await startContext({ workspace });
  for (const title of ['Page 3', 'Page 70', 'Guide'])
    for (const text of ['one', 'two'])
      edits.editPage(workspace, edits.pageIdByTitle(workspace, title === 'Page 70' ? 'OPS' : 'ENG', title), {
        body: `<p>${text}</p>`,
      });
  const history = { history: { since: 'all' } } as const;
  const choices = { commit: 'per-revision', confluence: history, jira: history } as const;
  const other = join(await context.folder(), 'repo');
  await context.build({ ...choices, path: other });
  expect(await interruptedBuild(context, 40, choices)).toBe(true);
  expect(await interruptedBuild(context, 30, choices)).toBe(true);
  await context.build(choices);
  expect(context.lines.filter((text) => text.includes('goes on where'))).not.toEqual([]);
  expect(context.git('log', '--format=%H %an %ad %s')).toBe(
    context.git('-C', other, 'log', '--format=%H %an %ad %s'),
  );
});

test('R1 what was read before an interruption is written only if it is for everyone still', async () => {
  const workspace = manyPages();
  await using context = await startContext({ workspace, sources: ['confluence'] });
  const all = await context.fresh();
  expect(await interruptedBuild(context, 7, {}, bodies)).toBe(true);
  for (let n = 0; n < PAGES; n += 1) {
    const id = edits.pageIdByTitle(workspace, n % 2 ? 'ENG' : 'OPS', `Page ${n}`);
    if (n % 3 === 0) edits.restrictPage(workspace, id, { users: [OTHER] });
    if (n % 3 === 1) edits.trashPage(workspace, id);
  }
  await context.build();
  const kept = [...context.documents().keys()].filter((path) => /\/page-\d+\.md$/.test(path));
  expect(kept).toHaveLength(Math.floor(PAGES / 3));
  expect(all.size - context.documents().size).toBe(PAGES - kept.length);
});

test('however often it is interrupted, what waits for the next run does not grow', async () => {
  await using context = await startContext({ workspace: manyPages(), sources: ['confluence'] });
  const sizes = () =>
    ['documents', 'documents.jsonl'].map((name) => statSync(join(context.path, '.git/ctx/run', name)).size);
  expect(await interruptedBuild(context, 6, {}, bodies)).toBe(true);
  const [texts = 0, journal = 0] = sizes();
  // A file of somebody's, where a document is to go, stops each of these after everything was written to the spool.
  const mine = join(context.path, 'confluence/ENG/page-1.md');
  mkdirSync(dirname(mine), { recursive: true });
  writeFileSync(mine, 'mine');
  const grown: number[][] = [];
  for (let n = 0; n < 3; n += 1) {
    await expect(context.build({ clock: hastyClock(context) })).rejects.toMatchObject({ kind: 'guard' });
    grown.push(sizes());
  }
  expect(grown[0]?.[0]).toBeGreaterThan(texts);
  expect(grown[0]?.[1]).toBeGreaterThan(journal);
  expect(grown[2]).toEqual(grown[1]);
  rmSync(mine);
  await context.build();
  expect(context.documents()).toEqual(await context.fresh());
});

test('what cannot be gone on from is read again: other settings, a torn journal, texts that are gone', async () => {
  await using context = await startContext({ workspace: manyPages(), sources: ['confluence'] });
  const place = (name: string) => join(context.path, '.git/ctx/run', name);
  const said = () => context.lines.filter((text) => text.includes('goes on where')).length;
  const changes: readonly ((() => void) | BuildChoices)[] = [
    () => writeFileSync(place('documents.jsonl'), 'no journal\n'),
    () => truncateSync(place('documents'), 10),
    { confluence: { comments: false } },
    { resume: false },
  ];
  for (const change of changes) {
    expect(await interruptedBuild(context, 6, { resume: false }, bodies)).toBe(true);
    expect(existsSync(place('documents.jsonl'))).toBe(true);
    if (typeof change === 'function') change();
    else expect(await interruptedBuild(context, 6, change, bodies)).toBe(true);
    expect(said()).toBe(0);
  }
  // A dry run leaves it alone, and one of which the end is missing counts as far as it goes.
  expect(await interruptedBuild(context, 6, { resume: false }, bodies)).toBe(true);
  const before = readdirSync(place('.'));
  await context.build({ dryRun: true });
  expect(readdirSync(place('.'))).toEqual(before);
  expect(said()).toBe(0);
  writeFileSync(place('documents.jsonl'), '{"source":"conf', { flag: 'a' });
  await context.build();
  expect(said()).toBe(1);
  expect(context.documents()).toEqual(await context.fresh());
});
