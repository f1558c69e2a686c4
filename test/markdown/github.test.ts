import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromGithub, type ReadContext, writeMarkdown } from '../../src/markdown/index.ts';
import { written } from './render.ts';

const context: ReadContext = {
  siteUrl: 'https://github.com',
  repository: 'acme/api',
  address: (href) => new URL(href, 'https://github.com/acme/api/blob/main/').href,
  lineBreaks: true,
  person: () => undefined,
};

const github = (markdown: string) => written(fromGithub(markdown, context)).trimEnd();

test('what stands between tags is markdown, and the tags enclose it', () => {
  expect(github('a <b>bold *and* `code`</b> z')).toBe('a **bold _and_ `code`** z');
  expect(
    github('<details><summary>Log of #3</summary>\n\n```sh\nmake\n```\n\n> quote\n\n</details>\n\nafter'),
  ).toBe('<details>\n<summary>Log of #3</summary>\n\n```sh\nmake\n```\n\n> quote\n\n</details>\n\nafter');
  expect(github('- one <kbd>A</kbd>\n- <img src="https://x.example/i.png" alt="I">')).toBe(
    '- one `A`\n- ![I](https://x.example/i.png)',
  );
  expect(github('| a |\n| - |\n| x<br>y |')).toBe('| a |\n| --- |\n| x<br>y |');
});

test('tags that are never closed, or never opened, lose nothing', () => {
  expect(github('<details>\n\ninside')).toContain('inside');
  expect(github('<img src="\n\n#1 *a*\n\n<b>x</b> "z">')).toMatch(/#1.*_a_[\s\S]*x/);
  expect(github('</div>\n\nafter <b>bold')).toBe('after **bold**');
});

test('no HTML of the text is passed on', () => {
  for (const hostile of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <a href="javascript:alert(1)">b</a>',
    '<x-held n="0"></x-held> b <i>c</i>',
    '<svg onload=alert(1)>',
  ])
    expect(github(hostile)).not.toMatch(/alert|onerror|<script|<svg|x-held/);
});

test('a text cannot multiply itself by the name that stands for what was read', () => {
  const text = `${'word '.repeat(2000)}<i></i>${'<x-held n="0"></x-held>'.repeat(2000)}`;
  expect(github(text).length).toBeLessThan(3 * text.length);
});

test('references are links where GitHub makes them, and nowhere else', () => {
  const issue = (number: number) => `https://github.com/acme/api/issues/${number}`;
  expect(github('#1, (#2) and #3.')).toBe(`[#1](${issue(1)}), ([#2](${issue(2)})) and [#3](${issue(3)}).`);
  for (const plain of ['a#1', '#1a', '`#1`', 'ann@example', '&#39;', '#x', '1#2', '@-', 'v1.0#'])
    expect(github(plain), plain).not.toContain('github.com');
  expect(github('[see #1](https://example.org/x)')).toBe('[see #1](https://example.org/x)');
  expect(github('mail ann@acme.example')).not.toContain('github.com');
});

test('lines end where people ended them, but not in files', () => {
  expect(github('a\nb')).toBe('a\\\nb');
  expect(written(fromGithub('a\nb', { ...context, lineBreaks: false }))).toBe('a b\n');
});

test('alerts are told from quotes', () => {
  expect(github('> [!note]\n> a\n> b')).toBe('> [!NOTE]\n> a\\\n> b');
  expect(github('> [!NOTE] not alone')).toBe('> [!NOTE] not alone');
  expect(written(fromGithub('> [!TIP]\n> a', { ...context, lineBreaks: false }))).toBe('> [!TIP]\n> a\n');
});

test('constructs are counted', () => {
  expect(fromGithub('**a** `b`\n\n- c\n\n[d](javascript:x)', context).fidelity).toEqual({
    kept: 3,
    degraded: 1,
    lost: 0,
  });
});

test('what would take too long to parse is shown as it was written', () => {
  const { warnings } = fromGithub('*a_ '.repeat(2000), context);
  expect(warnings.map(({ construct }) => construct)).toEqual(['markdown']);
});

test('R13 whatever is cut and repeated is read within the bound, and the same each time', () => {
  const sample =
    '# T\n\n> [!TIP]\n> a **b** <b>c</b>\n\n<details><summary>s</summary>\n\n- [x] d <kbd>e</kbd>\n  1. #1\n\n</details>\n\n' +
    '| f | g |\n|---|:-:|\n| <img src="/h.png"> | ~~i~~ |\n\n```suggestion\nj\n```\n\nk[^1] @l acme/m#2\n\n[^1]: n <a href="o">p</a>\n';
  const edit = fc.record({
    at: fc.nat(sample.length),
    length: fc.nat(30),
    insert: fc.constantFrom(
      '',
      '<',
      '>',
      '"',
      '</details>',
      '<td>',
      '<ul>',
      '`',
      '|',
      '[',
      '\n\n',
      '&',
      '\u0000',
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      const text = edits.reduce(
        (all, { at, length, insert }) => all.slice(0, at) + insert + all.slice(at + length),
        sample,
      );
      const result = writeMarkdown(fromGithub(text, context).root);
      expect(result.length).toBeLessThanOrEqual(10 * text.length + 65_536);
      expect(writeMarkdown(fromGithub(text, context).root)).toBe(result);
      expect(result).not.toMatch(/x-held|<script/);
    }),
    { numRuns: 150 },
  );
});
