import { deflateRawSync } from 'node:zlib';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { fromStorage } from '../../src/markdown/index.ts';
import { MACROS } from '../../src/markdown/macros/registry.ts';
import { context, parse, storage, written } from './render.ts';
import { macro, page, plain, rich } from './storage-format.ts';

const constructs = (xml: string) => fromStorage(xml, context).warnings.map((warning) => warning.construct);

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
    [
      'wiki markup of old pages',
      macro('unmigrated-wiki-markup', {}, plain('h2. *a*\n||b||\n|c|')),
      '## **a**\n\n| b |\n| --- |\n| c |\n',
    ],
    [
      'wiki markup in a line',
      `<p>a ${macro('unmigrated-inline-wiki-markup', {}, plain('_b_'))} c</p>`,
      'a _b_ c\n',
    ],
    [
      'a chart',
      macro('chart', { title: 'T' }, rich('<table><tr><th>a</th></tr></table>')),
      '**T**\n\n| a |\n| --- |\n',
    ],
    [
      'the body of a macro that should have none',
      macro('status', { title: 'A' }, rich('<p>b</p>')),
      '`A`\n\nb\n',
    ],
    ['rich text in place of code', macro('code', {}, rich('<p>a <b>b</b></p>')), 'a **b**\n'],
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
    ['aids for the screen as nothing', macro('toc') + macro('livesearch') + macro('viewtracker'), '\n'],
    [
      'an excerpt and page properties',
      macro('excerpt', {}, rich('<p>a</p>')) + macro('details', {}, rich('<p>b</p>')),
      'a\n\nb\n',
    ],
    ['a panel with plain text', macro('info', {}, plain('a * b')), '> [!NOTE]\n> a * b\n'],
    [
      'a macro without a body around its content',
      macro('tip', { title: 'T' }, '<p>a</p>b'),
      '> [!TIP]\n> **T**\n>\n> a\n>\n> b\n',
    ],
    [
      'an excerpt in a line',
      `<p>a ${macro('excerpt', { 'atlassian-macro-output-type': 'INLINE' }, rich('<p>b</p>'))} c</p>`,
      'a b c\n',
    ],
    [
      'a macro as old pages have it',
      '<ac:macro ac:name="code"><ac:default-parameter>java</ac:default-parameter><ac:plain-text-body><![CDATA[a]]></ac:plain-text-body></ac:macro>',
      '```java\na\n```\n',
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
    const xml = macro('zeppelin', { title: 'x' }, rich('<p>kept</p>'));
    expect(storage(xml)).toBe('`[unsupported macro: zeppelin]`\n\nkept\n');
    expect(constructs(xml)).toEqual(['macro:zeppelin']);
    expect(constructs(macro('toc') + macro('info', {}, rich('<p>a</p>')))).toEqual([]);
  });

  it.each(MACROS.map(({ names, example }) => [names[0] ?? '', example] as const))(
    'knows its own example of %s',
    (name, example) => {
      const markdown = storage(example);
      expect(example).toContain(`ac:name="${name}"`);
      expect(markdown).not.toContain('unsupported macro');
      expect(markdown).not.toMatch(/<\/?(?:ac|ri):/);
    },
  );

  it('has no name twice', () => {
    const names = MACROS.flatMap((definition) => definition.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
  });
});

