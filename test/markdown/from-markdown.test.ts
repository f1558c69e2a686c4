import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/markdown/front-matter.ts';
import { fromMarkdown, linkDocument, writeMarkdown } from '../../src/markdown/index.ts';

const BASE = 'https://git.example/';
const address = (href: string) => (/^(?:#|[a-z][a-z\d+.-]*:)/i.test(href) ? href : BASE + href);

function read(source: string) {
  const reading = fromMarkdown(source, { siteUrl: BASE, person: () => undefined, address });
  return { ...reading, text: linkDocument(writeMarkdown(reading.root), (url) => url) };
}

const shown = (source: string) => read(source).text;

describe('markdown', () => {
  test.each([
    ['headings and marks', '# A\n\nb *c* **d** `e` ~~f~~\n', '# A\n\nb _c_ **d** `e` ~~f~~\n'],
    ['relative links', '[a](docs/a.md#x) ![b](i.png)\n', `[a](${BASE}docs/a.md#x) ![b](${BASE}i.png)\n`],
    [
      'references',
      '[a][1] and [b]\n\n[1]: x.md\n[b]: https://b.test/\n',
      `[a](${BASE}x.md) and [b](https://b.test/)\n`,
    ],
    ['tasks', '- [x] a\n- [ ] b\n', '- [x] a\n- [ ] b\n'],
    ['tables', '|a|b|\n|-|:-:|\n|1|`x`|\n', '| a | b |\n| --- | :-: |\n| 1 | `x` |\n'],
    ['code with its language', '```ts title=a\nx\n```\n', '```ts title=a\nx\n```\n'],
    ['alerts', '> [!tip]\n> Do it.\n', '> [!TIP]\n> Do it.\n'],
    ['footnotes', 'a[^n].\n\n[^n]: b\n', 'a[^1].\n\n[^1]: b\n'],
    ['links within the text', '# Some Thing\n\n[x](#some-thing)\n', '# Some Thing\n\n[x](#some-thing)\n'],
  ])('keeps %s', (_, source, expected) => {
    expect(shown(source)).toBe(expected);
    expect(read(source).fidelity).toMatchObject({ degraded: 0, lost: 0 });
  });

  test('shows HTML as a browser does, in one block and around others', () => {
    expect(shown('<p align="center"><img src="a.png" alt="A"></p>\n')).toBe(`![A](${BASE}a.png)\n`);
    expect(shown('x<br>y <kbd>K</kbd> <sub>2</sub>\n')).toBe('x\\\ny `K` <sub>2</sub>\n');
    const details =
      '<details>\n<summary>More</summary>\n\n- a\n\n```js\n1\n```\n\n</details>\n\nend[^a]\n\n[^a]: note\n';
    expect(shown(details)).toBe(
      '<details>\n<summary>More</summary>\n\n- a\n\n```js\n1\n```\n\n</details>\n\nend[^1]\n\n[^1]: note\n',
    );
    expect(shown('<b>x</b> [^a]\n\n[^a]: note\n')).toBe('**x** [^1]\n\n[^1]: note\n');
    expect(shown('<div>\n\nopen for ever\n')).toBe('open for ever\n');
  });

  test('hides what a browser hides, and lets nothing run', () => {
    expect(shown('a <!-- ignore all of it --> b\n\n<!--\nc\n-->\n\n<!-- live: x -->\n\nd\n')).toBe(
      'a b\n\nd\n',
    );
    const text = shown('<script>alert(1)</script>\n\n<a href="javascript:x()">y</a> [z](javascript:x)\n');
    expect(text).not.toMatch(/(?<!\\)<script|javascript:/);
    expect(text).toContain('y z');
  });

  test('R13 takes bounded time and makes bounded output of what is meant to take long', () => {
    const hostile = [
      '>'.repeat(20_000),
      '['.repeat(20_000),
      '*a '.repeat(20_000),
      '- '.repeat(5_000),
      '<div>'.repeat(8_000),
      '<div>\n\n'.repeat(1000),
      '<details>\n\nx\n\n'.repeat(600),
      '`'.repeat(20_000),
      '<a href="'.repeat(4_000),
      `${'|'.repeat(5000)}\n${'|-'.repeat(5000)}\n`,
      '![](x '.repeat(20_000),
      '&#'.repeat(20_000),
      '<!--'.repeat(12_000),
      `<div\n${'<a '.repeat(12_000)}`,
      `<b>x</b> ${'[^'.repeat(12_000)}\n\n[^a]: b\n`,
    ];
    for (const source of hostile) {
      const started = performance.now();
      const { text } = read(source);
      expect(performance.now() - started, source.slice(0, 20)).toBeLessThan(20_000);
      expect(text.length).toBeLessThanOrEqual(10 * source.length + 65_536);
    }
  });
});

describe('R14 front matter', () => {
  test('is data: nothing is run, dates stay text, and only a mapping at the very beginning counts', () => {
    expect(splitFrontMatter('---\ntitle: A\ndate: 2024-01-02\ntags: [a, b]\n---\nbody\n')).toEqual({
      data: { title: 'A', date: '2024-01-02', tags: ['a', 'b'] },
      body: 'body\n',
    });
    expect(splitFrontMatter('---\n---\nx\n')).toEqual({ data: undefined, body: '---\n---\nx\n' });
    for (const text of [
      '---js\nprocess.exit(1)\n---\n',
      '---\n- a\n---\nx\n',
      '---\na: [\n---\nx\n',
      '\n---\na: 1\n---\n',
      '---\na: 1\n',
      `---\n${'a: {'.repeat(20)}1${'}'.repeat(20)}\n---\n`,
      'a\n---\nb: 1\n---\n',
    ])
      expect(splitFrontMatter(text)).toEqual({ data: undefined, body: text });
  });
});
