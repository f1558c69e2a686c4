import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromAdf, writeMarkdown } from '../../src/markdown/index.ts';
import { context } from './render.ts';

const bound = (doc: unknown) => 10 * JSON.stringify(doc).length + 65_536;
const render = (doc: unknown) => writeMarkdown(fromAdf(doc, context).root);

const HOLDERS = [
  ...[
    'paragraph',
    'heading',
    'blockquote',
    'bulletList',
    'orderedList',
    'listItem',
    'panel',
    'expand',
    'layoutSection',
  ],
  ...[
    'layoutColumn',
    'table',
    'tableRow',
    'tableCell',
    'tableHeader',
    'taskList',
    'taskItem',
    'blockTaskItem',
    'weird',
  ],
  ...[
    'decisionList',
    'decisionItem',
    'nestedExpand',
    'bodiedExtension',
    'multiBodiedExtension',
    'extensionFrame',
  ],
  ...['bodiedSyncBlock', 'caption', 'doc', ''],
];
const LEAVES = [
  ...[
    'rule',
    'hardBreak',
    'media',
    'mediaInline',
    'mention',
    'emoji',
    'date',
    'status',
    'inlineCard',
    'blockCard',
  ],
  ...[
    'embedCard',
    'extension',
    'inlineExtension',
    'syncBlock',
    'placeholder',
    'codeBlock',
    'mediaSingle',
    'mediaGroup',
  ],
];
const MARKS = [
  'strong',
  'em',
  'code',
  'strike',
  'underline',
  'subsup',
  'link',
  'textColor',
  'annotation',
  'odd',
];

const attributes = fc.option(
  fc.oneof(
    fc.dictionary(
      fc.constantFrom(
        'level',
        'order',
        'state',
        'url',
        'href',
        'colspan',
        'rowspan',
        'type',
        'id',
        'panelType',
        'data',
      ),
      fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.object({ maxDepth: 1 })),
    ),
    fc.anything({ maxDepth: 1 }),
  ),
  { nil: undefined },
);
const marks = fc.option(
  fc.array(fc.record({ type: fc.constantFrom(...MARKS), attrs: attributes }), { maxLength: 3 }),
  { nil: undefined },
);

/** Nodes in any nesting, whether the schema allows it or not. */
const { node: anyNode } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.record({ type: fc.constant('text'), text: fc.nat(99_999).map((number) => `w${number} `), marks }),
    fc.record({ type: fc.constantFrom(...LEAVES), attrs: attributes, marks }),
    fc.constantFrom(null, 7, 'x', [], {}, { type: 'text', text: 4 }, { type: 9, content: {} }),
    fc.record({
      type: fc.constantFrom(...HOLDERS),
      attrs: attributes,
      content: fc.array(tie('node'), { maxLength: 5 }),
      marks,
    }),
  ),
}));

/** The words of text nodes. */
function wordsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { text, content } = node as { readonly text?: unknown; readonly content?: unknown };
  const own = typeof text === 'string' ? [text.trim()] : [];
  return Array.isArray(content) ? [...own, ...content.flatMap(wordsOf)] : own;
}

describe('fromAdf on any tree', () => {
  it('R13 keeps every text within the bound, and throws at nothing', () => {
    fc.assert(
      fc.property(fc.array(anyNode, { maxLength: 5 }), (content) => {
        const doc = { type: 'doc', version: 1, content };
        const markdown = render(doc);
        expect(wordsOf(doc).filter((word) => !markdown.includes(word))).toEqual([]);
        expect(markdown.length).toBeLessThanOrEqual(bound(doc));
      }),
      { numRuns: 200 },
    );
  });

  it('reads any value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(render(value)).toMatch(/\n$/);
      }),
    );
  });

  it.each([...HOLDERS, 'mediaSingle', 'mediaGroup', 'codeBlock'])(
    'R13 flattens 10,000 levels of %s',
    (type) => {
      let doc: unknown = { type: 'text', text: 'deep' };
      for (let level = 0; level < 10_000; level++) doc = { type, attrs: {}, content: [doc] };
      const { root, warnings } = fromAdf({ type: 'doc', content: [doc] }, context);
      const markdown = writeMarkdown(root);
      expect(markdown).toContain('deep');
      expect(markdown.length).toBeLessThanOrEqual(10 * 10_000 * type.length + 65_536);
      expect(warnings.filter(({ construct }) => construct === 'depth')).toHaveLength(1);
    },
  );

  it('R13 reads deep marks and attributes', () => {
    let deep: unknown = {};
    for (let level = 0; level < 10_000; level++) deep = { type: 'strong', marks: [deep], attrs: {} };
    const text = { type: 'text', text: 'a', marks: [deep] };
    expect(render({ type: 'doc', content: [{ type: 'paragraph', content: [text] }] })).toBe('**a**\n');
  });

  it('R13 reads 20,000 nodes side by side', () => {
    const many = Array.from({ length: 20_000 }, () => ({ type: 'text', text: 'a' }));
    expect(render({ type: 'doc', content: [{ type: 'paragraph', content: many }] }).length).toBe(20_001);
    const item = { type: 'listItem', content: [{ type: 'rule' }] };
    const list = { type: 'bulletList', content: Array.from({ length: 20_000 }, () => item) };
    expect(render({ type: 'doc', content: [list] }).length).toBeGreaterThan(20_000);
  });
});
