import { describe, expect, it } from 'vitest';
import {
  fromStorage,
  type IncludedPage,
  type PageReference,
  type ReadContext,
} from '../../src/markdown/index.ts';
import { context, written } from './render.ts';
import { macro, page, rich } from './storage-format.ts';

const SITE = 'https://acme.atlassian.net';

/** A site of pages by title; each has its title as id. */
function site(pages: Readonly<Record<string, string>>): ReadContext {
  const named = (reference: PageReference): IncludedPage | undefined => {
    const title = 'id' in reference ? reference.id : reference.title;
    const storage = pages[title];
    return storage === undefined
      ? undefined
      : { id: title, space: 'OPS', title, url: `${SITE}/wiki/spaces/OPS/pages/${title}`, storage };
  };
  return {
    ...context,
    pageId: 'self',
    included: named,
    attachment: ({ name, page: owner }) =>
      name === undefined
        ? undefined
        : { name, url: `${SITE}/files/${owner && 'id' in owner ? owner.id : 'own'}/${name}` },
  };
}

const include = (title: string) => macro('include', { '': page(title) });
const read = (xml: string, inContext: ReadContext) => written(fromStorage(xml, inContext));
const warnings = (xml: string, inContext: ReadContext) =>
  fromStorage(xml, inContext).warnings.map(
    ({ construct, fate, detail }) => `${construct} ${fate}: ${detail}`,
  );
const from = (title: string) => `_Included from [${title}](${SITE}/wiki/spaces/OPS/pages/${title}):_`;

describe('include', () => {
  it('shows the content of the page under a link to it', () => {
    const pages = site({ A: '<h2>T</h2><p><ac:image><ri:attachment ri:filename="p.png"/></ac:image></p>' });
    expect(read(include('A'), pages)).toBe(`${from('A')}\n\n## T\n\n![p.png](${SITE}/files/A/p.png)\n`);
    expect(warnings(include('A'), pages)).toEqual([]);
  });

  it('has no properties of the page', () => {
    const pages = site({ A: macro('details', {}, rich('<table><tr><th>x</th><td>y</td></tr></table>')) });
    expect(fromStorage(include('A'), pages).properties.size).toBe(0);
  });

  it('finds a page that old text names', () => {
    const pages = site({ 'A: b': '<p>x</p>', B: '<p>y</p>' });
    expect(read(macro('include', { '': 'A: b' }), pages)).toContain('x\n');
    expect(read(macro('include', { '': 'OPS:B' }), pages)).toContain('y\n');
  });

  it('leaves a link to a page that is not available', () => {
    expect(read(include('Gone'), site({}))).toBe(`\`[include]\` [Gone](${SITE}/wiki/display/ENG/Gone)\n`);
    expect(warnings(include('Gone'), context)).toEqual(['macro:include lost: page not available']);
  });

  it('ends where pages include themselves, directly or by one another', () => {
    const pages = site({ self: '<p>s</p>', A: `<p>a</p>${include('B')}`, B: `<p>b</p>${include('A')}` });
    expect(read(include('self'), pages)).toBe(
      `\`[include: includes itself]\` [self](${SITE}/wiki/spaces/OPS/pages/self)\n`,
    );
    expect(read(include('A'), pages)).toBe(
      `${from('A')}\n\na\n\n${from('B')}\n\nb\n\n\`[include: includes itself]\` [A](${SITE}/wiki/spaces/OPS/pages/A)\n`,
    );
    expect(warnings(include('A'), pages)).toEqual(['macro:include degraded: includes itself']);
  });

  it('ends below six pages', () => {
    const pages = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`P${n}`, `<p>n${n}</p>${include(`P${n + 1}`)}`]),
    );
    const markdown = read(include('P0'), site(pages));
    expect(markdown).toContain('n4');
    expect(markdown).not.toContain('n5');
    expect(markdown).toContain('`[include: included too deep]`');
  });

  const bound = (xml: string) => 10 * xml.length + 65_536;
  it('R13 includes one page a thousand times only as often as fits', () => {
    const xml = include('A').repeat(1000);
    const pages = site({ A: `<p>${'word '.repeat(4000)}</p>` });
    const { fidelity } = fromStorage(xml, pages);
    expect(read(xml, pages).length).toBeLessThan(bound(xml));
    expect(fidelity.degraded).toBeGreaterThan(900);
  });

  it('R13 includes no bomb: pages that include ten others each', () => {
    const pages = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `P${n}`,
        `<p>${'x'.repeat(300)}</p>${Array.from({ length: 10 }, (_, m) => include(`P${(n * 7 + m * 11 + 1) % 60}`)).join('')}`,
      ]),
    );
    const markdown = read(include('P0'), site(pages));
    expect(markdown.length).toBeLessThan(bound(include('P0')));
  });

  it('does not count what it could not show', () => {
    const pages = site({ A: `<p>${'word '.repeat(40_000)}</p>${macro('zeppelin')}` });
    expect(warnings(include('A'), pages)).toEqual(['macro:include degraded: too large']);
  });
});

