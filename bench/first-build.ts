import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BuildPlace, CONFLUENCE } from './build-place.ts';
import { expectSound, git } from './commit.ts';
import { atMost, type Bench, compared, measured } from './row.ts';
import { NOT_INSTALLED } from './search/places.ts';
import { type Site, startSite } from './site.ts';
import { type WholeRun, wholeRun } from './whole-run.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PEER = 'LangChain ConfluencePagesLoader';
const LATENCY_MS = 25;
/** The one that is left when there is one. */
const SPACE = 'ENG';

/**
 * A first build of a Confluence space whose every answer is on its way for 25 ms, beside LangChain's loader, whole processes
 * taking turns. The loader makes plain text of the pages, in memory; the build renders, guards, writes, commits and indexes them.
 */
export const firstBuild: Bench = async ({ quick }) => {
  if (!existsSync(here('node_modules/@langchain/community'))) return NOT_INSTALLED;
  const pages = quick ? 200 : 2000;
  const rounds = quick ? 1 : 3;
  await using site = await startSite({ pages, tickets: 0, spaces: 1, latencyMs: LATENCY_MS });
  const own: Sample[] = [];
  const theirs: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(await build(site, pages));
    theirs.push(await load(site, pages));
  }
  const name = (what: string) =>
    `first build of ${pages.toLocaleString('en')} pages, ${LATENCY_MS} ms an answer, ${what}`;
  const row = (what: string, unit: string, of: (sample: Sample) => number) =>
    [measured(name(what), unit, own.map(of)), PEER, theirs.map(of)] as const;
  return [
    compared(...row('time', 's', ({ seconds }) => seconds), atMost(0.1)),
    compared(...row('processor time', 's', ({ processorSeconds }) => processorSeconds)),
    compared(...row('requests', 'requests', ({ requests }) => requests)),
    compared(...row('peak memory', 'MB', ({ peakMegabytes }) => peakMegabytes)),
  ];
};

interface Sample extends WholeRun {
  readonly requests: number;
}

async function build(site: Site, pages: number): Promise<Sample> {
  using place = new BuildPlace(site, [CONFLUENCE]);
  const run = await place.build();
  expectSound(place.repository);
  const documents = git(place.repository, 'ls-files', `confluence/${SPACE}/*.md`).split('\n');
  expectAll(pages, documents.filter((path) => !path.endsWith('INDEX.md')).length);
  return { ...run, requests: run.requests.length };
}

async function load(site: Site, pages: number): Promise<Sample> {
  const args = [here('langchain-loader.ts'), site.url, site.username, site.token, SPACE];
  const run = await wholeRun(args, { cwd: here('.') });
  expectAll(pages, Number(run.printed));
  return { ...run, requests: (await site.requests()).length };
}

function expectAll(pages: number, made: number): void {
  if (made !== pages) throw new Error(`${made} documents of ${pages} pages`);
}
