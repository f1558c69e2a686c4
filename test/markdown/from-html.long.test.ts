import { describe, expect, it } from 'vitest';
import { fromHtml, writeMarkdown } from '../../src/markdown/index.ts';
import { context } from './render.ts';

const UNITS = [
  ...[
    'a<br>',
    '<b>a</b> ',
    '<b> </b>',
    '<p>a</p>',
    '</p>',
    '<p>',
    '<div></div>',
    '<span>x</span>',
    'a&lt;',
    '&nbsp;',
  ],
  ...[
    '<li>a</li>',
    '<ul><li>x</ul>',
    '<dt>a<dd>b',
    '<td>x',
    '<tr>',
    '<h2 id="x">h</h2><a href="#x">l</a>',
    '<pre>a</pre>',
  ],
  ...[
    '<img src="/a.png">',
    '<input type=checkbox>',
    '<details><summary>a</summary>b</details>',
    '<b><i>',
    '*a_ ',
  ],
  ...[
    '<tr><td>a</td><td><b>b</b> c</td><td>d<br>e</td></tr>',
    '<a name="q">',
    '<p style="mso-list:l0 level2 lfo1">a',
  ],
];

/** Processor time, for the machine may be busy. */
function milliseconds(source: string): number {
  const before = process.cpuUsage();
  writeMarkdown(fromHtml(source, context).root);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('fromHtml on much HTML', () => {
  it.each(UNITS)('R13 takes time in proportion to the length of %s repeated', (unit) => {
    milliseconds(unit.repeat(2000));
    // Quadratic growth would take 64 times as long as the eighth.
    expect(milliseconds(unit.repeat(16_000))).toBeLessThan(24 * milliseconds(unit.repeat(2000)) + 500);
  });

  it.each([
    ...[
      'blockquote',
      'i><b',
      'a href="/x"',
      'span',
      'p',
      'font',
      'x-y',
      'dl><dd',
      'figure',
      'li',
      'td',
      'pre',
      'h1',
    ],
    ...['div class="confluence-information-macro"', 'div class="panel"><div class="panelContent"', 'li><ul'],
  ])('R13 stays within the bound at 10,000 levels of <%s>', (element) => {
    const source = `<${element}>a`.repeat(10_000);
    expect(writeMarkdown(fromHtml(source, context).root).length).toBeLessThanOrEqual(
      10 * source.length + 65_536,
    );
  });

  it.each([
    ['one line of 5 MB', 'word &amp; more '.repeat(350_000)],
    ['5 MB of space', `a${' '.repeat(5_000_000)}b`],
    ['5 MB of base64', `<img src="data:image/png;base64,${'A'.repeat(5_000_000)}">`],
    ['a word of 5 MB', 'a'.repeat(5_000_000)],
    ['a table of 20,000 rows', `<table>${'<tr><td>a</td><td>b<br>c</td></tr>'.repeat(20_000)}</table>`],
  ])('R13 reads %s in seconds', (_, source) => {
    expect(milliseconds(source)).toBeLessThan(10_000);
  });
});
