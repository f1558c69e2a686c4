import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { processTimes } from '../processes.ts';
import { builtProgram } from '../program.ts';
import { atMost, type Bench, compared, measured } from '../row.ts';
import { commitDocuments } from './cold-repository.ts';
import { LanceTexts } from './lancedb.ts';
import { LIMIT } from './own.ts';
import { inFolder, NOT_INSTALLED } from './places.ts';
import { SyntheticTexts } from './texts.ts';

const DIMENSIONS = 384;

/** What the peer's program does; it keeps its compiled code between runs, as ours does. */
const PEER = `
  require('node:module').enableCompileCache();
  const [module, folder, question, limit] = process.argv.slice(1);
  const { connect, rerankers } = require(module);
  const { text, vector } = JSON.parse(require('node:fs').readFileSync(question, 'utf8'));
  (async () => {
    const table = await (await connect(folder)).openTable('passages');
    const reranker = await rerankers.RRFReranker.create();
    const near = table.query().nearestTo(Float32Array.from(vector)).distanceType('cosine');
    const found = await near.fullTextSearch(text).rerank(reranker).limit(Number(limit)).toArray();
    for (const { path, text } of found) console.log(path, text);
  })();
`;

/** Whole processes, from nothing to the answer on their output: ours as people run it, in a repository with its index. */
export const searchCold: Bench = async ({ quick }) => {
  const chunks = quick ? 1_000 : 20_000;
  if (!LanceTexts.isInstalled()) return NOT_INSTALLED;
  const program = builtProgram();
  return inFolder(async (folder) => {
    const texts = new SyntheticTexts(DIMENSIONS);
    const [repo, lance, asked] = ['repo', 'lance', 'question.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    commitDocuments(repo, texts.passages(chunks));
    await LanceTexts.create(lance, [...texts.passages(chunks)]);
    const { text, vector } = texts.question(0);
    writeFileSync(asked, JSON.stringify({ text, vector: [...vector] }));

    const env = { PATH: process.env.PATH, HOME: join(folder, 'home') };
    const run = (...args: string[]) =>
      execFileSync(process.execPath, args, { cwd: repo, env, encoding: 'utf8' });
    run(program, 'index');
    const module = createRequire(import.meta.url).resolve('@lancedb/lancedb');
    const at = { cwd: repo, env };
    const [own, theirs, bare] = processTimes({
      rounds: quick ? 1 : 15,
      warmUp: 2,
      starts: [
        { ...at, args: [program, 'search', text], lines: LIMIT },
        { ...at, args: ['-e', PEER, module, lance, asked, String(LIMIT)], lines: LIMIT },
        { ...at, args: ['-e', '0'] },
      ],
    });
    const row = measured('ctx search, cold', 'ms', own);
    return [compared(row, 'node -e 0', bare, atMost(5)), compared(row, 'LanceDB', theirs, atMost(0.6))];
  });
};
