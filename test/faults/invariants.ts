import assert from 'node:assert/strict';
import { type Fault, randomFaults, type Schedule } from '../../src/demo/faults.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { startContext, type TestContext } from '../harness/context.ts';
import { happen } from '../harness/random-edits.ts';
import { sorted } from '../harness/replay.ts';
import { killedBuild } from './killed-build.ts';
import { type Model, modelIn, modelOf } from './model.ts';
import { assertWhole, startWorking } from './person.ts';
import { type FaultSchedule, faultsNamed, type Round, type Trouble } from './schedule.ts';
import { assertNoCredentials } from './secrets.ts';

/** Runs the schedule against a small workspace and fails where an invariant does not hold. */
export async function assertInvariants(schedule: FaultSchedule): Promise<void> {
  // Answers that stall are given up in a moment.
  const timeouts = { total: 300 };
  await using context = await startContext({ pageLimit: 4, embeddedComments: 2, timeouts });
  const { workspace } = context;
  await context.build();
  startWorking(context);
  const past = new Past(workspace);
  const said: unknown[] = [];
  /** What a removal may be due to began here: a killed build may have decided what the next one finishes. */
  let since = workspace.revision;
  let before = modelIn(context.documents());
  let wasKilled = false;

  for (const round of schedule) {
    for (const happening of round.edits) past.edit(() => happen(workspace, happening));
    since = Math.min(since, workspace.revision - round.trouble.lag);
    await inTrouble(context, past, round, said);
    if (round.kill === undefined) {
      if (wasKilled) assertWhole(context);
      const after = modelIn(context.documents());
      past.assertGone(before, after, since);
      before = after;
      since = workspace.revision;
    }
    wasKilled = round.kill !== undefined;
  }

  await assertConverged(context, said);
  assertNoCredentials(context, said);
}

/** One build while things go wrong, or one that is killed. */
async function inTrouble(
  context: TestContext,
  past: Past,
  { trouble, kill }: Round,
  said: unknown[],
): Promise<void> {
  const { simulator, workspace } = context;
  const { faults } = simulator;
  let onRequest = () => {};
  const schedule = scheduleOf(trouble, simulator.mediaUrl, (happening) =>
    past.edit(() => happen(workspace, happening)),
  );
  faults.schedule = (request) => {
    onRequest();
    return schedule(request);
  };
  faults.searchLag = trouble.lag;
  const ids = [...modelOf(workspace).keys()].map((key) => key.slice(key.indexOf(' ') + 1));
  for (const number of trouble.forbidden) faults.forbidden.add(ids[number % ids.length] as string);
  const hasMeanwhile = trouble.meanwhile.length > 0;
  try {
    if (kill !== undefined) {
      const runs = await killedBuild(context, kill, (listener) => {
        onRequest = listener;
      });
      said.push(runs);
      return;
    }
    const before = faults.given.length;
    const { report, errors, warnings } = await context.build();
    said.push(report, errors, warnings);
    const wasLiedTo = faults.given.slice(before).some(isLie);
    if (errors.length === 0 && trouble.lag === 0 && !hasMeanwhile && !wasLiedTo)
      assert.deepEqual(modelIn(context.documents()), modelOf(workspace), 'it failed and did not say so');
  } finally {
    faults.clear();
  }
}

function isLie({ kind }: Pick<Fault, 'kind'>): boolean {
  return kind === 'lost-page' || kind === 'cut-listing';
}

function scheduleOf(
  { seed, rate, lasting, faults: names, meanwhile }: Trouble,
  elsewhere: string,
  edit: (happening: Trouble['meanwhile'][number][1]) => void,
): Schedule {
  const named = faultsNamed(elsewhere);
  const byChance = randomFaults({ seed, rate, lasting, faults: names.map((name) => named[name]) });
  let requests = 0;
  let lies = 0;
  return (request) => {
    requests += 1;
    const due = meanwhile.filter(([at]) => at === requests);
    if (due.length === 0) {
      const fault = byChance(request);
      // Told twice, a lie is the truth as far as anyone can tell.
      return fault && isLie(fault) && ++lies > 1 ? undefined : fault;
    }
    return { kind: 'edit', edit: () => due.forEach(([, happening]) => void edit(happening)) };
  };
}

/** One build without faults ends at the model and at what a build from nothing makes; the next finds nothing to do. */
async function assertConverged(context: TestContext, said: unknown[]): Promise<void> {
  const { workspace } = context;
  const { report, errors } = await context.buildConfirming();
  said.push(report, errors);
  assert.deepEqual(errors, []);
  assertWhole(context);
  assert.deepEqual(modelIn(context.documents()), modelOf(workspace));
  assert.deepEqual(sorted(documentsOf(context.documents())), sorted(await context.fresh()));

  const since = context.requestCount();
  const again = await context.build();
  assert.equal(again.report.commit, null, 'a second run made a commit');
  assert.deepEqual(context.bodyRequestsSince(since), [], 'a second run asked for bodies');
}

function documentsOf(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([path]) => path !== 'NOTES.md'));
}

/** What could be seen of the workspace at each of its revisions. */
class Past {
  readonly #workspace: Workspace;
  readonly #seen: { readonly revision: number; readonly model: Model }[];

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#seen = [{ revision: workspace.revision, model: modelOf(workspace) }];
  }

  edit(change: () => void): void {
    change();
    this.#seen.push({ revision: this.#workspace.revision, model: modelOf(this.#workspace) });
  }

  /** What a build removed was not to be seen at some time since that revision. */
  assertGone(before: Model, after: Model, since: number): void {
    // The state at that revision is the last one that was noted up to it.
    const start = this.#seen.findLastIndex(({ revision }) => revision <= since);
    const states = this.#seen.slice(Math.max(0, start));
    for (const id of before.keys())
      if (!after.has(id) && states.every(({ model }) => model.has(id)))
        assert.fail(`${id} was removed, and was there all the time`);
  }
}
