import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proseOf } from '../../src/personas/analyze/prose.ts';
import { replayed } from '../harness/replay.ts';

describe('what of a message is its author’s own prose', () => {
  test.each([
    ['words', 'Done, in **review**.', 'Done, in review.'],
    ['without code', 'Run `make it` now:\n\n```\nmake it\n```\n\nDone', 'Run now:\nDone'],
    ['without quotes', '> Who said this?\n\nI did', 'I did'],
    [
      'with the words of links, without addresses',
      'See [the page](../a.md), <https://a.example/x?y=1> or www.a.example',
      'See the page, or',
    ],
    ['without addresses of people', 'Write to mina@fern.example!', 'Write to!'],
    ['without names of people and channels', '@mina Okafor, see #on-call and ask @here', ', see and ask'],
    ['without what was redacted', 'It is [redacted:password] now', 'It is now'],
    ['without emoji', 'Good :seedling: morning 🙏🏽 at 10:30:45', 'Good morning at 10:30:45'],
    ['in its lines', 'One\\\ntwo\n\n- three\n- four', 'One\ntwo\nthree\nfour'],
    ['of nothing', '```\nall code\n```', ''],
  ])('%s', (_, written, words) => {
    expect(proseOf(written).words).toBe(words);
  });

  test('shows where something was taken out', () => {
    const { shown, emoji } = proseOf(
      '@mina, run `make` from https://a.example :tada::skin-tone-2: 👍🏿 :+1:',
    );
    expect(shown).toBe('@…, run […] from […] :tada::skin-tone-2: 👍🏿 :+1:');
    expect(emoji).toEqual([':tada:', '👍', ':+1:']);
  });

  test('tells what else there was', () => {
    expect(proseOf('`a` [b](https://c.example)')).toMatchObject({
      hasCode: true,
      hasLink: true,
      hasQuote: false,
    });
    expect(proseOf('> a\n\n1. b')).toMatchObject({ hasQuote: true, hasList: true, hasCode: false });
  });

  test('has none of what stood in code, quotes and addresses, whatever is around', () => {
    const around = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('`', ''));
    fc.assert(
      fc.property(around, around, (before, after) => {
        const written = `${before}\n\n\`\`\`\nSECRETCODE\n\`\`\`\n\nhttps://a.example/SECRETCODE\n\n> SECRETCODE\n\n${after}`;
        const { words, shown } = proseOf(written);
        expect(words + shown).not.toContain('SECRETCODE');
        expect(words).not.toMatch(/[\uE000\uE001]/);
      }),
      replayed({ runs: 300 }),
    );
  });

  test('comes to an end with what would keep a parser busy', () => {
    const hostile = ['*a ', '> ', '[', ':a', '@a ', 'a.'].map((part) => part.repeat(5_000));
    for (const text of hostile) expect(proseOf(text).words.length).toBeLessThanOrEqual(text.length);
  });
});
