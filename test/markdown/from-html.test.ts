import { describe, expect, it } from 'vitest';
import { fromHtml } from '../../src/markdown/index.ts';
import { context, html } from './render.ts';

const site = 'https://acme.atlassian.net';

describe('fromHtml', () => {
  it.each([
    [
      'text that looks like HTML, entities or markdown',
      '<p>&lt;script&gt;x&lt;/script&gt; &amp;amp; a_b 1. x</p><p>1. z</p><p># z</p>',
      '\\<script>x\\</script> \\&amp; a_b 1. x\n\n1\\. z\n\n\\# z\n',
    ],
    [
      'marks anywhere',
      '<p><b>(주)</b>는 <i>a</i><s>b</s> x<sup>2</sup> <kbd>C</kbd> <q>q</q></p>',
      '<strong>(주)</strong>는 _a_~~b~~ x<sup>2</sup> `C` “q”\n',
    ],
    [
      'marks by style, as editors in browsers write them',
      '<b style="font-weight:normal"><p><span style="font-weight:700">a</span> <span style="font-style:italic">b</span></p></b>',
      '**a** _b_\n',
    ],
    [
      'nothing that is not seen',
      '<head><style>p{}</style><title>t</title></head><script>x</script><!-- c --><template>t</template><noscript>n</noscript><p>a<span style="display: none">h</span><span hidden>i</span></p>',
      'a\n',
    ],
    ['preformatted text', '<pre>a\n  *b*</pre>', '```\na\n  *b*\n```\n'],
    [
      'the language of code',
      '<pre class="x language-js"><span>f</span>()<br>g</pre><pre><code class="lang-ts">x\n\ny\n</code></pre><div class="highlight-source-rust"><pre><div>a</div><div>b</div></pre></div>',
      '```js\nf()\ng\n```\n\n```ts\nx\n\ny\n```\n\n```rust\na\nb\n```\n',
    ],
    [
      'tables without a head',
      '<table><tr><td>a|b</td><td><b>c</b></td></tr><tr><td>1<br>2</td></tr></table>',
      '| a\\|b | **c** |\n| --- | --- |\n| 1<br>2 |  |\n',
    ],
    [
      'tables with missing end tags and spans',
      '<table><tr><th colspan=2>a<tr><td rowspan=2>b<td>c<tr><td>d</table>',
      '| a | a |\n| --- | --- |\n| b | c |\n| b | d |\n',
    ],
    [
      'code in tables',
      '<table><tr><td><pre>a\nb</pre></td></tr></table>',
      '<table>\n<tr>\n<td>\n\n```\na\nb\n```\n\n</td>\n</tr>\n</table>\n',
    ],
    [
      'captions of tables',
      '<table><caption>c</caption><tr><td>a</td></tr></table>',
      '_c_\n\n| a |\n| --- |\n',
    ],
    [
      'tables in lists',
      '<ul><li>a<table><tr><td>b</td></tr></table></li></ul>',
      '- a\n\n  | b |\n  | --- |\n',
    ],
    [
      'addresses',
      '<a href="/x">a</a> <a href="javascript:x">b</a> <img src="https://x.example/i.png" alt="d" title="t">',
      `[a](${site}/x) b ![d](https://x.example/i.png "t")\n`,
    ],
    ['marks around blocks', '<b><p>a</p><ul><li>b</li></ul></b>', '**a**\n\n- **b**\n'],
    ['links around blocks', '<a href="/x"><div>a</div><p>b</p></a>', `[a](${site}/x)\n\n[b](${site}/x)\n`],
    ['linked images', '<a href="/x"><img src="/i.png" alt="i"></a>', `[![i](${site}/i.png)](${site}/x)\n`],
    [
      'links within the text',
      '<a href="#h1">a</a> <a href="#p">b</a><h2 id="h1">The Head</h2><p id="p">c</p><p id="q">d</p>',
      '[a](#the-head) [b](#p)\n\n## The Head\n\n<a id="p"></a>\n\nc\n\nd\n',
    ],
    ['nested lists', '<ol start="2"><li>a<ul><li>b</li></ul></li></ol>', '2. a\n   - b\n'],
    ['a list directly in a list', '<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c\n'],
    [
      'check boxes',
      '<ul><li><input type="checkbox" checked> a</li><li><p><input type="checkbox"> b</p></li></ul><p><input type="checkbox">c</p>',
      '- [x] a\n- [ ] b\n\n[ ] c\n',
    ],
    ['definition lists', '<dl><dt>T</dt><dd>D</dd></dl>', '**T**\n\n- D\n'],
    [
      'details',
      '<details><summary>S <b>x</b></summary><p>a</p></details>',
      '<details>\n<summary>S x</summary>\n\na\n\n</details>\n',
    ],
    [
      'figures',
      '<figure><img src="/i.png" alt="A"><figcaption>c <b>d</b></figcaption></figure>',
      `![A](${site}/i.png)\\\n_c **d**_\n`,
    ],
    ['frames', '<iframe src="https://v.example/1" title="Talk"></iframe>', '[Talk](https://v.example/1)\n'],
    ['lines that two breaks part', 'a<br>b<br><br>c', 'a\\\nb\n\nc\n'],
    [
      'marks over such paragraphs',
      '<b>a<br><br><i>b</i><br>c<br> <br>d</b>',
      '**a**\n\n**_b_\\\nc**\n\n**d**\n',
    ],
    ['white space', '<p> a\n\t&nbsp; b </p><p>&nbsp;</p><p>&zwnj;&#847;</p>', 'a b\n'],
    ['Windows characters read as Latin-1', '<p>\u0093a\u0094 \u0080</p>', '“a” €\n'],
    ['what is not closed, or was not open', '</p>a<li>b<p>c<p>d<div>e</b>f', 'a\n\nb\n\nc\n\nd\n\nef\n'],
    ['nothing', '', '\n'],
  ])('reads %s', (_, source, markdown) => {
    expect(html(source)).toBe(markdown);
  });

  it('keeps no embedded bytes, and says so', () => {
    const { warnings } = fromHtml('<img src="data:image/png;base64,AAAA" alt="logo">', context);
    expect(warnings).toEqual([{ construct: 'image', fate: 'lost', detail: 'embedded' }]);
    expect(html(`<img src="data:image/png;base64,${'A'.repeat(1_000_000)}" alt="logo">`)).toBe(
      '`[image: logo]`\n',
    );
  });

  it('counts its constructs', () => {
    const { fidelity } = fromHtml('<p>a <b>b</b></p><ul><li>c</li></ul><img alt="d" src="data:,x">', context);
    expect(fidelity).toEqual({ kept: 2, degraded: 0, lost: 1 });
  });
});

