import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { ctxError } from '../core/errors/index.ts';

const grade = z
  .union([z.literal(1), z.literal(2), z.literal(3)], 'must be 1, 2 or 3')
  .describe(
    '3: what was looked for. 2: a good part of it. 1: about it. Documents that are not named are not relevant.',
  );

const judgement = z.strictObject({
  query: z.string('must be text').trim().min(1, 'must not be empty').describe('As somebody would ask it.'),
  relevant: z
    .record(z.string(), grade, 'must map documents to grades')
    .refine((documents) => Object.keys(documents).length > 0, 'must name at least one document')
    .describe(
      "By their paths, as search prints them: a document's in the repository, of code `<collection>:<path>`, such as `shop:src/main.ts`.",
    )
    .transform((documents) => new Map(Object.entries(documents))),
});

/** What `ctx search --eval FILE` reads: queries, each with the documents that answer it. */
export const judgementsSchema = z.array(judgement, 'must be a list of queries').min(1, 'must have a query');

export type Judgement = z.output<typeof judgement>;

/** Reads judged queries from YAML. Fails with `search.bad-judgements`, which names each place in `file`. */
export function readJudgements(text: string, file = 'judgements'): Judgement[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number, problem: string) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}: ${problem}`;
  };
  const [broken] = document.errors;
  if (broken)
    throw ctxError('search.bad-judgements', { problems: [at(broken.pos[0], broken.message)] }, broken);

  const placeOf = (path: readonly PropertyKey[]): number => {
    const node = document.getIn(path, true) as Node | undefined;
    return node?.range?.[0] ?? (path.length === 0 ? 0 : placeOf(path.slice(0, -1)));
  };
  const { data, error } = judgementsSchema.safeParse(plain(document, at));
  const problems = (error?.issues ?? []).map(({ path, message }) =>
    at(
      placeOf(path),
      [path.filter((step) => typeof step === 'string').join(': '), message].filter(Boolean).join(' '),
    ),
  );
  const queries = data?.map(({ query }) => query) ?? [];
  for (const [index, query] of queries.entries())
    if (queries.indexOf(query) < index) problems.push(at(placeOf([index, 'query']), 'query is there twice'));
  if (data === undefined || problems.length > 0) throw ctxError('search.bad-judgements', { problems });
  return data;
}

/** Aliases are resolved only here, so that their errors come from here. */
function plain(document: Document, at: (offset: number, problem: string) => string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw ctxError('search.bad-judgements', { problems: [at(0, error.message)] }, error);
  }
}
