import { describe, expect, it } from 'vitest';
import { fromStorage } from '../../src/markdown/index.ts';
import { context, storage } from './render.ts';

type Parameters = Readonly<Record<string, string>>;

function macro(name: string, parameters: Parameters = {}, body = ''): string {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}">${given.join('')}${body}</ac:structured-macro>`;
}
const rich = (body: string) => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const plain = (body: string) => `<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body>`;
const constructs = (xml: string) => fromStorage(xml, context).warnings.map((warning) => warning.construct);

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
    ['snake_case, 2*3, a footnote*', 'snake_case, 2\\*3, a footnote\\*\n'],
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

describe('tables', () => {
  it('repeats spanning values, marks header columns and joins lines in cells', () => {
    const xml =
      '<table><tbody><tr><th>A</th><th>B|C</th></tr><tr><th rowspan="2">r</th><td>1<br/>2</td></tr>' +
      '<tr><td><ul><li>x<ul><li>y</li></ul></li></ul></td></tr><tr><td colspan="2"><p>p</p><p>q</p></td></tr><tr><td>short</td></tr></tbody></table>';
    expect(storage(xml)).toBe(
      '| A | B\\|C |\n| --- | --- |\n| **r** | 1<br>2 |\n| **r** | - x<br>&nbsp;&nbsp;- y |\n| p<br>q | p<br>q |\n| short |  |\n',
    );
  });

  it('keeps a table with block content in cells as HTML around markdown', () => {
    const xml = `<table><tr><th>A</th></tr><tr><td rowspan="2">${macro('code', {}, plain('a | b\n\nc'))}</td></tr><tr><td/></tr></table>`;
    expect(storage(xml)).toBe(
      '<table>\n<tr>\n<th>\n\nA\n\n</th>\n</tr>\n<tr>\n<td rowspan="2">\n\n```\na | b\n\nc\n```\n\n</td>\n</tr>\n<tr>\n<td></td>\n</tr>\n</table>\n',
    );
  });

  it('R13 keeps the spans of a table that would expand beyond 1,000 cells', () => {
    const markdown = storage(
      '<table><tr><td colspan="500" rowspan="500">x</td></tr><tr><td>y</td></tr><tr><td>z</td></tr></table>',
    );
    expect(markdown).toContain('<td colspan="500" rowspan="500">');
    expect(markdown.length).toBeLessThan(500);
  });
});

describe('blocks and macros', () => {
  it.each([
    ['info', 'NOTE'],
    ['note', 'WARNING'],
    ['tip', 'TIP'],
    ['warning', 'CAUTION'],
    ['panel', 'NOTE'],
  ])('writes the %s macro as %s', (name, type) => {
    expect(storage(macro(name, { title: 'T' }, rich('<p>a</p><p>b</p>')))).toBe(
      `> [!${type}]\n> **T**\n>\n> a\n>\n> b\n`,
    );
  });

  it.each([
    [
      'code with a split CDATA and a fence inside',
      macro(
        'code',
        { language: 'C#', title: 'T' },
        '<ac:plain-text-body><![CDATA[a ]]]]><![CDATA[> b\n```\n  &amp; <x>]]></ac:plain-text-body>',
      ),
      '**T**\n\n````csharp\na ]]> b\n```\n  &amp; <x>\n````\n',
    ],
    ['noformat', macro('noformat', {}, plain('a\n')), '```\na\n\n```\n'],
    [
      'expand',
      macro('expand', { title: 'A &lt;b&gt; &amp;' }, rich('<p>in</p>')),
      '<details>\n<summary>A &lt;b&gt; &amp;</summary>\n\nin\n\n</details>\n',
    ],
    [
      'the editor’s panel once',
      '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>a</p></ac:adf-fallback></ac:adf-extension>',
      '> [!IMPORTANT]\n> a\n',
    ],
    [
      'decisions',
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>Go</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>',
      '- Decision: Go\n',
    ],
    [
      'layouts in order',
      '<ac:layout><ac:layout-section><ac:layout-cell><p>l</p></ac:layout-cell><ac:layout-cell><p>r</p></ac:layout-cell></ac:layout-section></ac:layout>',
      'l\n\nr\n',
    ],
    ['quotes and rules', '<blockquote><p>q</p></blockquote><hr/><p>e</p>', '> q\n\n***\n\ne\n'],
    ['no empty blocks', '<h1></h1><p/><p>&nbsp;</p><p>a</p>', 'a\n'],
    ['derived lists as nothing', macro('toc') + macro('pagetree'), '\n'],
    [
      'an excerpt and page properties',
      macro('excerpt', {}, rich('<p>a</p>')) + macro('details', {}, rich('<p>b</p>')),
      'a\n\nb\n',
    ],
    [
      'jira issues',
      `<p>${macro('jira', { key: 'ACME-1' })}</p>${macro('jira', { jqlQuery: 'project = X' })}`,
      '[ACME-1](https://acme.atlassian.net/browse/ACME-1)\n\n`[Jira issues: project = X]`\n',
    ],
    [
      'a file',
      macro('view-file', {}).replace(
        '</ac:s',
        '<ac:parameter ac:name="name"><ri:attachment ri:filename="a b.pdf"/></ac:parameter></ac:s',
      ),
      '[a b.pdf](https://acme.atlassian.net/files/a%20b.pdf)\n',
    ],
    ['an anchor', `<p>${macro('anchor', { '': 'my place' })}a</p>`, '<a id="my-place"></a>a\n'],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
  });

  it('leaves a marker and the body of a macro that it does not know, and warns once', () => {
    const xml = macro('roadmap', { title: 'x' }, rich('<p>kept</p>'));
    expect(storage(xml)).toBe('`[unsupported macro: roadmap]`\n\nkept\n');
    expect(constructs(xml)).toEqual(['macro:roadmap']);
    expect(constructs(macro('toc') + macro('info', {}, rich('<p>a</p>')))).toEqual([]);
  });
});