describe('fromHtml on mail', () => {
  it.each([
    [
      'Outlook paragraphs, lists and conditional comments',
      "<!--[if gte mso 9]><xml><o:p>x</o:p></xml><![endif]--><p class=MsoNormal>Hi<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp;</span></span><![endif]>one</p><p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·</span>two</p><p>end</p>",
      'Hi\n\n3. one\n   - two\n\nend\n',
    ],
    [
      'replies and signatures',
      '<div dir="ltr">Yes<br><br>No<div>-- <br><div>Ann</div></div></div><div class="gmail_quote"><div>On Monday Bob wrote:<br></div><blockquote><div>Really?</div></blockquote></div>',
      'Yes\n\nNo\n\n--\n\nAnn\n\nOn Monday Bob wrote:\n\n> Really?\n',
    ],
    [
      'tables that only arrange it',
      '<table cellpadding="0" border="0"><tr><td><table role="presentation"><tr><td><h1>News</h1>a</td></tr></table></td></tr><tr><td>end</td></tr></table>',
      '# News\n\na\n\nend\n',
    ],
    [
      'pictures that report its opening',
      '<p>a<img src="https://t.example/1.gif" width="1" height="1"></p>',
      'a\n',
    ],
  ])('reads %s', (_, source, markdown) => {
    expect(html(source)).toBe(markdown);
  });

  it('asks for the pictures in it by their content id', () => {
    const asked: unknown[] = [];
    const attachment = (reference: object) => {
      asked.push(reference);
      return { url: `${site}/files/logo.png`, name: 'logo.png' };
    };
    const reading = fromHtml('<img src="cid:part1.ab@mail" alt="Logo">', { ...context, attachment });
    expect(asked).toEqual([{ mediaId: 'part1.ab@mail', alt: 'Logo' }]);
    expect(reading.root.children).toMatchObject([
      { children: [{ type: 'image', url: `${site}/files/logo.png`, alt: 'Logo' }] },
    ]);
  });
});
