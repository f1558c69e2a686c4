import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { searchIndexOf } from '../../src/core/paths.ts';
import { evaluate } from '../../src/search/evaluate.ts';
import { readJudgements } from '../../src/search/judgements.ts';
import { openSqliteStore } from '../../src/search/store/sqlite/open.ts';
import type { FoundChunk } from '../../src/search/store/store.ts';
import { atLeast, compared, type Row } from '../row.ts';
import { LanceWords } from './lancedb.ts';
import { figure, measure } from './relevance-figures.ts';

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const JUDGEMENTS = fileURLToPath(new URL('demo-judgements.yaml', import.meta.url));

/** The same of the workspace of `ctx demo`, as it is indexed at its end: documents of all kinds, code, and what people ask there. */
export async function demoRows(folder: string): Promise<Row[]> {
  const repo = join(folder, 'demo');
  const env = { PATH: process.env.PATH, HOME: join(folder, 'home') };
  execFileSync(process.execPath, [PROGRAM, 'demo', '--dir', repo], { cwd: folder, env, stdio: 'pipe' });
  const judgements = readJudgements(readFileSync(JUDGEMENTS, 'utf8'), JUDGEMENTS);
  await using store = await openSqliteStore({ path: searchIndexOf(join(repo, '.git')) });
  const chunks = await Array.fromAsync(store.chunks());
  const lance = await LanceWords.create(join(folder, 'lance', 'demo'), chunks.map(asText));
  const { ndcg10: theirs } = await evaluate(judgements, async (query) => {
    // A document is where its best chunk is.
    const paths = new Set(await lance.search(query, 200));
    return [...paths].map((path) => [path]);
  });
  const { ndcg10: lexical } = await measure(store, judgements, 'lexical');
  const { ndcg10: hybrid } = await measure(store, judgements, 'hybrid');
  return [
    compared(figure('by words, the demo', lexical), "LanceDB's FTS", theirs, atLeast(0.97)),
    compared(figure('hybrid, the demo', hybrid), 'by words', lexical, atLeast(0.98)),
  ];
}

function asText({ document: { path, title, ancestors }, headings, text }: FoundChunk) {
  return { path, title, text: [...ancestors, ...headings, text].join('\n') };
}
