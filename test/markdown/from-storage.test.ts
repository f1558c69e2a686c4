import { describe, expect, it } from 'vitest';
import { fromStorage } from '../../src/markdown/index.ts';
import { context, storage } from './render.ts';
import { macro, plain } from './storage-format.ts';

const constructs = (xml: string) => fromStorage(xml, context).warnings.map((warning) => warning.construct);

const EMOTICONS =
  'smile sad cheeky laugh wink thumbs-up thumbs-down information tick cross warning plus minus question light-on light-off yellow-star red-star green-star blue-star heart broken-heart'.split(
    ' ',
  );

describe('inline text', () => {
  it.each([
    [
      'marks',
      '<p>a <b>b</b> <i>c</i> <u>d</u> <s>e</s> x<sup>2</sup> H<sub>2</sub>O <code>f|g</code><br/>next</p>',
      'a **b** _c_ <u>d</u> ~~e~~ x<sup>2</sup> H<sub>2</sub>O `f|g`\\\nnext\n',
    ],
    [
      'marks that markdown’s flanking rules would miss',
      '<p><strong>한국어</strong>는 <strong>(주)</strong>는 <em>강조</em>는</p>',
      '**한국어**는 <strong>(주)</strong>는 *강조*는\n',
    ],
    [
      'white space outside of marks',
      '<p>a<strong> b </strong>c<strong></strong> <em> </em>d&nbsp;</p>',
      'a **b** c d\n',
    ],
    ['equal marks that touch or nest', '<p><b>a</b><b>b<strong>c</strong></b></p>', '**abc**\n'],
    ['code with backticks', '<p><code>a`b</code> <code>``</code></p>', '``a`b`` ` `` `\n'],
    ['entities', '<p>&auml;&hellip;&rarr;&#8364;</p>', 'ä…→€\n'],
    [
      'comment markers and placeholders',
      '<p>x <ac:inline-comment-marker ac:ref="1">y</ac:inline-comment-marker><ac:placeholder>type</ac:placeholder></p>',
      'x y\n',
    ],
    ['dates', '<p>due <time datetime="2024-02-03"/></p>', 'due 2024-02-03\n'],
    [
      'emoji',
      '<p><ac:emoticon ac:name="tick"/> <ac:emoticon ac:name="x" ac:emoji-shortname=":check_mark:" ac:emoji-fallback=":check_mark:"/> <ac:emoticon ac:name="x" ac:emoji-fallback="🚀"/> <ac:emoticon ac:emoji-shortname=":own:"/></p>',
      '✅ ✅ 🚀 :own:\n',
    ],
    [
      'a status',
      `<p>now ${macro('status', { title: 'In Progress', colour: 'Yellow' })}</p>`,
      'now `In Progress`\n',
    ],
    [
      'names of emoticons',
      EMOTICONS.map((name) => `<ac:emoticon ac:name="${name}"/>`).join(''),
      '🙂🙁😛😀😉👍👎ℹ️✅❌⚠️➕➖❓💡🔅⭐⭐⭐⭐❤️💔\n',
    ],
    [
      'emoticons with names of no meaning',
      '<p><ac:emoticon ac:name="constructor"/> <ac:emoticon ac:emoji-shortname="valueOf"/></p>',
      ':constructor: valueOf\n',
    ],
    [
      'an emoji by its code points',
      '<p><ac:emoticon ac:name="blue-star" ac:emoji-shortname=":x:" ac:emoji-id="1f1e9-1f1ea" ac:emoji-fallback=":x:"/></p>',
      '🇩🇪\n',
    ],
    ['a date with a text', '<p><time datetime="2024-02-03">soon</time></p>', 'soon (2024-02-03)\n'],
    [
      'colours as text',
      '<p><span style="color: red; background-color: yellow;">a</span> <small>b</small> <big>c</big></p>',
      'a b c\n',
    ],
    [
      'styles that are marks',
      '<p><span style="font-weight: bold">a</span> <span style="font-style: italic">b</span> <span style="text-decoration: line-through">c</span></p>',
      '**a** _b_ ~~c~~\n',
    ],
    [
      'a template’s variables',
      '<at:declarations><at:string at:name="v"/></at:declarations><p>Hi <at:var at:name="v"/></p>',
      'Hi `<v>`\n',
    ],
    [
      'mentions',
      '<p><ac:link><ri:user ri:account-id="acc-1"/></ac:link> and <ac:link><ri:user ri:account-id="acc-9"/></ac:link></p>',
      '@Ann Lee and @acc-9\n',
    ],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
  });

  it('names the accounts that a text mentions', () => {
    const named: string[] = [];
    fromStorage('<ac:link><ri:user ri:account-id="acc-9"/></ac:link>', {
      ...context,
      onPerson: (id) => named.push(id),
    });
    expect(named).toEqual(['acc-9']);
  });
});

