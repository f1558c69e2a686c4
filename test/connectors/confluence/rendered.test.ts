import { describe, expect, test } from 'vitest';
import { splitRendered } from '../../../src/connectors/confluence/rendered.ts';

const leadsTo = (href: string) =>
  href.includes('/open/') ? 'open' : href.includes('/closed/') ? 'closed' : 'elsewhere';
const page = (name: string, kind = 'open') => `<a href="https://site/${kind}/${name}">${name}</a>`;
const macro = (content: string, { id = 'm1', name = 'children', tag = 'div' } = {}) =>
  `<${tag} class="conf-macro" data-macro-id="${id}" data-macro-name="${name}">${content}</${tag}>`;
const split = (html: string, ...macros: { name: string; id: string }[]) =>
  splitRendered(html, macros.length > 0 ? macros : [{ name: 'children', id: 'm1' }], leadsTo);

describe('macros are found', () => {
  test('by their ids, with all they hold', () => {
    const list = macro(`<ul><li>${page('A')}<br></li></ul>`);
    const table = macro('<table><tr><td>1</td></tr></table>', { id: 'm2', name: 'jira', tag: 'span' });
    const found = split(
      `<p>x</p>${list}<p>y</p><section>${table}</section>`,
      { name: 'children', id: 'm1' },
      { name: 'jira', id: 'm2' },
    );
    expect(Object.fromEntries(found)).toEqual({ m1: list, m2: table });
  });

  test('by their order where the service leaves ids out', () => {
    const [one, two] = ['one', 'two'].map((text) => macro(text, { id: '' })) as [string, string];
    const found = split(one + two, { name: 'children', id: 'a' }, { name: 'children', id: 'b' });
    expect([...found]).toEqual([
      ['a', one],
      ['b', two],
    ]);
    expect(split(one + two, { name: 'children', id: 'a' }).size).toBe(0);
  });

  test('only if they are asked for: others show what stands in the page anyway', () => {
    expect(split(macro('x', { name: 'info' })).size).toBe(0);
  });

  test('in malformed HTML too', () => {
    const found = split(
      `<div data-macro-id="m1" data-macro-name="children"><ul><li>${page('A')}<li>${page('B', 'closed')}<li>C</ul>`,
    );
    expect(found.get('m1')).toContain('>A<');
    expect(found.get('m1')).toContain('C');
    expect(found.get('m1')).not.toContain('B');
    expect(split('<div data-macro-id="m1" data-macro-name="children">'.repeat(20_000)).size).toBe(1);
  });
});

describe('R1 what may be for some people only is left out', () => {
  test.each([
    [
      'an entry of a list',
      `<ul><li>${page('A')}</li><li>${page('B', 'closed')} by Ann</li></ul>`,
      `<ul><li>${page('A')}</li></ul>`,
    ],
    [
      'an entry with all below it',
      `<ul><li>${page('B', 'closed')}<ul><li>${page('A')}</li></ul></li><li>C</li></ul>`,
      '<ul><li>C</li></ul>',
    ],
    [
      'an entry below another',
      `<ul><li>${page('A')}<ul><li>${page('B', 'closed')}</li></ul></li></ul>`,
      `<ul><li>${page('A')}<ul></ul></li></ul>`,
    ],
    [
      'a row with its values',
      `<table><tr><th>Title</th></tr><tr><td>${page('B', 'closed')}</td><td>secret ${page('A')}</td></tr><tr><td>${page('A')}</td></tr></table>`,
      `<table><tr><th>Title</th></tr><tr><td>${page('A')}</td></tr></table>`,
    ],
    [
      'a post with its excerpt',
      `<div>${page('A')}<p>first</p></div><div><h4>${page('B', 'closed')}</h4><p>secret</p></div>`,
      `<div>${page('A')}<p>first</p></div>`,
    ],
    ['a link beside others', `<p>${page('A')}, ${page('B', 'closed')}</p>`, `<p>${page('A')}</p>`],
    [
      'an excerpt that stands beside its link, in an index without entries',
      `<div><h4>A</h4>${page('A')}<div>first</div>${page('B', 'closed')}<div>secret</div></div>`,
      `<div>${page('A')}</div>`,
    ],
    [
      'what stands around a heading that names both',
      `<div><h4>${page('B', 'closed')} in ${page('A')}</h4><p>secret</p></div><div>${page('A')}<p>first</p></div>`,
      `<div><h4>${page('A')}</h4></div><div>${page('A')}<p>first</p></div>`,
    ],
    [
      'a picture',
      `<p>${page('A')}</p><p><img src="/closed/b.png" alt="secret">text</p>`,
      `<p>${page('A')}</p>`,
    ],
    ['a link around a picture', `${page('A')}<a href="/closed/b"><img src="/open/x.png">B</a>`, page('A')],
  ])('%s', (_, shown, left) => {
    expect(split(macro(shown)).get('m1')).toBe(macro(left));
  });

  test('the whole list, if nothing in it is known to be open', () => {
    expect(
      split(macro(`Pages: <b>${page('B', 'closed')}</b> secret <a href="https://other">x</a>`)).get('m1'),
    ).toBe('');
  });

  test('but not what stands around the macro', () => {
    const html = `<ul><li>${page('B', 'closed')}${macro(page('A'))}</li></ul>`;
    expect(split(html).get('m1')).toBe(macro(page('A')));
  });
});
