import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isCtxError } from '../../src/core/errors/index.ts';
import { readJudgements } from '../../src/search/judgements.ts';

function problemsOf(text: string): unknown {
  try {
    readJudgements(text, 'q.yaml');
  } catch (error) {
    if (isCtxError(error) && error.is('search.bad-judgements')) return error.params.problems;
    throw error;
  }
  return [];
}

test('queries have documents with grades', () => {
  const text = `
# Comments are free.
- query: " 障害対応 "
  relevant: { confluence/ENG/a.md: 3, "checkout:src/main.ts": 1 }
- query: 4731
  relevant:
    jira/A/SHOP-2-b.md: 2
`.replace('query: 4731', "query: '4731'");
  expect(readJudgements(text)).toEqual([
    {
      query: '障害対応',
      relevant: new Map([
        ['confluence/ENG/a.md', 3],
        ['checkout:src/main.ts', 1],
      ]),
    },
    { query: '4731', relevant: new Map([['jira/A/SHOP-2-b.md', 2]]) },
  ]);
});

test.each([
  ['', ['q.yaml:1:1: must be a list of queries']],
  ['[]', ['q.yaml:1:1: must have a query']],
  ['- query: a\n  relevant: {}\n', ['q.yaml:2:13: relevant must name at least one document']],
  ['- query: a\n', ['q.yaml:1:3: relevant must map documents to grades']],
  ['- query: 12\n  relevant: { a.md: 3 }\n', ['q.yaml:1:10: query must be text']],
  ['- query: "  "\n  relevant: { a.md: 3 }\n', ['q.yaml:1:10: query must not be empty']],
  ['- query: a\n  relevant: { a.md: 4 }\n', ['q.yaml:2:21: relevant: a.md must be 1, 2 or 3']],
  ['- query: a\n  relevant: { a.md: 1 }\n  note: b\n', ['q.yaml:1:3: Unrecognized key: "note"']],
  [
    '- query: a\n  relevant: { a.md: 1 }\n- query: "a "\n  relevant: { b.md: 1 }\n',
    ['q.yaml:3:10: query is there twice'],
  ],
  ['- query: *a\n', ['q.yaml:1:1: Unresolved alias (the anchor must be set before the alias): a']],
  ['- query: a\n  relevant: { a.md: 1, a.md: 2 }\n', ['q.yaml:2:24: Map keys must be unique']],
])('%j is refused where it is wrong', (text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test('the demo has a judged set of queries of all kinds', () => {
  const text = readFileSync(new URL('../../bench/search/demo-judgements.yaml', import.meta.url), 'utf8');
  const judged = readJudgements(text);
  expect(judged.length).toBeGreaterThanOrEqual(40);
  for (const kind of [/\?$/, /^[A-Z]+-\d+$/, /\p{Script=Han}/u, /\p{Script=Hangul}/u, /^\w+[a-z][A-Z]\w+$/])
    expect(
      judged.some(({ query }) => kind.test(query)),
      `${kind}`,
    ).toBe(true);
  for (const { query, relevant } of judged) expect([...relevant.values()], query).toContain(3);
});
