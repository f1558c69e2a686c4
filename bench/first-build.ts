import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BuildPlace, CONFLUENCE } from './build-place.ts';
import { expectSound, git } from './commit.ts';
import { atMost, type Bar, type Bench, compared, measured } from './row.ts';
import { NOT_INSTALLED } from './search/places.ts';
import { type SentRequest, type Site, startSite } from './site.ts';
import { type WholeRun, wholeRun } from './whole-run.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PEER = 'LangChain ConfluencePagesLoader';
const LATENCY_MS = 25;
/** The one that is left when there is one. */
const SPACE = 'ENG';

/**
 * A first build of a Confluence space whose every answer is on its way for 25 ms, and a later one that finds nothing to do, beside
 * LangChain's loader, which knows nothing of former runs; whole processes taking turns. The loader makes plain text of the pages, in
 * memory; the build renders, guards, writes, commits and indexes them.
 */
export const firstBuild: Bench = async ({ quick }) => {
  if (!existsSync(here('node_modules/@langchain/community'))) return NOT_INSTALLED;
  const pages = quick ? 200 : 2000;
  const rounds = quick ? 1 : 3;
  await using site = await startSite({ pages, tickets: 0, spaces: 1, latencyMs: LATENCY_MS });
  const first: Sample[] = [];
  const later: Sample[] = [];
  const theirs: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    using place = new BuildPlace(site, [CONFLUENCE]);
    first.push(sampleOf(await place.build()));
    expectPages(place, pages);
    theirs.push(await load(site, pages));
    later.push(sampleOf(await place.build()));
  }
  const row = (run: string, samples: readonly Sample[], figure: keyof Sample, unit: string, bar?: Bar) => {
    const name = `${run} of ${pages.toLocaleString('en')} pages, ${LATENCY_MS} ms an answer, ${NAMES[figure]}`;
    const of = (each: readonly Sample[]) => each.map((sample) => sample[figure]);
    return compared(measured(name, unit, of(samples)), PEER, of(theirs), bar);
  };
  const [FIRST, LATER] = ['first build', 'build without changes'];
  return [
    row(FIRST, first, 'seconds', 's', atMost(0.1)),
    row(FIRST, first, 'processorSeconds', 's'),
    row(FIRST, first, 'requests', 'requests'),
    row(FIRST, first, 'peakMegabytes', 'MB'),
    row(LATER, later, 'seconds', 's'),
    row(LATER, later, 'requests', 'requests'),
  ];
};

interface Sample extends Pick<WholeRun, 'seconds' | 'processorSeconds' | 'peakMegabytes'> {
  readonly requests: number;
}

const NAMES: Readonly<Record<keyof Sample, string>> = {
  seconds: 'time',
  processorSeconds: 'processor time',
  requests: 'requests',
  peakMegabytes: 'peak memory',
};

function sampleOf(run: WholeRun & { readonly requests: readonly SentRequest[] }): Sample {
  return { ...run, requests: run.requests.length };
}

function expectPages({ repository }: BuildPlace, pages: number): void {
  expectSound(repository);
  const documents = git(repository, 'ls-files', `confluence/${SPACE}/*.md`).split('\n');
  expectAll(pages, documents.filter((path) => !path.endsWith('INDEX.md')).length);
}

async function load(site: Site, pages: number): Promise<Sample> {
  const args = [here('langchain-loader.ts'), site.url, site.username, site.token, SPACE];
  const run = await wholeRun(args, { cwd: here('.') });
  expectAll(pages, Number(run.printed));
  return sampleOf({ ...run, requests: await site.requests() });
}

function expectAll(pages: number, made: number): void {
  if (made !== pages) throw new Error(`${made} documents of ${pages} pages`);
}
