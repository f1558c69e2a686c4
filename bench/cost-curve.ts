import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Build, BuildPlace, CONFLUENCE, JIRA } from './build-place.ts';
import { expectSound, git } from './commit.ts';
import { atMost, type Bench, compared, measured, type Row, type Samples } from './row.ts';
import { type SentRequest, type Site, startSite } from './site.ts';

/** 4,000 documents: a point of the curve that has a bar of its own, and takes a minute alone. */
export const buildMemory: Bench = ({ quick }) =>
  quick ? costs(100, { rounds: 1 }) : costs(4000, { rounds: 3, megabytes: 300 });

/** How costs grow with the number of documents; with the most, the time that any run takes to start counts for little. */
export const costCurve: Bench = async ({ quick }) => {
  const [few, more, most] = quick ? ([200, 400, 800] as const) : ([1000, 10_000, 50_000] as const);
  const rounds = quick ? 1 : 3;
  return [
    ...(await costs(few, { rounds })),
    ...(await costs(more, { rounds })),
    ...(await costs(most, { rounds, megabytes: 400, ratio: 1.5 })),
  ];
};

interface Options {
  /** How often a run that has nothing to do is measured. */
  readonly rounds: number;
  /** The bar of memory. */
  readonly megabytes?: number;
  /** The bar of a run without changes, beside what its requests alone take. */
  readonly ratio?: number;
}

/** What a first build of so many documents costs, runs without changes after it, and one in which 1 % of them changed. */
async function costs(documents: number, { rounds, megabytes, ratio }: Options): Promise<readonly Row[]> {
  const half = documents / 2;
  await using site = await startSite({ pages: half, tickets: half });
  using place = new BuildPlace(site, [CONFLUENCE, JIRA]);
  const first = await place.build();
  const disk = bytesOf(place.repository);
  const quiet = await quietRuns(site, place, rounds);
  const changes = documents / 100;
  await site.change(changes);
  const changed = await place.build();
  expectTwoCommits(place.repository, changes);

  const requests = quiet.flatMap((run) => run.requests);
  const bodyRequests = requests.filter(({ isBody }) => isBody);
  const row = (run: string, figure: string, unit: string, samples: Samples, limit?: number) => {
    const name = `${run} of ${documents.toLocaleString('en')} documents, ${figure}`;
    return measured(name, unit, samples, limit === undefined ? undefined : atMost(limit));
  };
  const FIRST = 'first build';
  const QUIET = 'build without changes';
  const CHANGED = 'build with 1 % changed';
  const seconds = quiet.map((run) => run.seconds);
  const peak = Math.max(...quiet.map((run) => run.peakMegabytes));
  return [
    row(FIRST, 'time', 's', first.seconds),
    row(FIRST, 'requests', 'requests', first.requests.length),
    row(FIRST, 'peak memory', 'MB', first.peakMegabytes, megabytes),
    row(FIRST, 'work tree', 'MB', disk.workTree),
    row(FIRST, 'history', 'MB', disk.history),
    row(FIRST, 'index and state', 'MB', disk.state),
    compared(
      row(QUIET, 'time', 's', seconds),
      'its requests alone + git status',
      quiet.map(({ bareSeconds }) => bareSeconds),
      ratio === undefined ? undefined : atMost(ratio),
    ),
    row(QUIET, 'requests', 'requests', requests.length / rounds, 20 + documents / 100),
    row(QUIET, 'body requests', 'requests', bodyRequests.length, 0),
    row(QUIET, 'peak memory', 'MB', peak, megabytes),
    row(CHANGED, 'time', 's', changed.seconds),
    row(CHANGED, 'requests', 'requests', changed.requests.length),
    row(CHANGED, 'peak memory', 'MB', changed.peakMegabytes),
  ];
}

/** Runs that find nothing to do, and what each one's requests take when nothing is done with the answers. */
async function quietRuns(site: Site, place: BuildPlace, rounds: number) {
  const runs: (Build & { readonly bareSeconds: number })[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = await place.build();
    const start = performance.now();
    await sendAll(run.requests, site);
    execFileSync('git', ['status', '--porcelain'], { cwd: place.repository });
    runs.push({ ...run, bareSeconds: (performance.now() - start) / 1000 });
    // They were sent once more, and are no requests of the next run.
    await site.requests();
  }
  return runs;
}

/** The requests of each path in their order, those of different paths side by side: as a listing must be read. */
async function sendAll(requests: readonly SentRequest[], site: Site): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${site.username}:${site.token}`).toString('base64')}`;
  const listings = Map.groupBy(requests, ({ target }) => target.replace(/\?.*/, ''));
  await Promise.all(
    listings.values().map(async (listing) => {
      for (const { method, target, body } of listing) {
        const headers = { authorization, 'content-type': 'application/json' };
        const sent = body == null ? {} : { body: JSON.stringify(body) };
        const answer = await fetch(new URL(target, site.url), { method, headers, ...sent });
        if (!answer.ok) throw new Error(`${method} ${target} answered ${answer.status}`);
        await answer.json();
      }
    }),
  );
}

/** Throws unless there is the first commit and one of exactly the changed documents; generated files may go with them. */
function expectTwoCommits(repository: string, changes: number): void {
  expectSound(repository);
  const commits = git(repository, 'rev-list', '--count', 'HEAD');
  if (commits !== '2') throw new Error(`${commits} commits of two runs that had something to do`);
  const paths = git(repository, 'diff', '--name-only', 'HEAD~1', 'HEAD', '--', 'confluence', 'jira');
  const changed = paths.split('\n').filter((path) => !path.endsWith('INDEX.md'));
  if (changed.length !== changes)
    throw new Error(`${changed.length} documents changed in place of ${changes}`);
}

/** In MB of a million bytes, as files have them. */
function bytesOf(repository: string) {
  const all = megabytesIn(repository);
  const dotGit = megabytesIn(join(repository, '.git'));
  const state = megabytesIn(join(repository, '.git/ctx'));
  return { workTree: all - dotGit, history: dotGit - state, state };
}

function megabytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return (
    files.reduce((sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size, 0) / 1_000_000
  );
}