describe('links and images', () => {
  const site = 'https://acme.atlassian.net';
  it.each([
    [
      '<ac:link><ri:page ri:content-title="My (first) Page"/></ac:link>',
      `[My (first) Page](${site}/wiki/display/ENG/My%20%28first%29%20Page)`,
    ],
    [
      '<ac:link ac:anchor="Some-Heading"><ri:page ri:space-key="OPS" ri:content-title="R&amp;D"/><ac:link-body>see <b>it</b></ac:link-body></ac:link>',
      `[see **it**](${site}/wiki/display/OPS/R%26D#some-heading)`,
    ],
    [
      '<ac:link><ri:content-entity ri:content-id="77"/><ac:plain-text-link-body><![CDATA[a_b_]]></ac:plain-text-link-body></ac:link>',
      `[a_b_](${site}/wiki/pages/viewpage.action?pageId=77)`,
    ],
    ['<ac:link><ri:space ri:space-key="OPS"/></ac:link>', `[OPS](${site}/wiki/spaces/OPS)`],
    ['<ac:link><ri:attachment ri:filename="a.pdf"/></ac:link>', `[a.pdf](${site}/files/a.pdf)`],
    [
      '<ac:link><ri:blog-post ri:content-title="News" ri:posting-day="2024/05/06"/></ac:link>',
      `[News](${site}/wiki/display/ENG/2024/05/06/News)`,
    ],
    ['<a href="/wiki/x">rel</a>', `[rel](${site}/wiki/x)`],
    [
      `<a href="${site}/browse/OPS-14" data-card-appearance="inline">${site}/browse/OPS-14</a>`,
      `[OPS-14](${site}/browse/OPS-14)`,
    ],
    [
      `<a href="${site}/wiki/spaces/E/pages/7/Go+home" data-card-appearance="inline">${site}/wiki/spaces/E/pages/7/Go+home</a>`,
      `[Go home](${site}/wiki/spaces/E/pages/7/Go+home)`,
    ],
    ['<a href="https://x.example/">https://x.example/</a>', '[https://x.example/](https://x.example/)'],
    ['<a href="https://x.example/a?b=1&amp;copy;=2">x</a>', '[x](https://x.example/a?b=1&amp;copy;=2)'],
    ['Look!<a href="https://x.example">x</a>', 'Look\\![x](https://x.example)'],
    ['<a href="https://x.example">a ] b</a>', '[a \\] b](https://x.example)'],
    ['<a href="https://x.example">[ENG-1] t</a>', '[[ENG-1] t](https://x.example)'],
    ['<ac:image ac:alt="A"><ri:attachment ri:filename="p.png"/></ac:image>', `![A](${site}/files/p.png)`],
    [
      '<ac:image><ri:attachment ri:filename="p.png"/><ac:caption><p>The <b>p</b></p></ac:caption></ac:image>',
      `![p.png](${site}/files/p.png)\\\n_The **p**_`,
    ],
    [
      '<ac:image><ri:url ri:value="https://h.example/a(1).png"/></ac:image>',
      '![](https://h.example/a%281%29.png)',
    ],
  ])('writes %s', (xml, markdown) => {
    expect(storage(`<p>${xml}</p>`)).toBe(`${markdown}\n`);
  });

  it.each(['javascript:alert(1)', 'java&#10;script:alert(1)', ' DATA:text/html,x', 'vbscript:x'])(
    'drops the address %s',
    (href) => {
      const xml = `<p><a href="${href}">text</a></p>`;
      expect(storage(xml)).toBe('text\n');
      expect(constructs(xml)).toEqual(['link']);
    },
  );

  it('leads links within the page to the heading’s GitHub slug', () => {
    const link = (anchor: string) =>
      `<p><ac:link ac:anchor="${anchor}"><ac:link-body>x</ac:link-body></ac:link></p>`;
    expect(
      storage(
        `${link('Some Heading!')}${link('SomeHeading!')}<p><a href="#Some-Heading!">x</a></p><h2>Some Heading!</h2>`,
      ),
    ).toBe('[x](#some-heading)\n\n[x](#some-heading)\n\n[x](#some-heading)\n\n## Some Heading!\n');
  });
});

describe('malformed input', () => {
  it('keeps the text and says so', () => {
    const xml = '<p>a<b>b</p><p>c</div><ac:structured-macro ac:name="info"><ac:rich-text-body><p>d';
    expect(storage(xml)).toBe('a**b**\n\nc\n\n> [!NOTE]\n> d\n');
    expect(constructs(xml)).toEqual(['malformed']);
    expect(constructs('<p>a<br/>b<br>c</p><p/><hr />')).toEqual([]);
  });

  it('removes what would be read as a link mark or control', () => {
    expect(storage('<p>a\uFDD0b\uFDD1c\u0007d</p>')).toBe('abcd\n');
  });
});
