import { expect, test } from 'vitest';
import { gitModel } from '../../../src/connectors/git/model.ts';
import { wikiLinks } from '../../../src/connectors/git/wiki-links.ts';
import { webAddress } from '../../../src/core/web-address.ts';

test.each([
  ['git@gitlab.com:acme/team/shop.git', 'https://gitlab.com/acme/team/shop/-/blob/main/a%20b.md'],
  ['ssh://git@github.example:2222/acme/shop.git', 'https://github.example/acme/shop/blob/main/a%20b.md'],
  ['https://ada@bitbucket.org/acme/shop.git', 'https://bitbucket.org/acme/shop/src/main/a%20b.md'],
  ['https://codeberg.org/acme/shop', 'https://codeberg.org/acme/shop/src/branch/main/a%20b.md'],
  ['git@github.com:acme/shop.wiki.git', 'https://github.com/acme/shop/wiki/a%20b'],
  ['https://gitlab.com/acme/shop.wiki.git', 'https://gitlab.com/acme/shop/-/wikis/a%20b'],
  ['https://git.acme.example/shop.git', undefined],
  ['/home/ada/shop', undefined],
])('files of %s are where it shows them, and are called by that', (remote, url) => {
  const web = webAddress(undefined, remote);
  expect(web?.file('a b.md', 'main')).toBe(url);
  if (url === undefined) return;
  const model = gitModel('code');
  const facts = { id: 'a b.md', source: 'code', type: 'file', title: 'A', url };
  expect(model.names(facts)).toContain(model.resolve(new URL(url))?.name);
  expect(model.resolve(new URL(`${url}#x`))).toMatchObject({ anchor: 'x', url });
});

test.each([
  ['https://github.com/acme/shop', 'https://github.com/acme/shop/blob/c0ffee/a%20b.ts#L3-L7'],
  ['https://gitlab.com/acme/shop', 'https://gitlab.com/acme/shop/-/blob/c0ffee/a%20b.ts#L3-7'],
  ['https://bitbucket.org/acme/shop', 'https://bitbucket.org/acme/shop/src/c0ffee/a%20b.ts#lines-3:7'],
  ['https://codeberg.org/acme/shop', 'https://codeberg.org/acme/shop/src/commit/c0ffee/a%20b.ts#L3-L7'],
  ['https://github.com/acme/shop.wiki', 'https://github.com/acme/shop/wiki/a%20b'],
])('lines of a commit of %s have an address of their own', (remote, url) => {
  expect(webAddress(undefined, remote)?.lines('a b.ts', 'c0ffee', [3, 7])).toBe(url);
});

test('another host is shown as the configuration says', () => {
  const web = webAddress('https://git.acme.example/team/shop/', 'git@git.acme.example:team/shop.git');
  expect(web?.file('docs/a.md', 'feature/x')).toBe(
    'https://git.acme.example/team/shop/blob/feature/x/docs/a.md',
  );
  expect(web?.raw('docs/a.png', 'main')).toBe('https://git.acme.example/team/shop/raw/main/docs/a.png');
});

test('addresses that are no files of repositories are nobody’s', () => {
  const { resolve } = gitModel('code');
  for (const url of [
    'https://github.com/acme/shop/issues/12',
    'https://a.test/',
    'ctx:other/a.md',
    'mailto:a@b.test',
  ])
    expect(resolve(new URL(url)), url).toBeUndefined();
});

test('links of wikis are links, but not in code', () => {
  expect(wikiLinks('[[A B]] [[x|A B]] [[x|https://a.test]] [[A#Some Part]] [[logo.png]]')).toBe(
    '[A B](<A-B>) [x](<A-B>) [x](<https://a.test>) [A#Some Part](<A#some-part>) ![](<logo.png>)',
  );
  for (const text of ['`[[a]]`', '``a ` [[a]]``', '```\n[[a]]\n```', '~~~ x\n[[a]]', '[[]]', '[[a\nb]]'])
    expect(wikiLinks(text)).toBe(text);
});
