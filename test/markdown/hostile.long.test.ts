import { describe, expect, it } from 'vitest';
import { fromStorage, writeMarkdown } from '../../src/markdown/index.ts';
import { context } from './render.ts';

const render = (xml: string) => writeMarkdown(fromStorage(xml, context).root);

describe('fromStorage on long input', () => {
  it.each([
    '*a ',
    '_a_ ',
    '`a``b ',
    '[',
    '](',
    '&lt;a ',
    '<b>a</b> ',
    'x<b>.</b>',
    '<a href="/x">a</a>',
    'https://a.example/b_c ',
    '!',
    '&amp;',
    '\\',
    '=<br/>',
  ])('takes time in proportion to the length of %s repeated', (unit) => {
    const seconds = (count: number) => {
      const xml = `<p>${unit.repeat(count)}</p>`;
      const start = performance.now();
      render(xml);
      return (performance.now() - start) / 1000;
    };
    seconds(2000);
    // Quadratic growth would take 64 times as long as the eighth; the allowance is for a busy machine.
    expect(seconds(16_000)).toBeLessThan(24 * seconds(2000) + 4);
  });
});