describe('excerpts', () => {
  const excerpt = (name: string, text: string, hidden = 'false') =>
    macro('excerpt', { name, hidden }, rich(`<p>${text}</p>`));
  const pages = site({
    A: `<p>no</p>${excerpt('one', 'first')}<p>no</p>${excerpt('two', 'second', 'true')}`,
  });

  it('hides a hidden excerpt from its own page only', () => {
    expect(read(excerpt('a', 'seen') + excerpt('b', 'unseen', 'true'), pages)).toBe('seen\n');
    expect(warnings(excerpt('b', 'unseen', 'true'), pages)).toEqual(['macro:excerpt lost: hidden']);
  });

  it.each([
    ['the first', macro('excerpt-include', { '': page('A'), nopanel: 'true' }), 'first'],
    ['that of a name', macro('excerpt-include', { '': page('A'), name: 'two' }), 'second'],
    [
      'that of a name of another app',
      macro('multiexcerpt-include', { PageWithExcerpt: page('A'), MultiExcerptName: 'one' }),
      'first',
    ],
  ])('takes %s of a page', (_, xml, text) => {
    expect(read(xml, pages)).toBe(`${from('A')}\n\n${text}\n`);
  });

  it('says that there is none', () => {
    const xml = macro('excerpt-include', { '': page('A'), name: 'three' });
    expect(read(xml, pages)).toBe(`\`[excerpt-include]\` [A](${SITE}/wiki/spaces/OPS/pages/A)\n`);
    expect(warnings(xml, pages)).toEqual(['macro:excerpt-include lost: no such excerpt']);
  });

  it('reads blocks that pages share', () => {
    const shared = site({ A: macro('shared-block', { 'shared-block-key': 'k' }, rich('<p>s</p>')) });
    const xml = macro('include-shared-block', { 'shared-block-key': 'k', page: page('A') });
    expect(read(xml, shared)).toBe(`${from('A')}\n\ns\n`);
  });
});

describe('page properties', () => {
  const properties = (table: string, parameters = {}) =>
    fromStorage(macro('details', parameters, rich(table)), context);
  const COLUMN =
    '<table><tr><th>Owner</th><td><ac:link><ri:user ri:account-id="acc-1"/></ac:link></td></tr><tr><th>State</th><td><ul><li>a</li><li><b>b</b></li></ul></td></tr></table>';

  it.each([
    [
      'a header column',
      COLUMN,
      [
        ['Owner', '@Ann Lee'],
        ['State', 'a, b'],
      ],
    ],
    [
      'a header row',
      '<table><tr><th>Owner</th><th>Due</th></tr><tr><td>Ann</td><td><time datetime="2026-01-02"/></td></tr></table>',
      [
        ['Owner', 'Ann'],
        ['Due', '2026-01-02'],
      ],
    ],
    ['no headers', '<table><tr><td>Owner</td><td>Ann</td></tr></table>', [['Owner', 'Ann']]],
    ['headers everywhere', '<table><tr><th>Owner</th><th>Ann</th></tr></table>', [['Owner', 'Ann']]],
    [
      'a block in a cell',
      '<table><tr><th>Owner</th><td><blockquote>Ann</blockquote></td></tr></table>',
      [['Owner', 'Ann']],
    ],
    [
      'two of a name',
      '<table><tr><th>A</th><td>1</td></tr><tr><th>A</th><td>2</td></tr></table>',
      [['A', '1']],
    ],
    ['no table', '<p>x</p>', []],
  ])('reads a table with %s', (_, table, expected) => {
    expect([...properties(table).properties]).toEqual(expected);
  });

  it('shows the table unless it is hidden', () => {
    expect(written(properties(COLUMN))).toBe(
      '| **Owner** | @Ann Lee |\n| --- | --- |\n| **State** | <ul><li>a</li><li>**b**</li></ul> |\n',
    );
    const hidden = properties(COLUMN, { hidden: 'true' });
    expect(written(hidden)).toBe('\n');
    expect(hidden.properties.get('Owner')).toBe('@Ann Lee');
    expect(hidden.warnings).toEqual([]);
    expect(properties('<p>unseen</p>', { hidden: 'true' }).warnings).toEqual([
      { construct: 'macro:details', fate: 'lost', detail: 'hidden' },
    ]);
  });
});

