import { describe, expect, it } from 'vitest';
import { fromStorage } from '../../src/markdown/index.ts';
import { context, storage } from './render.ts';
import { macro, plain, rich } from './storage-format.ts';

describe('tables', () => {
  it('repeats spanning values, marks header columns and joins lines in cells', () => {
    const xml =
      '<table><tbody><tr><th>A</th><th>B|C</th></tr><tr><th rowspan="2">r</th><td>1<br/>2</td></tr>' +
      '<tr><td><ul><li>x<ul><li>y</li></ul></li></ul></td></tr><tr><td colspan="2"><p>p</p><p>q</p></td></tr><tr><td>short</td></tr></tbody></table>';
    expect(storage(xml)).toBe(
      '| A | B\\|C |\n| --- | --- |\n| **r** | 1<br>2 |\n| **r** | <ul><li>x<ul><li>y</li></ul></li></ul> |\n| p<br>q | p<br>q |\n| short |  |\n',
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

  it('writes the numbers that the editor shows', () => {
    expect(
      storage(
        '<table data-number-column="true"><tr><th>A</th></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>',
      ),
    ).toBe('|  | A |\n| --- | --- |\n| 1 | b |\n| 2 | c |\n');
  });

  it.each([
    ['a colour', '<td data-highlight-colour="#e3fcef"/>', ['table: colours of empty cells']],
    ['a colour and text', '<td data-highlight-colour="#e3fcef">a</td>', []],
    ['white', '<td data-highlight-colour="#FFFFFF"/>', []],
    ['the colour of a head', '<th data-highlight-colour="#e3fcef"/>', []],
  ])('warns of %s only if nothing else says it', (_, cell, expected) => {
    const { warnings } = fromStorage(`<table><tr><td>a</td>${cell}</tr></table>`, context);
    expect(warnings.map(({ construct, detail }) => `${construct}: ${detail}`)).toEqual(expected);
  });

  const table = (rows: string) => `<table>${rows}</table>`;
  it.each([
    [
      'row groups and a caption',
      '<caption>C</caption><colgroup><col/></colgroup><thead><tr><th>A</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot>',
      '_C_\n\n| A |\n| --- |\n| b |\n| c |\n',
    ],
    ['no header', '<tr><td>a</td></tr><tr><td>b</td></tr>', '| a |\n| --- |\n| b |\n'],
    [
      'a numbered column',
      '<tr><th class="numberingColumn"/><th>A</th></tr><tr><td class="numberingColumn">1</td><td>b</td></tr><tr><td class="numberingColumn"/><td>c</td></tr>',
      '|  | A |\n| --- | --- |\n| 1 | b |\n| 2 | c |\n',
    ],
    [
      'tasks in a cell',
      '<tr><th>A</th></tr><tr><td><ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list></td></tr>',
      '| A |\n| --- |\n| <ul><li>[x] b</li></ul> |\n',
    ],
    [
      'a numbered list in a cell',
      '<tr><td><ol start="3"><li>a</li><li>b</li></ol></td></tr>',
      '| <ol start="3"><li>a</li><li>b</li></ol> |\n| --- |\n',
    ],
    [
      'a list among paragraphs of a cell',
      '<tr><td><p>a</p><ul><li><p>b<br/></p><p>c|d</p></li><li/></ul><p>e</p><p>f</p></td></tr>',
      '| a<ul><li>b<br>c\\|d</li><li></li></ul>e<br>f |\n| --- |\n',
    ],
    [
      'a list in a header cell',
      '<tr><th><ul><li>a</li></ul></th><td>b</td></tr>',
      '| <ul><li>**a**</li></ul> | b |\n| --- | --- |\n',
    ],
    [
      'the words of a spanning cell again, not its links, images and lists',
      '<tr><th rowspan="2"><a href="https://a.example">l</a> <ac:image ac:alt="i"><ri:url ri:value="https://a.example/i"/></ac:image></th><td>b</td></tr><tr><td>c</td></tr><tr><td colspan="2"><ul><li>d</li><li>e</li></ul></td></tr>',
      '| **[l](https://a.example) ![i](https://a.example/i)** | b |\n| --- | --- |\n| **l i** | c |\n| <ul><li>d</li><li>e</li></ul> | d<br>e |\n',
    ],
    [
      'a heading and a status in a cell',
      `<tr><td><h3>a ${macro('status', { title: 'ON|OFF' })}</h3></td></tr>`,
      '| **a `ON\\|OFF`** |\n| --- |\n',
    ],
    ['code with a pipe in a cell', '<tr><td><code>a|b</code></td></tr>', '| `a\\|b` |\n| --- |\n'],
    [
      'a panel in a cell',
      `<tr><td>${macro('info', {}, rich('<p>a</p>'))}</td></tr>`,
      '<table>\n<tr>\n<td>\n\n> [!NOTE]\n> a\n\n</td>\n</tr>\n</table>\n',
    ],
    [
      'a table in a cell',
      '<tr><td><table><tr><th>a</th></tr></table></td></tr>',
      '<table>\n<tr>\n<td>\n\n| a |\n| --- |\n\n</td>\n</tr>\n</table>\n',
    ],
    [
      'rowspan to the end',
      '<tr><td rowspan="0">a</td><td>b</td></tr><tr><td>c</td></tr>',
      '| a | b |\n| --- | --- |\n| a | c |\n',
    ],
    [
      'spans that cross',
      '<tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr>',
      '| a | b | b |\n| --- | --- | --- |\n| a | c | d |\n',
    ],
    ['text outside of cells', 'x<tr><td>a</td></tr>', 'x\n\n| a |\n| --- |\n'],
  ])('writes %s', (_, rows, markdown) => {
    expect(storage(table(rows))).toBe(markdown);
  });
});