describe('code and diagrams', () => {
  const packed = (text: string) => deflateRawSync(encodeURIComponent(text)).toString('base64');
  it.each([
    [
      'c++ and line numbers',
      macro('code', { language: 'c++', linenumbers: 'true', theme: 'Midnight' }, plain('a')),
      '```cpp\na\n```\n',
    ],
    [
      'a language of no meaning',
      macro('code', { language: 'constructor' }, plain('a')),
      '```constructor\na\n```\n',
    ],
    ['no language', macro('code', { language: 'none' }, plain('a')), '```\na\n```\n'],
    [
      'adjacent CDATA',
      macro('code', {}, '<ac:plain-text-body><![CDATA[a]]><![CDATA[b]]></ac:plain-text-body>'),
      '```\nab\n```\n',
    ],
    ['noformat with a title', macro('noformat', { title: 'T' }, plain('a')), '**T**\n\n```\na\n```\n'],
    ['pre with breaks and a language', '<pre class="language-js">a<br/>b &lt;</pre>', '```js\na\nb <\n```\n'],
    ['mermaid', macro('mermaid-cloud', {}, plain('graph TD')), '```mermaid\ngraph TD\n```\n'],
    [
      'packed PlantUML',
      macro('plantumlcloud', { compressed: 'true', data: packed('@startuml\na -> b: ä\n@enduml') }),
      '```plantuml\n@startuml\na -> b: ä\n@enduml\n```\n',
    ],
    ['encoded PlantUML', macro('plantumlcloud', { data: 'a%20-%3E%20b' }), '```plantuml\na -> b\n```\n'],
    ['graphviz', macro('graphviz', {}, plain('digraph {}')), '```dot\ndigraph {}\n```\n'],
    [
      'a preview',
      macro('drawio', { diagramName: 'net', diagramDisplayName: 'The net' }),
      '![The net](https://acme.atlassian.net/files/net.png)\n',
    ],
    ['a diagram without one', macro('gliffy', { name: 'gone.png' }), '`[gliffy: gone.png]`\n'],
    [
      'a diagram elsewhere',
      macro('lucidchart', { title: 'Plan', url: 'https://l.example/1' }),
      '[Plan](https://l.example/1)\n',
    ],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
  });

  it('links a preview to what it was drawn from', () => {
    const files = ['net', 'net.png'].map((name) => ({ name, url: `https://f.example/${name}` }));
    const inContext = { ...context, attachments: () => files };
    const xml = macro('drawio', { diagramName: 'net' }) + macro('drawio', { diagramName: 'other' });
    expect(written(fromStorage(xml, inContext))).toBe(
      '![net](https://f.example/net.png) [Source of net](https://f.example/net)\n\n`[drawio: other]`\n',
    );
    expect(written(fromStorage(macro('new-tool', { filename: 'net' }), inContext))).toBe(
      '`[unsupported macro: new-tool]`\n\n![net](https://f.example/net.png) [Source of net](https://f.example/net)\n',
    );
  });

  it('R13 unpacks no bomb', () => {
    const bomb = deflateRawSync('a'.repeat(50_000_000)).toString('base64');
    const xml = macro('plantumlcloud', { compressed: 'true', data: bomb.slice(0, 100_000) });
    const markdown = storage(
      xml + macro('plantumlcloud', { compressed: 'true', data: packed('b'.repeat(400_000)) }),
    );
    expect(markdown).toBe('`[plantuml diagram: unnamed]`\n\n`[plantuml diagram: unnamed]`\n');
  });
});

describe('panels', () => {
  it.each([
    ['#E3FCEF', 'TIP'],
    ['#FFFAE6', 'WARNING'],
    ['#FFEBE6', 'CAUTION'],
    ['#EAE6FF', 'IMPORTANT'],
    ['#DEEBFF', 'NOTE'],
    ['#E6FCFF', 'NOTE'],
    ['#f4f5f7', 'NOTE'],
    ['#0f0', 'TIP'],
    ['Red', 'CAUTION'],
    ['var(--ds-background-accent-green-subtlest)', 'TIP'],
    ['inherit', 'NOTE'],
  ])('reads the colour %s as %s', (bgColor, type) => {
    expect(storage(macro('panel', { bgColor, panelIconText: '🧪' }, rich('<p>a</p>')))).toBe(
      `> [!${type}]\n> 🧪 a\n`,
    );
  });

  it.each([
    ['note', 'IMPORTANT'],
    ['success', 'TIP'],
    ['warning', 'WARNING'],
    ['error', 'CAUTION'],
    ['info', 'NOTE'],
  ])('reads the editor’s %s as %s', (type, expected) => {
    const xml = `<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">${type}</ac:adf-attribute><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node></ac:adf-extension>`;
    expect(storage(xml)).toBe(`> [!${expected}]\n> a\n`);
  });

  it('puts the icon before a title, and before content that is no paragraph', () => {
    expect(
      storage(macro('panel', { panelIcon: ':tada:', panelIconId: '1f389', title: 'T' }, rich('<p>a</p>'))),
    ).toBe('> [!NOTE]\n> **🎉 T**\n>\n> a\n');
    expect(storage(macro('panel', { panelIconText: '🎉' }, rich('<ul><li>a</li></ul>')))).toBe(
      '> [!NOTE]\n> 🎉\n>\n> - a\n',
    );
  });
});

