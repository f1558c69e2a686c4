import { describe, expect, it } from 'vitest';
import { fromWiki, type ReadContext } from '../../src/markdown/index.ts';
import { plainText } from '../../src/markdown/nodes.ts';
import { context, parse, written } from './render.ts';

const read = (source: string, place: ReadContext = context) => fromWiki(source, place);
const wiki = (...lines: string[]) => written(read(lines.join('\n')));
const BROWSE = 'https://acme.atlassian.net/browse';

describe('blocks of wiki markup', () => {
  it.each([
    ['headings', 'h1. One\nh6.Six\nh7. text', '# One\n\n###### Six\n\nh7. text\n'],
    ['paragraphs and line breaks', 'a\nb\n\nc', 'a\\\nb\n\nc\n'],
    ['Windows line ends', 'h2. T\r\na\r\n\r\n* b\r\n', '## T\n\na\n\n- b\n'],
    ['forced breaks', 'a\\\\b', 'a\\\nb\n'],
    ['rules', 'a\n----\nb', 'a\n\n***\n\nb\n'],
    ['quotes of one line', 'bq. a *b*\nc', '> a **b**\n\nc\n'],
    ['quotes', '{quote}\na\n* b\n{quote}', '> a\n>\n> - b\n'],
    ['panels', '{panel:title=T|borderStyle=dashed}\na\n{panel}', '> [!NOTE]\n> **T**\n>\n> a\n'],
    ['nested panels', '{info:title=T}{tip}a{tip}{info}', '> [!NOTE]\n> **T**\n>\n> > [!TIP]\n> > a\n'],
    ['warnings', '{warning}a{warning}{note}b{note}', '> [!CAUTION]\n> a\n\n> [!WARNING]\n> b\n'],
    ['columns', '{section}{column:width=50%}a{column}{column}b{column}{section}', 'a\n\nb\n'],
    ['folded content', '{expand:Why}a{expand}', '<details>\n<summary>Why</summary>\n\na\n\n</details>\n'],
    ['a table of contents', '{toc}\na', 'a\n'],
    ['colours over blocks', '{color:red}\nh1. A\n* b{color}\n* {color:#fff}c{color}', '# A\n\n- b\n- c\n'],
  ])('reads %s', (_, source, markdown) => {
    expect(wiki(source)).toBe(markdown);
  });
});

describe('lists of wiki markup', () => {
  it.each([
    ['bullets', '* a\n- b', '- a\n- b\n'],
    ['numbers', '# a\n# b', '1. a\n2. b\n'],
    ['nesting', '* a\n** b\n*** c\n* d', '- a\n  - b\n    - c\n- d\n'],
    ['mixed kinds', '# a\n#* b\n#* c\n# d\n*# e', '1. a\n   - b\n   - c\n2. d\n   1. e\n'],
    ['levels that are skipped', '*** a\n* b', '- a\n\n* b\n'],
    ['items of several lines', '* a\nb\n* c', '- a\\\n  b\n- c\n'],
    ['a blank line between lists', '# a\n\n# b', '1. a\n\n1) b\n'],
    ['code in items', '# a\n{code:js}\nx\n{code}\n# b', '1. a\n\n   ```js\n   x\n   ```\n2. b\n'],
    ['panels in items', '* a {tip}b{tip} c', '- a\n\n  > [!TIP]\n  > b\n\n  c\n'],
    ['no signature', 'a\n-- Ann', 'a\\\n– Ann\n'],
    ['nested dashes', '- a\n-- b', '- a\n  - b\n'],
  ])('reads %s', (_, source, markdown) => {
    expect(wiki(source)).toBe(markdown);
  });
});

describe('tables of wiki markup', () => {
  it.each([
    ['a head', '||a||b||\n|c|d|', '| a | b |\n| --- | --- |\n| c | d |\n'],
    ['a head column', '|a|b|\n||c|d|', '| a | b |\n| --- | --- |\n| **c** | d |\n'],
    ['empty cells', '||a||b||\n| |d|\n|e| |', '| a | b |\n| --- | --- |\n|  | d |\n| e |  |\n'],
    [
      'links and images',
      '|[a|http://b.c]|!d.png|thumbnail!|',
      '| [a](http://b.c) | ![d.png](https://acme.atlassian.net/files/d.png) |\n| --- | --- |\n',
    ],
    ['escaped bars', '|a\\|b|{{c|d}}|', '| a\\|b | `c\\|d` |\n| --- | --- |\n'],
    ['cells of several lines', '|a\nb|c|\n|d|e|', '| a<br>b | c |\n| --- | --- |\n| d | e |\n'],
    ['lists in cells', '|* a\n* b|c|', '| <ul><li>a</li><li>b</li></ul> | c |\n| --- | --- |\n'],
    ['rows that are not closed', '|a|b\n|c|d\ntext', '| a | b |\n| --- | --- |\n| c | d |\n\ntext\n'],
  ])('reads %s', (_, source, markdown) => {
    expect(wiki(source)).toBe(markdown);
  });

  it('keeps code in a cell', () => {
    expect(wiki('|a|{code}x | y{code}|')).toContain('```\nx | y\n```');
  });
});

