import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPptx } from '../harness/pptx.ts';
import { writtenRepository } from '../harness/written-repository.ts';
import { PNG } from './example.ts';

const OUTLINE = `<!-- a comment -->
# A *plan* & more

Why it is worth it.

Note: Thank everybody.

## Reasons

- One \`code\`
  - and [a link](https://x.example)
- Two

Said aloud: {{query: documents.count}}

Notes: Slowly.

And **clearly**.

## Work

What it takes:

| Part | Who |
| --- | --- |
| A & B | Ada |
| C |

## Picture

![two dots](my%20dots.png)

Seen from above

## For and against

### For

- cheap

### Against

- late

## Questions
`;

test('an outline is a deck: texts, lists, tables, images, columns and what is to be said', async () => {
  await using repository = writtenRepository();
  writeFileSync(join(repository.path, 'plan.md'), OUTLINE);
  writeFileSync(join(repository.path, 'my dots.png'), PNG);
  const { code, stdout, stderr } = await repository.run(['slides', 'build', 'plan.md']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('6 slides: ');
  const read = await readPptx(readFileSync(join(repository.path, 'plan.pptx')));
  const texts = read.slides.map((slide) => slide.texts.filter((text) => text !== '' && !/^\d+$/.test(text)));
  const footer = 'A plan & more';
  expect(texts).toEqual([
    ['A plan & more', 'Why it is worth it.'],
    ['Reasons', footer, 'One code\nand a link\nTwo\nSaid aloud: 0'],
    ['Work', footer, 'What it takes:'],
    ['Picture', footer, 'Seen from above'],
    ['For and against', footer, 'For', 'cheap', 'Against', 'late'],
    ['Questions'],
  ]);
  expect(read.slides.map(({ notes }) => notes)).toEqual([
    'Thank everybody.',
    'Slowly.\nAnd clearly.',
    '',
    '',
    '',
    '',
  ]);
  expect(read.slides[2]?.tables).toEqual([
    [
      ['Part', 'Who'],
      ['A & B', 'Ada'],
      ['C', ''],
    ],
  ]);
  expect(read.slides[3]?.xml).toContain('descr="two dots"');
});

test.each([
  ['text\n\n# T\n', 'plan.md:1: it begins with no `# Title`'],
  ['', 'plan.md:1: it begins with no `# Title`'],
  ['## S\n', 'plan.md:1: a slide comes before the `# Title`'],
  ['# T\n\n# U\n', 'plan.md:3: it has a second `# Title`'],
  ['# T\n\n## S\n\n### one\n\ntext\n', 'plan.md:3: columns are two `###` headings'],
  ['# T\n\n## S\n\n![a](a.png)\n\n![b](b.png)\n', 'plan.md:3: a slide has room for one table or one image'],
  ['# T\n\n## S\n\n![a](none.png)\n', 'none.png, which does not exist'],
  ['# T\n\n## S\n\n{{query: tickts.count}}\n', 'there is no tickts'],
])('the outline %j is refused with its line', async (outline, message) => {
  await using repository = writtenRepository();
  writeFileSync(join(repository.path, 'plan.md'), outline);
  const { code, stderr } = await repository.run(['slides', 'build', 'plan.md']);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
