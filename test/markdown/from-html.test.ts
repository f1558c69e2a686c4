import { describe, expect, it } from 'vitest';
import { html } from './render.ts';

describe('fromHtml', () => {
  it.each([
    [
      'text that looks like HTML or entities',
      '<p>&lt;script&gt;x&lt;/script&gt; &amp;amp; a_b 1. x</p>',
      '\\<script>x\\</script> \\&amp; a_b 1. x\n',
    ],
    [
      'marks anywhere',
      '<p><b>(주)</b>는 <i>a</i><s>b</s> x<sup>2</sup></p>',
      '<strong>(주)</strong>는 _a_~~b~~ x<sup>2</sup>\n',
    ],
    ['no scripts and styles', '<style>p{}</style><script>x</script><title>t</title><p>a</p>', 'a\n'],
    ['preformatted text without code', '<pre>a\n  *b*</pre>', '```\na\n  *b*\n```\n'],
    [
      'tables without a head',
      '<table><tr><td>a|b</td><td><b>c</b></td></tr><tr><td>1<br>2</td></tr></table>',
      '| a\\|b | **c** |\n| --- | --- |\n| 1<br>2 |  |\n',
    ],
    [
      'tables in lists',
      '<ul><li>a<table><tr><td>b</td></tr></table></li></ul>',
      '- a\n\n  | b |\n  | --- |\n',
    ],
    [
      'addresses',
      '<a href="/x">a</a> <a href="javascript:x">b</a> <img src="data:x" alt="c"> <img src="https://x.example/i.png" alt="d">',
      '[a](https://acme.atlassian.net/x) b c ![d](https://x.example/i.png)\n',
    ],
    ['nested lists', '<ol start="2"><li>a<ul><li>b</li></ul></li></ol>', '2. a\n   - b\n'],
  ])('reads %s', (_, source, markdown) => {
    expect(html(source)).toBe(markdown);
  });

  it('R13 survives deep nesting', () => {
    expect(html(`${'<div>'.repeat(10_000)}deep`)).toBe('deep\n');
    expect(html(`${'<blockquote>'.repeat(3000)}deep`).length).toBeLessThan(10 * 3000 * 12 + 65_536);
  });
});
