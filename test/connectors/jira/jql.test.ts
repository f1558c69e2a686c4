import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedSince, newestFirst, withoutOrder } from '../../../src/connectors/jira/jql.ts';

describe('withoutOrder', () => {
  test.each([
    ['project = A ORDER BY created DESC, key', 'project = A'],
    ['project = A order\n  by created', 'project = A'],
    ['summary ~ "order by lunch" AND project = A', 'summary ~ "order by lunch" AND project = A'],
    ["summary ~ 'order by' oRdEr By key", "summary ~ 'order by'"],
    ['summary ~ "say \\"hi\\" order by" ORDER BY key', 'summary ~ "say \\"hi\\" order by"'],
    ['reorder = bybass', 'reorder = bybass'],
    ['ORDER BY created', ''],
  ])('%s', (jql, expected) => expect(withoutOrder(jql)).toBe(expected));

  test('text in quotes is never cut', () => {
    const quoted = fc.string().map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`);
    fc.assert(
      fc.property(quoted, (text) => {
        const jql = `summary ~ ${text}`;
        expect(withoutOrder(`${jql} ORDER BY key`)).toBe(jql);
      }),
    );
  });
});

test('a bound is joined to the whole condition', () => {
  expect(changedSince('a = 1 OR b = 2 ORDER BY key', 1700000000000)).toBe(
    '(a = 1 OR b = 2) AND updated >= 1700000000000',
  );
  expect(changedSince('ORDER BY key', 5)).toBe('updated >= 5');
  expect(newestFirst('a = 1 order by key')).toBe('a = 1 ORDER BY updated DESC');
});
