import { describe, expect, test } from 'vitest';
import { sameButLive } from '../../src/markdown/live.ts';

const page = (list: string, rest = 'Rest.') =>
  `Text.\n\n<!-- live: jira -->\n${list}\n<!-- /live -->\n\n${rest}\n`;

describe('a text is the same but for live content', () => {
  test.each([
    ['other content', page('- One'), page('- Two\n- Three')],
    ['none before', page(''), page('- One')],
    [
      'in a quote',
      '> <!-- live: children -->\n> - A\n> <!-- /live -->',
      '> <!-- live: children -->\n> <!-- /live -->',
    ],
    ['in a list', '-   <!-- live: a -->\n', '-   <!-- live: a -->\n'],
    ['several', page('1') + page('2'), page('3') + page('4')],
  ])('%s', (_, a, b) => {
    expect(sameButLive(a, b)).toBe(true);
    expect(sameButLive(b, a)).toBe(true);
  });

  test.each([
    ['other text behind it', page('- One'), page('- One', 'Another.')],
    ['another macro', page('- One'), page('- One').replace('jira', 'children')],
    ['no mark on one side', page('- One'), 'Text.\n\n- One\n\nRest.\n'],
    ['no end', '<!-- live: jira -->\none', '<!-- live: jira -->\ntwo'],
    [
      'marks that are no lines of their own',
      'a <!-- live: x --> b\n<!-- /live -->',
      'a <!-- live: x --> c\n<!-- /live -->',
    ],
  ])('not with %s', (_, a, b) => {
    expect(sameButLive(a, b)).toBe(false);
  });

  test('in linear time, however many beginnings have no end', () => {
    const text = '<!-- live: x -->\n'.repeat(200_000);
    expect(sameButLive(`${text}a`, `${text}b`)).toBe(false);
  });
});
