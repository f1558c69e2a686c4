import { expect, test } from 'vitest';
import { toTell } from '../../src/connectors/revisions.ts';

const days = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'].map((date) => ({ date }));
const told = (wanted: { since?: string; max?: number }) =>
  toTell(days, { ...wanted, anew: false }).map(({ date }) => date.slice(5, 7));

test.each([
  ['all', {}, ['01', '02', '03', '04']],
  ['from a day on, with what was current then', { since: '2024-02-15' }, ['02', '03', '04']],
  ['from the day of a change on', { since: '2024-03-01' }, ['03', '04']],
  ['from before the first on', { since: '2023-01-01' }, ['01', '02', '03', '04']],
  ['of a document that has stood still since, the last', { since: '2025-01-01' }, ['04']],
  ['no more than so many', { max: 2 }, ['03', '04']],
  ['the fewer of both', { since: '2024-03-15', max: 3 }, ['03', '04']],
  ['the fewer of both', { since: '2024-01-15', max: 1 }, ['04']],
])('what is told of a history: %s', (_, wanted, expected) => {
  expect(told(wanted)).toEqual(expected);
});

test('of no history nothing is told', () => {
  expect(toTell([], { since: '2024-01-01', anew: false })).toEqual([]);
});
