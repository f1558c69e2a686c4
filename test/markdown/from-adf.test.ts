import { describe, expect, it } from 'vitest';
import { fromAdf, writeMarkdown } from '../../src/markdown/index.ts';
import { adf, context } from './render.ts';

const mark = (type: string, attrs?: object) => ({ type, ...(attrs && { attrs }) });
const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, marks });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const node = (type: string, attrs: object = {}, ...content: unknown[]) => ({ type, attrs, content });
const site = 'https://acme.atlassian.net';
const link = (href: string) => mark('link', { href });
const task = (state: string, value: string) => node('taskItem', { state }, text(value));

describe('fromAdf', () => {
  it.each([
    [
      'marks',
      p(
        text('a', mark('strong')),
        text(' '),
        text('b', mark('em')),
        text(' '),
        text('c', mark('strike')),
        text(' '),
        text('d', mark('underline')),
        text('2', mark('subsup', { type: 'sup' })),
        text(' e', mark('textColor', { color: '#ff0000' })),
      ),
      '**a** _b_ ~~c~~ <u>d</u><sup>2</sup> e\n',
    ],
    [
      'one link over several marks',
      p(text('a ', link('https://x.example')), text('b', mark('strong'), link('https://x.example'))),
      '[a **b**](https://x.example)\n',
    ],
    ['linked code', p(text('f()', mark('code'), link('/wiki/x'))), `[\`f()\`](${site}/wiki/x)\n`],
    [
      'people, dates, status, emoji',
      p(
        node('mention', { id: 'acc-1', text: '@old' }),
        text(' '),
        node('mention', { id: 'acc-9', text: '@Written' }),
        text(' '),
        node('date', { timestamp: '1700000000000' }),
        text(' '),
        node('status', { text: 'Done' }),
        text(' '),
        node('emoji', { shortName: ':own:' }),
        node('hardBreak'),
        node('placeholder', { text: 'type' }),
        text('x'),
      ),
      '@Ann Lee @Written 2023-11-14 `Done` :own:\\\nx\n',
    ],
    ['cards', node('blockCard', { url: `${site}/browse/A-1` }), `[A-1](${site}/browse/A-1)\n`],
    ['headings', node('heading', { level: 9 }, text('h')), '###### h\n'],
    [
      'lists',
      node(
        'orderedList',
        { order: 4 },
        node('listItem', {}, p(text('a')), node('bulletList', {}, node('listItem', {}, p(text('b'))))),
      ),
      '4. a\n   - b\n',
    ],
    [
      'tasks',
      node(
        'taskList',
        {},
        task('DONE', 'a'),
        node('taskList', {}, task('TODO', 'b')),
        node('blockTaskItem', { state: 'TODO' }, p(text('c'))),
      ),
      '- [x] a\n  - [ ] b\n- [ ] c\n',
    ],
    [
      'decisions',
      node('decisionList', {}, node('decisionItem', { state: 'DECIDED' }, text('go'))),
      '- Decision: go\n',
    ],
    ['code', node('codeBlock', { language: 'ts' }, text('a\n\n```')), '````ts\na\n\n```\n````\n'],
    ['panels', node('panel', { panelType: 'error' }, p(text('a'))), '> [!CAUTION]\n> a\n'],
    [
      'expands',
      node('expand', { title: 'T' }, node('nestedExpand', {}, p(text('a')))),
      '<details>\n<summary>T</summary>\n\n<details>\n<summary>Details</summary>\n\na\n\n</details>\n\n</details>\n',
    ],
    [
      'tables',
      node(
        'table',
        {},
        node('tableRow', {}, node('tableHeader', {}, p(text('A'))), node('tableHeader', {}, p(text('B')))),
        node('tableRow', {}, node('tableCell', { colspan: 2 }, p(text('c')))),
      ),
      '| A | B |\n| --- | --- |\n| c | c |\n',
    ],
    [
      'captioned media',
      node(
        'mediaSingle',
        {},
        node('media', { id: 'media-1', type: 'file' }),
        node('caption', {}, text('cap')),
      ),
      `![plan.png](${site}/files/plan.png)\\\n_cap_\n`,
    ],
    [
      'media that is not known',
      node('mediaSingle', {}, node('media', { id: 'm-2', type: 'file', alt: 'x.png' })),
      '`[image: x.png]`\n',
    ],
    [
      'layouts',
      node(
        'layoutSection',
        {},
        node('layoutColumn', { width: 50 }, p(text('l'))),
        node('layoutColumn', { width: 50 }, p(text('r'))),
      ),
      'l\n\nr\n',
    ],
    [
      'macros by the same names as storage format',
      node('extension', { extensionKey: 'jira', parameters: { macroParams: { key: { value: 'A-2' } } } }),
      `[A-2](${site}/browse/A-2)\n`,
    ],
    [
      'an unknown extension',
      node('bodiedExtension', { extensionKey: 'zeppelin' }, p(text('kept'))),
      '`[unsupported macro: zeppelin]`\n\nkept\n',
    ],
    [
      'panels of any colour and icon',
      node('panel', { panelType: 'custom', panelColor: '#FFEBE6', panelIconText: '🚫' }, p(text('a'))),
      '> [!CAUTION]\n> 🚫 a\n',
    ],
    [
      'numbered tables',
      node(
        'table',
        { isNumberColumnEnabled: true },
        node('tableRow', {}, node('tableHeader', {}, p(text('A')))),
        node('tableRow', {}, node('tableCell', {}, p(text('b')))),
        node('tableRow', {}, node('tableHeader', {}, p(text('c')))),
      ),
      '|  | A |\n| --- | --- |\n| 1 | b |\n| 2 | **c** |\n',
    ],
    [
      'nested tables and blocks in cells',
      node(
        'table',
        {},
        node(
          'tableRow',
          {},
          node('tableCell', { colspan: 2 }, node('codeBlock', {}, text('x'))),
          node('tableCell', {}, node('table', {}, node('tableRow', {}, node('tableCell', {}, p(text('y')))))),
        ),
      ),
      '<table>\n<tr>\n<td colspan="2">\n\n```\nx\n```\n\n</td>\n<td>\n\n| y |\n| --- |\n\n</td>\n</tr>\n</table>\n',
    ],
    [
      'files in a row, and external media',
      node(
        'mediaGroup',
        {},
        node('media', { id: 'media-1', type: 'file' }),
        node('media', { type: 'external', url: 'https://x.example/a.png', alt: 'a.png' }),
      ),
      `![plan.png](${site}/files/plan.png)\n\n![a.png](https://x.example/a.png)\n`,
    ],
    [
      'linked media',
      {
        ...node('mediaSingle', {}, node('media', { id: 'media-1', type: 'file', alt: 'Plan' })),
        marks: [link('/wiki/x')],
      },
      `[![Plan](${site}/files/plan.png)](${site}/wiki/x)\n`,
    ],
    [
      'cards by the data that came with them',
      p(
        node('inlineCard', {
          data: { '@type': 'Document', name: 'The Plan', url: 'https://x.example/plan' },
        }),
      ),
      '[The Plan](https://x.example/plan)\n',
    ],
    [
      'cards of a query',
      node('blockCard', {
        url: `${site}/issues/?jql=x`,
        datasource: { id: 'd', parameters: { cloudId: 'c', jql: 'project = A' }, views: [{ type: 'table' }] },
      }),
      `[\`[Jira issues: project = A]\`](${site}/issues/?jql=x)\n`,
    ],
    [
      "apps' extensions by the last part of their keys",
      node('extension', {
        extensionType: 'com.atlassian.ecosystem',
        extensionKey: '5f-app/1a-env/static/poll',
        parameters: {},
      }),
      '`[unsupported macro: poll]`\n',
    ],
    [
      'extensions without a name by their title, with what they show elsewhere',
      node('extension', { extensionKey: '', parameters: { extensionTitle: 'Poll' }, text: 'Yes or no?' }),
      '`[unsupported macro: poll]`\n\nYes or no?\n',
    ],
    [
      'extensions of several bodies',
      node(
        'multiBodiedExtension',
        { extensionKey: 'tabs-app' },
        node('extensionFrame', {}, p(text('a'))),
        node('extensionFrame', {}, p(text('b'))),
      ),
      '`[unsupported macro: tabs-app]`\n\na\n\nb\n',
    ],
    [
      'synced blocks',
      node(
        'doc',
        {},
        node('bodiedSyncBlock', { resourceId: 'r' }, p(text('a'))),
        node('syncBlock', { resourceId: 's' }),
      ),
      'a\n\n`[synced block of another page]`\n',
    ],
    [
      'content where the schema allows none',
      node('doc', {}, node('rule', {}, p(text('a'))), node('decisionList', {}, p(text('b')))),
      '***\n\na\n\n- Decision: b\n',
    ],
    [
      'what Confluence has no node for',
      node(
        'doc',
        {},
        node('confluenceUnsupportedBlock', { cxhtml: '<h2>a</h2><p>b <b>c</b></p>' }),
        p(text('d '), node('confluenceUnsupportedInline', { cxhtml: '<i>e</i>' })),
        node('confluenceUnsupportedBlock', {}),
      ),
      '## a\n\nb **c**\n\nd _e_\n\n`[unsupported node: confluenceUnsupportedBlock]`\n',
    ],
    ['an unknown node', node('weird', {}), '`[unsupported node: weird]`\n'],
  ])('writes %s', (_, source, markdown) => {
    expect(adf(source)).toBe(markdown);
  });

  it.each([
    null,
    7,
    'x',
    [],
    {},
    { type: 'doc' },
    { type: 'doc', content: [null, 3, { type: 'text' }, { content: {} }] },
    { type: 'doc', content: [{ type: 'heading', content: [{ type: 'text', text: 4 }] }] },
  ])('reads %j without complaint', (doc) => {
    expect(writeMarkdown(fromAdf(doc, context).root)).toMatch(/\n$/);
  });

  it('counts marks, nodes and links as constructs, and what it can not keep', () => {
    const { fidelity, warnings } = fromAdf(
      {
        type: 'doc',
        content: [
          p(text('a', mark('strong'), mark('odd')), text('b', link('javascript:x'))),
          node('mediaSingle', {}, node('media', { type: 'external', url: 'data:,x' })),
        ],
      },
      context,
    );
    expect(warnings.map(({ construct, fate }) => `${construct} ${fate}`)).toEqual([
      'mark:odd degraded',
      'link degraded',
      'media lost',
    ]);
    expect(fidelity).toEqual({ kept: 1, degraded: 2, lost: 1 });
  });

  it('warns of colours that alone say something', () => {
    const cell = (background: string, ...content: unknown[]) => node('tableCell', { background }, ...content);
    const warningsOf = (...cells: unknown[]) =>
      fromAdf(node('doc', {}, node('table', {}, node('tableRow', {}, ...cells))), context).warnings;
    expect(warningsOf(cell('#e3fcef', p()), cell('#ffbdad', p()))).toEqual([
      { construct: 'table', fate: 'degraded', detail: 'colours of empty cells' },
    ]);
    expect(warningsOf(cell('#e3fcef', p(text('a'))), cell('#ffffff', p()))).toEqual([]);
  });

  it('R13 flattens what is nested deeper than 100 levels and says so', () => {
    let doc: unknown = text('deep');
    for (let level = 0; level < 10_000; level++) doc = { type: 'blockquote', content: [doc] };
    const { root, warnings } = fromAdf(doc, context);
    expect(writeMarkdown(root)).toContain('deep');
    expect(warnings).toContainEqual({ construct: 'depth', fate: 'degraded' });
  });
});
