import fc from 'fast-check';
import { expect, it } from 'vitest';
import { snippetsFor } from '../../../src/search/query/snippet.ts';
import { replayed } from '../../harness/replay.ts';

const letters = fc.constantFrom(...'abeginsty01');
const word = fc.oneof(
  fc.constantFrom(
    'invoice',
    'Invoices',
    'ties',
    'ies',
    'yields',
    'says',
    'BILLING',
    'x',
    '2nd',
    "don't",
    'snake_case',
  ),
  fc.string({ unit: letters, minLength: 1, maxLength: 9 }),
);
const texts = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));

it('marks the words of a query, whatever letters stand elsewhere in the text', () => {
  fc.assert(
    fc.property(texts, texts, (query, text) => {
      const snippetOf = snippetsFor(query);
      expect(snippetOf(text).matches).toEqual(snippetOf(`${text} “Ö”`).matches);
    }),
    replayed({ runs: 300 }),
  );
});

it('marks words by their stems', () => {
  const { text, matches } = snippetsFor('how are invoices BILLED?')(
    'The billing of an invoice, Äpfel and all.',
  );
  expect(matches.map(([start, end]) => text.slice(start, end))).toEqual(['billing', 'invoice']);
});
