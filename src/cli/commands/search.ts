import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { answerSearch, searchFilter } from '../../answers/search.ts';
import { ctxError } from '../../core/errors/index.ts';
import { oneLine } from '../../core/one-line.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { SearchIndex } from '../../search/index/search-index.ts';
import type { Hit, SearchMode } from '../../search/query/search.ts';
import { ageDays } from '../../search/query/shown.ts';
import type { CommandContext } from '../command-context.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { type IndexOptions, openIndex } from '../search-index.ts';

export interface SearchCommandOptions extends ReadingOptions, IndexOptions {
  readonly source?: readonly string[];
  readonly type?: readonly string[];
  readonly since?: string;
  readonly mode: SearchMode;
  readonly limit: number;
  /** Of the answer before, to go on from there. */
  readonly cursor?: string;
  /** A file of judged queries to measure by, in place of a query. */
  readonly eval?: string;
}

/** `ctx search`: the documents that answer a query, best first. Nothing found is an answer, too. */
export async function searchCommand(
  words: readonly string[],
  options: SearchCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, signal } = context;
  const now = context.now();
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const { index: made, notes } = await openIndex(repo, options, context);
  await using index = made;
  if (options.eval !== undefined) return evaluateIndex(index, options.eval, options, context);
  if (words.length === 0) throw ctxError('search.no-query', undefined);
  const request = { ...options, query: words.join(' ') };
  const { hits, json } = await answerSearch(index, request, { now, signal });
  const all = [...notes, ...json.notes];
  output.endProgress();
  if (options.json) output.json({ repository: repo.path, ...json, notes: all });
  else {
    for (const hit of hits) output.printParts(parts(hit, now));
    for (const note of all) output.warn(note);
    if (hits.length === 0) output.info('Nothing was found.');
  }
  return 0;
}

/** Measures how well judged queries are answered. */
async function evaluateIndex(
  index: SearchIndex,
  file: string,
  options: SearchCommandOptions,
  { output, cwd, env, signal, now }: CommandContext,
): Promise<number> {
  const [{ evaluate, EVALUATED }, { readJudgements }] = await Promise.all([
    import('../../search/evaluate.ts'),
    import('../../search/judgements.ts'),
  ]);
  const judgements = readJudgements(readGiven(resolve(cwd, expandHome(file, homeOf(env)))), file);
  const { mode } = options;
  const filter = searchFilter(options, now());
  const figures = await evaluate(judgements, async (query) => {
    const { hits } = await index.search(query, { mode, filter, limit: EVALUATED, now: now(), signal });
    return hits.map(({ document: { path, keys } }) => [path, ...keys]);
  });
  output.endProgress();
  if (options.json) output.json({ mode, ...figures });
  else {
    const { queries, ndcg10, recall10, recall100, worst } = figures;
    const shown = (figure: number) => figure.toFixed(3);
    output.print(
      `${queries} queries, ${mode}: nDCG@10 ${shown(ndcg10)}, recall@10 ${shown(recall10)}, recall@100 ${shown(recall100)}`,
    );
    for (const { query, ndcg10: own } of worst) output.print(`  ${shown(own)}  ${oneLine(query)}`);
  }
  return 0;
}

function readGiven(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? ctxError('files.not-found', { path }, error)
      : ctxError('files.unreadable', { path, reason: code ?? 'unknown' }, error);
  }
}

type Parts = (string | { readonly bold: string })[];

function parts({ document, chunk, snippet, score, match }: Hit, now: number): Parts {
  const { title, path, url, ancestors, source, type, updated } = document;
  const age = ageDays(document, now);
  const place = [...ancestors, ...chunk.headings].map(oneLine).join(' › ');
  const what = [
    `${Math.round(score * 100)} %`,
    match === 'words' ? [] : `${match} by its key`,
    `${source} ${type}`,
    updated === undefined ? [] : `${updated.slice(0, 10)}${age === null ? '' : ` (${inDays(age)})`}`,
  ].flat();
  const line = (...text: Parts): Parts => ['\n  ', ...text];
  return [
    { bold: oneLine(title) },
    ...(place === '' ? [] : line(place)),
    ...line(what.join(' · ')),
    ...(snippet.text === '' ? [] : line(...marked(snippet))),
    ...line(`${oneLine(path)}:${chunk.lines[0]}`),
    ...(url === undefined ? [] : line(oneLine(url))),
    '\n',
  ];
}

/** The snippet with the words of the query in bold. */
function marked({ text, matches }: Hit['snippet']): Parts {
  let end = 0;
  const found = matches.flatMap(([from, to]): Parts => {
    const before = text.slice(end, from);
    end = to;
    return [before, { bold: text.slice(from, to) }];
  });
  return [...found, text.slice(end)];
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  if (days < 60) return days === 1 ? 'yesterday' : `${days} days ago`;
  return days < 730 ? `${Math.round(days / 30.4)} months ago` : `${Math.round(days / 365)} years ago`;
}
