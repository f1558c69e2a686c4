import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../../src/search/chunk/blocks.ts';
import { replayed } from '../../harness/replay.ts';
import { markdown } from './texts.ts';

/** The lines of headings, by the parser that follows the specification. */
function parsedHeadings(text: string): (readonly [level: number, first: number])[] {
  const { children } = fromMarkdown(text, { extensions: [gfm()] });
  return children.flatMap((node) =>
    node.type === 'heading' ? [[node.depth, (node.position?.start.line ?? 0) - 1] as const] : [],
  );
}

function scannedHeadings(text: string): (readonly [level: number, first: number])[] {
  return blocksOf(text.split('\n')).flatMap(({ heading, first }) =>
    heading ? [[heading.level, first] as const] : [],
  );
}

describe('blocks of markdown', () => {
  test.each([
    ['underlined', 'One\n===\n\nTwo\nlines\n---\n\n---\n'],
    ['marks alone', '#\n\n## \n\n#No\n\n####### no\n\n   # Yes\n\n    # no'],
    ['after text', 'text\n# Yes\ntext\n    # no\n'],
    ['in code', '```\n# no\n~~~\n# no\n````\n# Yes\n~~~~ a`b\n# no\n~~~\n# no\n~~~~\n# Yes'],
    ['in code without end', '# Yes\n```\n# no'],
    ['no code', '``` a`b\n# Yes'],
    [
      'in items',
      '- # no\n\n  # no\n- a\n# Yes\n\n1. a\n\n   ```\n# Yes\n- a\n  ```\n  # no\n  ```\n\n  # no',
    ],
    ['below items', '- a\n\n- b\nlazy\n\n# Yes\n\n12) a\n\n    # no\n\n  # Yes'],
    ['in quotes', '> # no\n> text\nlazy\n# Yes\n> ```\n# Yes'],
    [
      'in HTML',
      '<!-- a\n\n# no\n--> b\n# Yes\n<pre>\n\n# no</pre>\n# Yes\n<div>\n# no\n\n# Yes\n\n<a-b c="d">\n# no',
    ],
    [
      'after tags in text',
      'text <b>\n# Yes\ntext\n<b>\n# Yes\n\n<https://x.example>\n# Yes\ntext\n<table>\n# no',
    ],
    ['tables', '| a | b |\n| - | - |\n| 1 | 2 |\n# Yes\n\na | b\n--- | ---\n1 | 2\n\na\n-\n'],
    ['rules', '* * *\n# Yes\n___\ntext\n***\n# Yes\n- - -\n'],
    ['empty items', '-\n# Yes\n*\n\n  # Yes\n'],
  ])('headings are where the specification has them: %s', (_, text) => {
    expect(scannedHeadings(text)).toEqual(parsedHeadings(text));
  });

  test('headings are where the specification has them: of whatever text', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(scannedHeadings(text)).toEqual(parsedHeadings(text));
      }),
      replayed({ runs: 20 }),
    );
  });

  test('blocks hold every line that is not blank, in their order', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const lines = text.split('\n');
        const blocks = blocksOf(lines);
        const held = blocks.flatMap(({ first, last }) => lines.slice(first, last + 1));
        const filled = (all: readonly string[]) => all.filter((line) => line.trim() !== '');
        expect(filled(held)).toEqual(filled(lines));
      }),
      replayed({ runs: 40 }),
    );
  });
});