describe('code in wiki markup', () => {
  it('is kept as it is, but for the line break next to each tag', () => {
    expect(wiki('{code:java|title=X.java}', '', '  *a* {quote} \\{b} [c|d]', '', '{code}')).toBe(
      '**X.java**\n\n```java\n\n  *a* {quote} \\{b} [c|d]\n\n```\n',
    );
  });

  it.each([
    ['a title first', '{code:title=a.rb|ruby}x{code}', '**a.rb**\n\n```ruby\nx\n```\n'],
    ['a named language', '{code:language=C#}x{code}', '```csharp\nx\n```\n'],
    ['a file name', '{code:main.js}x{code}', '**main.js**\n\n```\nx\n```\n'],
    ['no form', '{noformat}\n{code}\n*a*\n{noformat}', '```\n{code}\n*a*\n```\n'],
    ["markdown's fences", '```js\n*a*\n```\nb', '```js\n*a*\n```\n\nb\n'],
    ['text around it', 'a {CODE}x{code} b', 'a\n\n```\nx\n```\n\nb\n'],
  ])('reads %s', (_, source, markdown) => {
    expect(wiki(source)).toBe(markdown);
  });
});

describe('inline wiki markup', () => {
  it.each([
    ['marks', '*a* _b_ ??c?? -d- +e+ ^f^ ~g~', '**a** _b_ _c_ ~~d~~ <u>e</u> <sup>f</sup> <sub>g</sub>'],
    ['marks in marks', '*a _b_ c*', '**a _b_ c**'],
    ['marks within words', 'H{~}2{~}O {*}a{*}b', 'H<sub>2</sub>O **a**b'],
    ['monospaced text', '{{a_b}} {{x}y}}} {{\\{c\\}}}', '`a_b` `x}y}` `{c}`'],
    ['dashes', 'a -- b --- c --d', 'a – b — c --d'],
    ['emoticons', ':) ;) (/) (x) (!) (i) (y) f(x) a:D', '🙂 😉 ✅ ❌ ⚠️ ℹ️ 👍 f(x) a:D'],
    ['colours', 'a {color:red}*b*{color}.', 'a **b**.'],
    ['anchors', '{anchor:here}a [#here]', '<a id="here"></a>a [here](#here)'],
  ])('reads %s', (_, source, markdown) => {
    expect(wiki(source)).toBe(`${markdown}\n`);
  });
});

/** How the markdown is seen: its text, without marks and addresses. */
const shown = (source: string) => plainText(parse(wiki(source)).children);

describe('text that only looks like wiki markup', () => {
  it.each([
    ['words with signs', 'snake_case_x a*b*c a-b-c c++ x^2 ~/a and ~/b'],
    ['signs between spaces', '2 * 3 * 4 - 5 - 6 + 7 + 8'],
    ['repeated signs', '__init__ *** ????? ~~a~~'],
    ['marks over two lines', '*a\nb*'],
    ['paths', 'C:\\Users --flag'],
    ['unknown entities', '&nope; AT&T'],
    ['braces that are no macro', `{foo} \${x} {"a": 1} {id:5} /{a}/{b}/{a} {a}{b}{a}`],
    ['keys of no project', 'UTF-8 SHA-256 ISO-8859-1 CVE-2021-1 A-1 acme-1 X-ACME-1 JDK-1.8 ACME-01'],
    ['brackets', '[a] [a|b] a[0] [x'],
    ['a bracket in a cell', '|[a|b]|', '[ab]'],
    ['exclamations', 'wow! and a.png! x !== y!'],
    ['tags of HTML', '<b>a</b>'],
    ['markers without an item', '*\n- \n#', '* - #'],
    ['no rows', '|'],
  ])('keeps %s', (_, source, text = source.replaceAll('\n', ' ')) => {
    expect(shown(source)).toBe(text);
    expect(read(source).fidelity).toMatchObject({ degraded: 0, lost: 0 });
  });

  it('decodes entities, and takes the meaning of escaped signs', () => {
    expect(shown('&lt;a&gt; &amp;amp; &copy; \\*a* \\{b} \\[c]')).toBe('<a> &amp; © *a* {b} [c]');
  });

  it('ends a mark before the one that it crosses', () => {
    expect(parse(wiki('*a _b* c_')).children).toMatchObject([
      { children: [{ type: 'strong', children: [{ value: 'a _b' }] }, { value: ' c_' }] },
    ]);
  });
});