describe('math and footnotes', () => {
  const inline = (body: string) => macro('mathinline', { body });
  it.each([
    ['a block', macro('mathblock', {}, plain('$$\nE = mc^2\n$$')), '```math\nE = mc^2\n```\n'],
    ['an easy block', macro('easy-math-block', { body: 'x', align: 'center' }), '```math\nx\n```\n'],
    ['a formula in a line', `<p>a ${inline('E_1 * 2')} b</p>`, 'a $`E_1 * 2`$ b\n'],
    [
      'a formula in a cell',
      `<table><tr><th>${inline('|x|')}</th></tr></table>`,
      '| $`\\|x\\|`$ |\n| --- |\n',
    ],
    [
      'footnotes',
      `<p>a${macro('footnote', {}, rich('<p>One <b>b</b></p>'))} b${macro('footnote', {}, rich('<p>1. two</p>'))}</p>${macro('display-footnotes')}<p>c</p>`,
      'a[^1] b[^2]\n\nc\n\n[^1]: One **b**\n\n[^2]: 1\\. two\n',
    ],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
  });

  it('writes footnotes that GitHub reads as such', () => {
    const types = new Set<string>();
    const collect = (node: Nodes) => {
      types.add(node.type);
      if ('children' in node) node.children.forEach(collect);
    };
    collect(parse(storage(`<p>a${macro('footnote', {}, rich('<p>b</p>'))}</p>`)));
    expect([...types]).toEqual(expect.arrayContaining(['footnoteReference', 'footnoteDefinition']));
  });
});

describe('arrangements', () => {
  const tab = (name: string, parameter: string, title: string) =>
    macro(name, { [parameter]: title }, rich(`<p>in ${title}</p>`));
  it.each([
    ['tabs-group', 'tab', 'title'],
    ['ui-tabs', 'ui-tab', 'title'],
    ['auitabs', 'auitabspage', 'title'],
    ['deck', 'card', 'label'],
    ['localtabgroup', 'localtab', 'title'],
  ])('writes the tabs of %s under their titles', (group, name, parameter) => {
    const xml = macro(group, {}, rich(tab(name, parameter, 'A') + tab(name, parameter, 'B')));
    expect(storage(xml)).toBe('**A**\n\nin A\n\n**B**\n\nin B\n');
  });

  it.each([
    [
      'steps',
      macro(
        'ui-steps',
        {},
        rich(macro('ui-step', {}, rich('<p>a</p>')) + macro('ui-step', {}, rich('<p>b</p>'))),
      ),
      '1. a\n2. b\n',
    ],
    ['a button', macro('ui-button', { title: 'Go', url: 'https://x.example' }), '[Go](https://x.example)\n'],
    [
      'a button to a page',
      macro('button', { text: 'Go', '': page('P') }),
      '[Go](https://acme.atlassian.net/wiki/display/ENG/P)\n',
    ],
    ['a button that runs code', macro('button', { text: 'Go', url: 'javascript:x' }), '`[button: Go]`\n'],
    ['a text box', macro('ui-text-box', { type: 'warning' }, rich('<p>a</p>')), '> [!WARNING]\n> a\n'],
    [
      'columns',
      macro(
        'section',
        {},
        rich(macro('column', {}, rich('<p>a</p>')) + macro('column', {}, rich('<p>b</p>'))),
      ),
      'a\n\nb\n',
    ],
    ['what exports ignore', macro('scroll-ignore', {}, rich('<p>a</p>')) + macro('scroll-pagebreak'), 'a\n'],
    [
      'a nested expand',
      macro('expand', { title: 'A' }, rich(macro('expand', { title: 'B' }, rich('<p>c</p>')))),
      '<details>\n<summary>A</summary>\n\n<details>\n<summary>B</summary>\n\nc\n\n</details>\n\n</details>\n',
    ],
    ['a person', macro('profile', { user: '<ri:user ri:account-id="acc-1"/>' }), '@Ann Lee\n'],
    [
      'a video',
      macro('widget', { url: '<ri:url ri:value="https://v.example/1"/>' }),
      '[https://v.example/1](https://v.example/1)\n',
    ],
    ['a frame', macro('iframe', { src: 'https://f.example/', title: 'F' }), '[F](https://f.example/)\n'],
    ['HTML', macro('html', {}, plain('<p>a <b>b</b></p><script>c()</script>')), 'a **b**\n'],
    [
      'markdown',
      macro(
        'markdown',
        {},
        plain(
          '# H\n\n<b>raw</b> [r][1] [s](javascript:x) x[^1]\n\n| a |\n| - |\n| b |\n\n[1]: /r\n[^1]: Foot',
        ),
      ),
      '# H\n\n\\<b>raw\\</b> [r](https://acme.atlassian.net/r) s x[^1]\n\n| a |\n| --- |\n| b |\n\n[^1]: Foot\n',
    ],
    [
      'markdown that is nested too deep',
      macro('markdown', {}, plain(`${'> '.repeat(61)}a`)),
      `\`\`\`markdown\n${'> '.repeat(61)}a\n\`\`\`\n`,
    ],
  ])('writes %s', (_, xml, markdown) => {
    expect(storage(xml)).toBe(markdown);
  });
});