describe('escaping', () => {
  it.each([
    ['1. not a list', '1\\. not a list\n'],
    ['v1.2. 10) 3 + 4 - 5 * 6', 'v1.2. 10) 3 + 4 - 5 * 6\n'],
    ['snake_case, 2*3, a footnote*', 'snake_case, 2\\*3, a footnote*\n'],
    ['a footnote*', 'a footnote*\n'],
    ['https://a.example/b_c_d?e=1&amp;f', 'https://a.example/b_c_d?e=1&f\n'],
    ['&lt;script&gt;', '\\<script>\n'],
    ['1 &lt; 2, a &lt;b', '1 < 2, a <b\n'],
    ['AT&amp;T &amp;amp;', 'AT&T \\&amp;\n'],
    ['C:\\dir\\*', 'C:\\dir\\\\*\n'],
    ['[x](y) [z]', '[x\\](y) [z]\n'],
    ['[ref]: x', '\\[ref]: x\n'],
    ['# no', '\\# no\n'],
    ['#hash', '#hash\n'],
    ['---', '\\---\n'],
    ['- dash', '\\- dash\n'],
    ['&gt; no quote', '\\> no quote\n'],
    ['~5 and ~/x', '~5 and ~/x\n'],
    ['one ` tick', 'one ` tick\n'],
  ])('writes %s', (source, markdown) => {
    expect(storage(`<p>${source}</p>`)).toBe(markdown);
  });

  it('keeps text that looks like a checkbox from becoming one', () => {
    expect(storage('<ul><li>[x] a</li></ul>')).toBe('- \\[x] a\n');
  });

  it('never begins a document like frontmatter', () => {
    expect(storage('<hr/><p>a: 1</p>')).toBe('***\n\na: 1\n');
  });
});