describe('links of wiki markup', () => {
  it.each([
    ['labels', '[a *b*|http://c.d]', '[a **b**](http://c.d)'],
    ['bare addresses', '[http://c.d] www.e.f', '[http://c.d](http://c.d) www.e.f'],
    ['brackets in labels', '[[a] b|http://c.d]', '[[a] b](http://c.d)'],
    ['tips', '[a|http://c.d|tip]', '[a](http://c.d)'],
    ['mail', '[mailto:a@b.c] [A|mailto:a@b.c]', '[a@b.c](mailto:a@b.c) [A](mailto:a@b.c)'],
    [
      'files',
      '[^a.txt] [b|^a.txt]',
      '[a.txt](https://acme.atlassian.net/files/a.txt) [b](https://acme.atlassian.net/files/a.txt)',
    ],
    ['people', '[~accountid:acc-1], [~bob]', '@Ann Lee, @bob'],
    ['issues', `[ACME-1] [a|ACME-2]`, `[ACME-1](${BROWSE}/ACME-1) [a](${BROWSE}/ACME-2)`],
    [
      'smart links',
      `[${BROWSE}/A-1|${BROWSE}/A-1|smart-link] [a|http://c.d|smart-card]`,
      `[A-1](${BROWSE}/A-1) [a](http://c.d)`,
    ],
    [
      'addresses in text',
      '(see http://a.b/c_(d)), *http://e.f*.',
      '(see [http://a.b/c_(d)](http://a.b/c_%28d%29)), **[http://e.f](http://e.f)**.',
    ],
    ['macros of issues', '{jira:ACME-1}', `[ACME-1](${BROWSE}/ACME-1)`],
    ['keys in text', 'ACME-12, (AB-3)', `[ACME-12](${BROWSE}/ACME-12), ([AB-3](${BROWSE}/AB-3))`],
    [
      'images',
      '!a.png! !a.png|width=9,alt="b, c"! !http://c.d/e.png!',
      '![a.png](https://acme.atlassian.net/files/a.png) ![b, c](https://acme.atlassian.net/files/a.png) ![](http://c.d/e.png)',
    ],
    [
      'images in links',
      '[!a.png!|http://c.d]',
      '[![a.png](https://acme.atlassian.net/files/a.png)](http://c.d)',
    ],
    ['films', '!a.mov!', '[a.mov](https://acme.atlassian.net/files/a.mov)'],
  ])('reads %s', (_, source, markdown) => {
    expect(wiki(source)).toBe(`${markdown}\n`);
  });

  it('tells of each person', () => {
    const people: string[] = [];
    read('[~accountid:acc-1] [~bob]', { ...context, onPerson: (id) => people.push(id) });
    expect(people).toEqual(['acc-1', 'bob']);
  });
});

describe('what wiki markup leaves open or nobody knows', () => {
  const warned = (source: string) => read(source).warnings;

  it.each([
    ['{code}', 'code'],
    ['{code:java}', 'code'],
    ['{noformat}', 'noformat'],
    ['{quote}', 'quote'],
    ['{panel:title=x}', 'panel'],
    ['{color:red}', 'color'],
  ])('shows %s that is never closed, and warns', (tag, name) => {
    expect(wiki(`a ${tag}\nb`)).toBe(`a ${tag}\\\nb\n`);
    expect(warned(`a ${tag}\nb`)).toEqual([
      { construct: `macro:${name}`, fate: 'degraded', detail: 'not closed' },
    ]);
  });

  it('shows a tag that stands open within another macro', () => {
    expect(wiki('{quote}a {tip} b{quote} c')).toBe('> a {tip} b\n\nc\n');
  });

  it('marks a macro that it does not know, and keeps its body', () => {
    expect(wiki('{frob}\n*a*\n{frob}')).toBe('`[unsupported macro: frob]`\n\n**a**\n');
    expect(warned('{frob}\n*a*\n{frob}')).toEqual([{ construct: 'macro:frob', fate: 'degraded' }]);
    expect(wiki('{frob:a=b}')).toBe('`[unsupported macro: frob]`\n');
    expect(warned('{frob:a=b}')).toEqual([{ construct: 'macro:frob', fate: 'lost' }]);
  });

  it('names files and addresses that it can not follow', () => {
    const place = { ...context, attachment: () => undefined };
    expect(written(read('[^a.txt] !b.png!', place))).toBe('a.txt `[image: b.png]`\n');
    expect(warned('[a|javascript:alert(1)]')).toEqual([
      { construct: 'link', fate: 'degraded', detail: 'unsafe address' },
    ]);
  });

  it('reads what Jira Cloud has no markup for', () => {
    const json = JSON.stringify({ type: 'paragraph', content: [{ type: 'text', text: 'a' }] });
    expect(wiki('{adf:display=block}', json, '{adf}', 'b')).toBe('a\n\nb\n');
    expect(wiki('{adf}{"a{adf}')).toBe('```json\n{"a\n```\n');
    expect(warned('{adf}{"a{adf}')).toEqual([
      { construct: 'macro:adf', fate: 'degraded', detail: 'no JSON' },
    ]);
  });

  it('counts constructs once', () => {
    expect(read('h1. *a*\n* b\n||c||\n{quote}[d|http://e.f]{quote}').fidelity).toEqual({
      kept: 6,
      degraded: 0,
      lost: 0,
    });
  });
});
