import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Generated, newFile, RegionProblem, withRegions } from '../../src/personas/build/regions.ts';
import { replayed } from '../harness/replay.ts';

const origin = (hash: string, name = 'devops') => ({ name, file: `${name}.yaml`, hash });
const page = (body: string, frontmatter: string | null = null): Generated => ({ body, frontmatter });
const problemOf = (file: string, generated = page('New.')) => {
  const result = withRegions(file, generated, origin('2'));
  return result instanceof RegionProblem ? `${result.line}: ${result.problem}` : undefined;
};

/** Bytes of any kind, without what would be a mark. */
const foreign = fc
  .oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => Buffer.from(text).toString('latin1')),
    fc.constantFrom('', '# Mine\n', '---\n', '<!-- mine -->\n', '\r\n', '```\n# ctx\n'),
  )
  .filter((text) => !text.includes('ctx:persona'));
const written = fc.array(fc.constantFrom('Words.', '# Heading', '', '- item', 'é — 🙏', '`code`', '---'), {
  minLength: 1,
  maxLength: 6,
});
const bodies = written.map((lines) => lines.join('\n'));

describe('text outside of the marks', () => {
  test('stays as it is, byte by byte, however often what is between is made anew', () => {
    fc.assert(
      fc.property(
        foreign,
        foreign,
        fc.array(bodies, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (before, after, texts, crlf) => {
          const head = before === '' || before.endsWith('\n') ? before : `${before}\n`;
          const first = Buffer.from(newFile(page('First.'), origin('1'))).toString('latin1');
          let file = head + (crlf ? first.replaceAll('\n', '\r\n') : first) + after;
          for (const [n, body] of texts.entries()) {
            const next = withRegions(file, page(body), origin(`${n}`));
            if (next instanceof RegionProblem) throw new Error(next.problem);
            expect(next.startsWith(head)).toBe(true);
            expect(next.endsWith(after)).toBe(true);
            // Nothing is written a second time.
            expect(withRegions(next, page(body), origin(`${n}`))).toBe(next);
            const own = next.slice(head.length, next.length - after.length);
            expect(Buffer.from(own, 'latin1').toString('utf8')).toContain(
              crlf ? body.trim().replaceAll('\n', '\r\n') : body.trim(),
            );
            file = next;
          }
        },
      ),
      replayed({ runs: 300 }),
    );
  });

  test('stays in frontmatter too', () => {
    const file = newFile(page('Old.', 'name: devops\nmodel: opus\n'), origin('1'));
    const mine = file
      .replace('---\n', '---\n# Mine\n')
      .replace('# ctx:persona end devops\n---', '# ctx:persona end devops\ncolor: green\n---');
    const next = withRegions(mine, page('New.', 'name: devops\ntools: Read\n'), origin('2'));
    expect(next).toBe(
      `---
# Mine
# ctx:persona begin devops sha256:2 made by ctx persona build from devops.yaml; write outside of these marks
name: devops
tools: Read
# ctx:persona end devops
color: green
---

<!-- ctx:persona begin devops sha256:2 made by ctx persona build from devops.yaml; write outside of these marks -->

New.

<!-- ctx:persona end devops -->
`,
    );
  });

  test('is all that a person took the marks away from', () => {
    const own =
      '---\nname: devops\n---\nMine.\n<!-- ctx:persona begin devops -->\n<!-- ctx:persona end devops -->';
    const next = withRegions(own, page('New.', 'name: other\n'), origin('2')) as string;
    expect(next.startsWith('---\nname: devops\n---\nMine.\n<!-- ctx:persona begin devops sha256:2 ')).toBe(
      true,
    );
    // The last line had no end, and has none.
    expect(next.endsWith('\n\nNew.\n\n<!-- ctx:persona end devops -->')).toBe(true);
  });
});

describe('a file that is not to be touched', () => {
  const begin = '<!-- ctx:persona begin devops -->\n';
  const end = '<!-- ctx:persona end devops -->\n';

  test.each([
    ['without marks', 'Mine.\n', '1: it has no marks: it is not ours'],
    ['empty', '', '1: it has no marks: it is not ours'],
    ['with half a pair', `Mine.\n${begin}Old.\n`, '2: the mark has no end'],
    ['with the other half', `Mine.\n\n${end}`, '3: the mark ends what has not begun'],
    ['with two', `${begin}${end}${begin}${end}`, '3: the mark is there twice'],
    ['with one in another', `${begin}${begin}${end}${end}`, '2: a mark begins within that of line 1'],
    ['of another persona', `\n${begin}${end}`.replaceAll('devops', 'dev'), '2: it is marked as that of dev'],
    ['with ends of two', `${begin}${end.replace('devops', 'dev')}`, '2: the mark ends what has not begun'],
    ['with a damaged mark', `${begin}<!-- ctx:persona ned devops -->\n`, '2: the mark is damaged'],
    ['with a comment that does not end', `${begin.replace(' -->', '')}${end}`, '1: the mark is damaged'],
  ])('%s', (_, file, problem) => {
    expect(problemOf(file)).toBe(problem);
  });

  test('with a key of its own that is generated too, or with marks of frontmatter elsewhere', () => {
    const generated = page('New.', 'name: devops\nmodel: opus\n');
    const file = newFile(page('Old.', 'name: devops\n'), origin('1'));
    expect(problemOf(file.replace('devops\n---', 'devops\nmodel: haiku\n---'), generated)).toBe(
      '6: the frontmatter: a key stands both within the marks and outside',
    );
    expect(problemOf(file.replace('---\n', '\n---\n'), generated)).toBe(
      '3: marks of frontmatter outside of it',
    );
  });
});