describe('lists and tasks', () => {
  it('nests lists of both kinds and keeps blocks in their items', () => {
    const xml = `<ul><li><p>a</p><ol start="3"><li>b</li><li>c</li></ol></li><li>d${macro('code', { language: 'js' }, plain('x\n\ny'))}</li></ul>`;
    expect(storage(xml)).toBe('- a\n\n  3. b\n  4. c\n- d\n\n  ```js\n  x\n\n  y\n  ```\n');
  });

  it('puts a list that stands directly in a list under the item before it', () => {
    expect(storage('<ul><li>a</li><ul><li>b</li></ul></ul>')).toBe('- a\n  - b\n');
  });

  it('writes tasks as checkboxes', () => {
    const task = (status: string, body: string) =>
      `<ac:task><ac:task-status>${status}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;
    const nested = `<ac:task-list>${task('incomplete', 'c')}</ac:task-list>`;
    expect(
      storage(`<ac:task-list>${task('complete', 'a')}${task('incomplete', `b${nested}`)}</ac:task-list>`),
    ).toBe('- [x] a\n- [ ] b\n  - [ ] c\n');
  });
});

describe('blocks', () => {
  it.each([
    ['a definition list', '<dl><dt>T</dt><dd>D</dd></dl>', '**T**\n\n- D\n'],
    ['a status in a heading', `<h2>On ${macro('status', { title: 'NOW' })}</h2>`, '## On `NOW`\n'],
    [
      'foldable HTML',
      '<details><summary>S</summary><p>a</p></details>',
      '<details>\n<summary>S</summary>\n\na\n\n</details>\n',
    ],
    [
      'decisions',
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">UNDECIDED</ac:adf-attribute><ac:adf-content>Go</ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback><ul><li>Go</li></ul></ac:adf-fallback></ac:adf-extension>',
      '- Undecided: Go\n',
    ],
    [
      'an unknown node of the editor',
      '<ac:adf-extension><ac:adf-node type="new"><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>a</p></ac:adf-fallback></ac:adf-extension>',
      'a\n',
    ],
    [
      'a node of the editor that says nothing',
      '<ac:adf-extension><ac:adf-node type="new"/><ac:adf-fallback><p>a</p></ac:adf-fallback></ac:adf-extension>',
      'a\n',
    ],
    [
      'an app’s macro',
      '<ac:adf-extension><ac:adf-node type="extension"><ac:adf-attribute key="extension-key">a/b/static/mermaid-diagram</ac:adf-attribute><ac:adf-attribute key="parameters"><ac:adf-parameter key="guest-params"><ac:adf-parameter key="source">graph TD</ac:adf-parameter></ac:adf-parameter></ac:adf-attribute></ac:adf-node></ac:adf-extension>',
      '```mermaid\ngraph TD\n```\n',
    ],
    [
      'macros that stand alone on a page where text stands bare',
      `bare<p>a</p>${macro('anchor', { '': 'b' })}${macro('status', { title: 'C' })}<p>d</p>`,
      'bare\n\na\n\n<a id="b"></a>\n\n`C`\n\nd\n',
    ],
    [
      'a macro beside text that a mark holds',
      `<div><p>a</p></div><strong>b</strong> ${macro('status', { title: 'C' })}<p>d</p>`,
      'a\n\n**b** `C`\n\nd\n',
    ],
    [
      'a link to what stands in a frame',
      '<p><iframe src="https://a.example/b"></iframe></p><video src="/v.mp4"><p>c</p></video>',
      '[https://a.example/b](https://a.example/b)\n\n[https://acme.atlassian.net/v.mp4](https://acme.atlassian.net/v.mp4)\n\nc\n',
    ],
    ['marks in code', '<code>a <b>b</b> <i>c</i></code>', '`a b c`\n'],
    [
      'a link around a table',
      '<a href="https://a.example"><table><tr><td>a</td><td/></tr></table></a>',
      '| [a](https://a.example) |  |\n| --- | --- |\n',
    ],
    ['nothing for characters without width', '<h2>\u200B</h2><p>\u200E</p><p>a</p><p>&shy;&zwj;</p>', 'a\n'],
    ['what is left of an old editor', '<fab:media>a</fab:media>', 'a\n'],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
  });
});

describe('malformed input', () => {
  it('keeps the text and says so', () => {
    const xml = '<p>a<b>b</p><p>c</div><ac:structured-macro ac:name="info"><ac:rich-text-body><p>d';
    expect(storage(xml)).toBe('a**b**\n\nc\n\n> [!NOTE]\n> d\n');
    expect(constructs(xml)).toEqual(['malformed']);
    expect(constructs('<p>a<br/>b<br>c</p><p/><hr />')).toEqual([]);
  });

  it.each([
    ['a stray end tag', '<p>a</p></div><p>b</p>', 'a\n\nb\n'],
    ['a missing end tag', '<p>a<b>b</p>', 'a**b**\n'],
    ['wrong nesting', '<p><b>a <i>b</b> c</i></p>', '**a _b_** c\n'],
    ['a cut tag', '<p>a</p><p>b</p><ac:str', 'a\n\nb\n'],
    ['a cut attribute', '<p>a</p><a href="htt', 'a\n'],
    ['a cut end tag', '<p>a</p', 'a\n'],
    [
      'cut CDATA',
      `${macro('code', {}, '<ac:plain-text-body><![CDATA[a\nb')}`.replace('</ac:structured-macro>', ''),
      '```\na\nb\n```\n',
    ],
    [
      'a quote that never ends',
      '<p>a</p><a href="/x>b</a><p>c</p>',
      'a\n\n[b](https://acme.atlassian.net/x)\n\nc\n',
    ],
    ['an attribute without quotes', '<p class=x>a</p></i>', 'a\n'],
  ])('recovers from %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
    expect(constructs(xml)).toEqual(['malformed']);
  });

  it.each([
    ['a lone less-than', '<p>1 < 2</p>', '1 < 2\n'],
    ['a prologue and comments', '<?xml version="1.0"?><!-- a --><p>b<!-- c --></p>', 'b\n'],
    ['a lone ampersand', '<p>a & b</p>', 'a & b\n'],
    ['adjacent CDATA', '<p><![CDATA[a]]><![CDATA[ & b]]></p>', 'a & b\n'],
  ])('reads %s as well-formed', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
    expect(constructs(xml)).toEqual([]);
  });

  it('removes what would be read as a link mark or control', () => {
    expect(storage('<p>a\uFDD0b\uFDD1c\u0007d</p>')).toBe('abcd\n');
  });
});
