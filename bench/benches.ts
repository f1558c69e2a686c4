import type { Bench } from './row.ts';

/** A bench by its name on the command line. */
export interface Listed {
  readonly title: string;
  /** What is compared with what, and how: for the page of its figures. */
  readonly about: string;
  /** Loaded when it runs, so that none disturbs another. */
  readonly load: () => Promise<Bench>;
}

/**
 * All benches, in the order in which they run. First builds come first: for minutes after many files were removed, ext4 without a
 * journal takes ten times as long to make one.
 */
export const BENCHES: Readonly<Record<string, Listed>> = {
  'first-build': {
    title: 'Builds beside a loader',
    about:
      'A Confluence space from its simulator, every answer 25 ms on its way, by whole processes: ours renders the pages, looks for secrets, writes and commits them and, but for the first row, indexes them for search. LangChain’s `ConfluenceLoader` keeps plain text of them in memory, asks for the restrictions of each page, and begins anew each time. It comes with Python: `bench/requirements.txt`.',
    load: async () => (await import('./first-build.ts')).besidePython,
  },
  'first-build-javascript': {
    title: 'Builds beside a loader that asks for less',
    about:
      'The same beside LangChain’s `ConfluencePagesLoader` (of `@langchain/community`), which asks for pages, 25 at a time, and for nothing else: what is restricted for some readers, it takes for everyone’s.',
    load: async () => (await import('./first-build.ts')).besideJavaScript,
  },
  render: {
    title: 'Rendering',
    about:
      'Real pages to markdown, by the size of the input: storage format and ADF as they come from the API, and the HTML that Confluence makes of the same pages, which is all that plain turndown can read.',
    load: async () => (await import('./render.ts')).render,
  },
  fidelity: {
    title: 'Fidelity',
    about:
      'The share of the words, tables, lists, links and panels of real pages that is found again in our markdown of their storage format, and in that of public converters.',
    load: async () => (await import('./fidelity.ts')).fidelity,
  },
  commit: {
    title: 'Commits',
    about:
      'A first commit of many documents and the next one of 100 changed ones, files of the work tree included, beside writing the same files and `git add -A` and `git commit` by simple-git. The engine for machines without git makes the same commits.',
    load: async () => (await import('./commit.ts')).commit,
  },
  replay: {
    title: 'Histories',
    about:
      'Revisions by many authors into a new repository, work tree and index included, beside `git fast-import` reading the same commits from a file, which writes none of the files.',
    load: async () => (await import('./replay.ts')).replay,
  },
  'start-up': {
    title: 'Start',
    about: 'Whole processes, beside one of Node.js that does nothing.',
    load: async () => (await import('./start-up.ts')).startUp,
  },
  'build-memory': {
    title: 'Builds of 4,000 documents',
    about:
      'Half pages, half tickets of a simulated site: the first build, later ones that find nothing to do, beside sending the same requests and `git status`, and one in which 1 % of the documents changed. Disk is what files hold after the first build.',
    load: async () => (await import('./cost-curve.ts')).buildMemory,
  },
  'cost-curve': {
    title: 'Builds of 1,000, 10,000 and 50,000 documents',
    about:
      'The same, to see how costs grow; with the most documents, the time that any run takes to start counts for little.',
    load: async () => (await import('./cost-curve.ts')).costCurve,
  },
  'search-speed': {
    title: 'Search',
    about:
      'Whole searches, from the question to ten documents and their snippets, beside a peer that answers with the texts alone. Both have the same chunks and the same vectors.',
    load: async () => (await import('./search/speed.ts')).searchSpeed,
  },
  'search-cold': {
    title: 'Search, from nothing',
    about: 'Whole processes, from their start to the answer on their output, over 20,000 chunks.',
    load: async () => (await import('./search/cold.ts')).searchCold,
  },
  'search-build': {
    title: 'Building an index',
    about:
      'Chunks and their vectors, which are given, into an empty index; LanceDB makes its table and its index of words.',
    load: async () => (await import('./search/build.ts')).searchBuild,
  },
  'search-churn': {
    title: 'Search after many updates',
    about: 'What many small updates do to a search.',
    load: async () => (await import('./search/churn.ts')).searchChurn,
  },
  relevance: {
    title: 'Relevance',
    about:
      'How well judged questions are answered, by nDCG@10: four public collections, each by words alone in an index of its own, then all as sources of one index; and the workspace of `ctx demo` with questions judged before anything was tuned.',
    load: async () => (await import('./search/relevance.ts')).relevance,
  },
};
