import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStorage, writeMarkdown } from '../../src/markdown/index.ts';
import { context as page } from './render.ts';
import { macro, plain, rich } from './storage-format.ts';

const SAMPLE =
  '<h1>T</h1><p>a <strong>b</strong> <a href="/x">c</a></p><ul><li>d<ol><li>e</li></ol></li></ul>' +
  '<table><tbody><tr><th colspan="2">f</th></tr><tr><td rowspan="3">g</td><td>h</td></tr></tbody></table>' +
  '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[i < j]]></ac:plain-text-body></ac:structured-macro>' +
  '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>k</p></ac:rich-text-body></ac:structured-macro>' +
  '<ac:image><ri:attachment ri:filename="l.png"/></ac:image><ac:task-list><ac:task><ac:task-body>m</ac:task-body></ac:task></ac:task-list>' +
  macro('details', {}, rich('<table><tr><th>n</th><td>o</td></tr></table>')) +
  macro('include', { '': '<ri:page ri:content-title="P"/>' }) +
  macro('children').replace('ac:name', 'ac:macro-id="1" ac:name') +
  macro('markdown', {}, plain('- p\n- **q**')) +
  macro('html', {}, plain('<p>r</p>')) +
  macro('footnote', {}, rich('<p>s</p>')) +
  '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-content><p>t</p></ac:adf-content></ac:adf-node></ac:adf-extension>';

/** A site in which every page includes itself and another, and every list is as long as the page. */
const context = {
  ...page,
  included: () => ({
    id: '7',
    space: 'ENG',
    title: 'P',
    url: 'https://acme.atlassian.net/wiki/p',
    storage: SAMPLE,
  }),
  rendered: () => '<ul><li>u</li></ul>',
};

const bound = (xml: string) => 10 * xml.length + 65_536;
const render = (xml: string) => writeMarkdown(fromStorage(xml, context).root);

describe('fromStorage on hostile input', () => {
  it('R13 reads any truncation, deletion and repetition within the bound', () => {
    const edit = fc.record({
      at: fc.nat(SAMPLE.length),
      length: fc.nat(40),
      insert: fc.constantFrom('', '<', '>', '"', '</p>', '<td>', '<li>', ']]>', '<![CDATA[', '&', '\u0000'),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), fc.nat(SAMPLE.length), (edits, end) => {
        const xml = edits
          .reduce(
            (source, { at, length, insert }) => source.slice(0, at) + insert + source.slice(at + length),
            SAMPLE,
          )
          .slice(0, end);
        expect(render(xml).length).toBeLessThanOrEqual(bound(xml));
      }),
      { numRuns: 150 },
    );
  });

  const ELEMENTS = [
    'div',
    'blockquote',
    'ul><li',
    'ol><li',
    'table><tr><td',
    'strong',
    'em',

    'ac:structured-macro ac:name="info"><ac:rich-text-body',
    'ac:structured-macro ac:name="expand"><ac:rich-text-body',
    'ac:structured-macro ac:name="excerpt"><ac:rich-text-body',
    'ac:structured-macro ac:name="details"><ac:rich-text-body',
    'ac:structured-macro ac:name="zeppelin"><ac:rich-text-body',
    'ac:adf-extension><ac:adf-node type="panel"><ac:adf-content',
    'ac:link',
    'ac:task-list><ac:task><ac:task-body',
    'zzz',
  ];
  it.each(ELEMENTS)('R13 flattens 10,000 levels of <%s>', (element) => {
    const xml = `<${element}>a`.repeat(10_000);
    expect(render(xml).length).toBeLessThanOrEqual(bound(xml));
    expect(fromStorage(xml, context).warnings).toContainEqual({ construct: 'depth', fate: 'degraded' });
  });

  it.each([
    [
      'spans',
      `<table><tr>${'<td colspan="1000" rowspan="1000">x</td>'.repeat(300)}</tr>${'<tr><td>y</td></tr>'.repeat(300)}</table>`,
    ],
    ['short rows', `<table><tr>${'<td/>'.repeat(1000)}</tr>${'<tr><td/></tr>'.repeat(1000)}</table>`],
    ['a long repeated value', `<table><tr><td colspan="900">${'word '.repeat(5000)}</td></tr></table>`],
    ['lines in deep quotes', `${'<blockquote>'.repeat(99)}<p>${'a<br/>'.repeat(20_000)}</p>`],
    ['rules in deep quotes', `${'<blockquote>'.repeat(99)}${'<hr/>'.repeat(20_000)}`],
    ['includes', macro('include', { '': '<ri:page ri:content-title="P"/>' }).repeat(200)],
    ['live lists', macro('children').replace('ac:name', 'ac:macro-id="1" ac:name').repeat(200)],
    ['footnotes', `<p>${macro('footnote', {}, rich('<p>a</p>')).repeat(2000)}</p>`],
    ['quotes that never end', '<a href="x>'.repeat(5000)],
    ['stray end tags', `${'<div>'.repeat(5000)}${'</p></b>'.repeat(5000)}`],
    ['markdown in quotes', macro('markdown', {}, plain('> '.repeat(20_000)))],
    ['markdown in emphasis', macro('markdown', {}, plain(`${'*a '.repeat(2000)}${'b* '.repeat(2000)}`))],
    [
      'lines of code in deep lists',
      `${'<ol start="99999999"><li>'.repeat(99)}<pre>${'a\n'.repeat(20_000)}</pre>`,
    ],
  ])('R13 bounds %s', (_, xml) => {
    expect(render(xml).length).toBeLessThanOrEqual(bound(xml));
  });
});
