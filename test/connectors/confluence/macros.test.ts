import { expect, test } from 'vitest';
import { includesIn, liveMacrosIn } from '../../../src/connectors/confluence/macros.ts';

const macro = (name: string, content: string, id = `id-${name}`) =>
  `<ac:structured-macro ac:name="${name}" ac:macro-id="${id}">${content}</ac:structured-macro>`;
const parameter = (name: string, value: string) => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;

test.each([
  [
    'a page of the same space',
    '<ac:link><ri:page ri:content-title="A &amp; B" /></ac:link>',
    [{ title: 'A & B' }],
  ],
  [
    'a page of another space',
    '<ri:page ri:space-key="OPS" ri:content-title="A" />',
    [{ space: 'OPS', title: 'A' }],
  ],
  [
    'a blog post',
    '<ri:blog-post ri:content-title="A" ri:posting-day="2026/01/02" />',
    [{ title: 'A', day: '2026/01/02' }],
  ],
  ['an id', '<ri:content-entity ri:content-id="42" />', [{ id: '42' }]],
  ['a title', 'A', [{ title: 'A' }]],
  ['a title behind its space', 'OPS:A', [{ title: 'OPS:A' }, { space: 'OPS', title: 'A' }]],
])('an include names %s', (_, value, expected) => {
  for (const name of ['include', 'Excerpt-Include', 'multiexcerpt-include-macro'])
    expect(includesIn(`<p>x</p>${macro(name, parameter('', value))}`)).toEqual(expected);
});

test('includes stand in other macros and in tables too; links to pages are none', () => {
  const include = macro('include', parameter('', '<ac:link><ri:page ri:content-title="A" /></ac:link>'));
  const nested = `<table><tr><td>${macro('expand', `<ac:rich-text-body>${include}</ac:rich-text-body>`)}</td></tr></table>`;
  expect(includesIn(nested)).toEqual([{ title: 'A' }]);
  expect(includesIn('<p>include <ac:link><ri:page ri:content-title="A" /></ac:link></p>')).toEqual([]);
});

test('live macros are told in order, but for a single issue', () => {
  const storage = [
    macro('info', `<ac:rich-text-body>${macro('children', '')}</ac:rich-text-body>`),
    macro('jira', parameter('key', 'SHOP-1')),
    macro('jira', parameter('jqlQuery', 'project = SHOP'), 'id-query'),
  ].join('');
  expect(liveMacrosIn(storage)).toEqual([
    { name: 'children', id: 'id-children' },
    { name: 'jira', id: 'id-query' },
  ]);
  expect(liveMacrosIn('<ac:structured-macro ac:name="children" />')).toEqual([]);
});
