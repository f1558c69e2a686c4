import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BuildPlace, CONFLUENCE } from './build-place.ts';
import { expectSound, git } from './commit.ts';
import { atMost, type Bar, type Bench, compared, measured, type Row } from './row.ts';
import { NOT_INSTALLED } from './search/places.ts';
import { type SentRequest, type Site, startSite } from './site.ts';
import { type WholeRun, wholeRun } from './whole-run.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PYTHON = here('.venv/bin/python');
const LATENCY_MS = 25;
/** The one that is left when there is one. */
const SPACE = 'ENG';

interface Sample extends Pick<WholeRun, 'seconds' | 'processorSeconds' | 'peakMegabytes'> {
  readonly requests: number;
}

const NAMES: Readonly<Record<keyof Sample, string>> = {
  seconds: 'time',
  processorSeconds: 'processor time',
  requests: 'requests',
  peakMegabytes: 'peak memory',
};

/** The builds that are measured, with their arguments. The one without changes goes on where the first one, with an index, was. */
const BUILDS = {
  'first build without an index': ['--no-index'],
  'first build': [],
  'build without changes': [],
} as const;

type Build = keyof typeof BUILDS;

interface Peer {
  readonly name: string;
  readonly rounds: number;
  readonly builds: readonly Build[];
  /** Loads the space with a process of its own. Answers how many pages it has. */
  readonly load: (site: Site) => Promise<Sample & { readonly pages: number }>;
  readonly rows: (row: (build: Build, figure: keyof Sample, unit: string, bar?: Bar) => Row) => Row[];
}

/** Those who load with Python, which asks for the restrictions of each page. */
export const besidePython: Bench = async ({ quick }) =>
  existsSync(PYTHON)
    ? besideLoader(quick, {
        name: 'LangChain ConfluenceLoader (Python)',
        rounds: 1,
        builds: ['first build without an index', 'first build', 'build without changes'],
        load: loadWithPython,
        rows: (row) => [
          row('first build without an index', 'seconds', 's', atMost(0.1)),
          row('first build', 'seconds', 's'),
          row('first build', 'processorSeconds', 's'),
          row('first build', 'requests', 'requests'),
          row('first build', 'peakMegabytes', 'MB'),
          row('build without changes', 'seconds', 's'),
        ],
      })
    : 'the loader is not installed: bench/requirements.txt says how';

/** Those who load with JavaScript, which asks for neither restrictions nor anything else but the pages. */
export const besideJavaScript: Bench = async ({ quick }) =>
  existsSync(here('node_modules/@langchain/community'))
    ? besideLoader(quick, {
        name: 'LangChain ConfluencePagesLoader',
        rounds: 3,
        builds: ['first build', 'build without changes'],
        load: loadWithJavaScript,
        rows: (row) => [
          row('first build', 'seconds', 's'),
          row('build without changes', 'seconds', 's'),
          row('build without changes', 'requests', 'requests'),
        ],
      })
    : NOT_INSTALLED;

/**
 * First builds of a Confluence space whose every answer is on its way for 25 ms, and a later one that finds nothing to do, beside
 * a loader, which knows nothing of former runs; whole processes taking turns. The loader makes plain text of the pages, in
 * memory; the build renders, guards, writes, commits and indexes them.
 */
async function besideLoader(quick: boolean, peer: Peer): Promise<Row[]> {
  const pages = quick ? 200 : 2000;
  await using site = await startSite({ pages, tickets: 0, spaces: 1, latencyMs: LATENCY_MS });
  const builds = new Map<Build, Sample[]>();
  const theirs: Sample[] = [];
  // Kept to the end: where many files were removed, ext4 takes tens of times as long to make one.
  using places = new DisposableStack();
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    const bare = places.use(new BuildPlace(site, [CONFLUENCE]));
    const indexed = places.use(new BuildPlace(site, [CONFLUENCE]));
    for (const build of peer.builds) {
      const args = BUILDS[build];
      const place = args.length > 0 ? bare : indexed;
      const samples = builds.get(build) ?? [];
      builds.set(build, [...samples, sampleOf(await place.build(args))]);
      expectPages(place, pages);
    }
    if (round >= peer.rounds) continue;
    const loaded = await peer.load(site);
    expectAll(pages, loaded.pages);
    theirs.push(loaded);
  }
  return peer.rows((build, figure, unit, bar) => {
    const name = `${build} of ${pages.toLocaleString('en')} pages, ${LATENCY_MS} ms an answer, ${NAMES[figure]}`;
    const of = (samples: readonly Sample[]) => samples.map((sample) => sample[figure]);
    return compared(measured(name, unit, of(builds.get(build) ?? [])), peer.name, of(theirs), bar);
  });
}

function sampleOf(run: WholeRun & { readonly requests: readonly SentRequest[] }): Sample {
  return { ...run, requests: run.requests.length };
}

function expectPages({ repository }: BuildPlace, pages: number): void {
  expectSound(repository);
  const documents = git(repository, 'ls-files', `confluence/${SPACE}/*.md`).split('\n');
  expectAll(pages, documents.filter((path) => !path.endsWith('INDEX.md')).length);
}

const argumentsFor = ({ url, username, token }: Site): string[] => [url, username, token, SPACE];

async function loadWithJavaScript(site: Site): ReturnType<Peer['load']> {
  const run = await wholeRun([here('langchain-loader.ts'), ...argumentsFor(site)], { cwd: here('.') });
  return { ...sampleOf({ ...run, requests: await site.requests() }), pages: Number(run.printed) };
}

async function loadWithPython(site: Site): ReturnType<Peer['load']> {
  const start = performance.now();
  const { stdout } = await promisify(execFile)(PYTHON, [here('langchain-loader.py'), ...argumentsFor(site)]);
  const seconds = (performance.now() - start) / 1000;
  const [pages = 0, processorSeconds = 0, kilobytes = 0] = stdout.split(' ').map(Number);
  const peakMegabytes = (kilobytes * 1024) / 1_000_000;
  return { pages, seconds, processorSeconds, peakMegabytes, requests: (await site.requests()).length };
}

function expectAll(pages: number, made: number): void {
  if (made !== pages) throw new Error(`${made} documents of ${pages} pages`);
}