describe('live content', () => {
  const list = (name: string, parameters = {}, id = 'm-1') =>
    macro(name, parameters).replace('ac:name', `ac:macro-id="${id}" ac:name`);
  const rendering: ReadContext = {
    ...context,
    rendered: (id) => (id === 'm-1' ? '<ul><li><a href="/wiki/x">One</a></li></ul>' : undefined),
  };

  it('stands between its marks', () => {
    expect(read(`<p>a</p>${list('children')}<p>b</p>`, rendering)).toBe(
      `a\n\n<!-- live: children -->\n\n- [One](${SITE}/wiki/x)\n\n<!-- /live -->\n\nb\n`,
    );
    expect(fromStorage(list('children'), rendering).fidelity).toMatchObject({ degraded: 0, lost: 0 });
  });

  it.each([
    ['jira', { jqlQuery: 'project = X' }, '[Jira issues: project = X]'],
    ['contentbylabel', { labels: 'how-to' }, '[content by label: how-to]'],
    ['detailssummary', { cql: 'label = "x"' }, '[page properties report: label = "x"]'],
    ['children', {}, '[child pages]'],
  ])('leaves a marker for %s where it is not known', (name, parameters, marker) => {
    expect(read(list(name, parameters, 'm-2'), rendering)).toBe(`\`${marker}\`\n`);
    expect(warnings(list(name, parameters), context)).toEqual([`macro:${name} lost: exists only rendered`]);
  });

  it('shows a macro that is not known at all as its service does', () => {
    expect(read(list('zeppelin'), rendering)).toBe(
      `\`[unsupported macro: zeppelin]\`\n\n<!-- live: zeppelin -->\n\n- [One](${SITE}/wiki/x)\n\n<!-- /live -->\n`,
    );
  });

  it('R13 leaves out what is too large', () => {
    const large = { ...context, rendered: () => `<p>${'word '.repeat(20_000)}</p>` };
    expect(read(list('children'), large)).toBe('`[child pages]`\n');
  });
});

describe('files of the page', () => {
  const files = [
    { name: 'b.png', url: 'https://f.example/b.png', mediaType: 'image/png', size: 1_234 },
    { name: 'a.pdf', url: 'https://f.example/a.pdf', mediaType: 'application/pdf', size: 2_500_000 },
    { name: 'c.svg', url: 'https://f.example/c.svg', size: 12 },
  ];
  const attached: ReadContext = { ...context, attachments: () => files };
  const [b, a, c] = [
    '- [b.png](https://f.example/b.png) (1.2 kB)\n',
    '- [a.pdf](https://f.example/a.pdf) (2.5 MB)\n',
    '- [c.svg](https://f.example/c.svg) (12 B)\n',
  ] as const;

  it.each([
    ['all', macro('attachments'), b + a + c],
    ['by name', macro('attachments', { sortBy: 'name' }), a + b + c],
    ['by size, backwards', macro('attachments', { sortBy: 'size', sortOrder: 'descending' }), a + b + c],
    ['by pattern', macro('attachments', { patterns: '.*\\.pdf, c*' }), a + c],
    [
      'a gallery',
      macro('gallery', { title: 'G' }),
      '**G**\n\n![b.png](https://f.example/b.png)\n\n![c.svg](https://f.example/c.svg)\n',
    ],
    ['a gallery without one', macro('gallery', { exclude: 'b.png' }), '![c.svg](https://f.example/c.svg)\n'],
    ['a gallery of one', macro('gallery', { include: 'b.png' }), '![b.png](https://f.example/b.png)\n'],
    ['those of another page', macro('attachments', { page: page('P') }), '`[attachments]`\n'],
  ])('lists %s', (_, xml, markdown) => {
    expect(read(xml, attached)).toBe(markdown);
  });

  it('R13 lists no more than fits', () => {
    const many = Array.from({ length: 300 }, (_, n) => ({
      name: `${n}.pdf`,
      url: `https://f.example/${n}.pdf`,
    }));
    const xml = macro('attachments').repeat(200);
    const markdown = read(xml, { ...context, attachments: () => many });
    expect(markdown.length).toBeLessThan(10 * xml.length + 65_536);
    expect(markdown).toContain('`[attachments]`');
  });
});
