import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkDocument, writeMarkdown } from '../../src/markdown/index.ts';
import { prepare } from '../../src/markdown/write/prepare.ts';
import { anyNode, attachment, soup, style } from './random-message.ts';
import { parse } from './render.ts';
import { seen } from './seen.ts';
import { read } from './slack-message.ts';

/** Reads and writes a message within the bound, so that GitHub's grammar reads the same tree again. */
function check(message: unknown): string {
  const { root } = read(message);
  const markdown = linkDocument(writeMarkdown(root), (address) => address);
  expect(markdown.length).toBeLessThanOrEqual(10 * (JSON.stringify(message) ?? '').length + 65_536);
  expect(seen(parse(markdown), markdown), markdown).toEqual(seen(prepare(root)));
  return markdown;
}

/** Reads and writes a message that is too large to be compared in time. */
function bound(message: unknown, size: number): string {
  const markdown = linkDocument(writeMarkdown(read(message).root), (address) => address);
  expect(markdown.length).toBeLessThanOrEqual(10 * size + 65_536);
  return markdown;
}

describe('fromSlack on any message', () => {
  it('R13 writes any soup of mrkdwn so that the same tree is read', () => {
    fc.assert(
      fc.property(soup, (text) => {
        check({ text });
      }),
      { numRuns: 200, examples: [['~~\n~~~']] },
    );
  });

  it('R13 writes any nesting of blocks and attachments so that the same tree is read', () => {
    fc.assert(
      fc.property(
        fc.array(anyNode, { maxLength: 3 }),
        fc.array(attachment, { maxLength: 2 }),
        soup,
        (blocks, attachments, text) => {
          check({ blocks, attachments, text });
        },
      ),
      { numRuns: 120 },
    );
  });

  it('reads any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.anything(), (value, other) => {
        check(value);
        check({ text: value, blocks: value, attachments: value });
        check({ blocks: [value], attachments: [value] });
        expect(writeMarkdown(read(other).root)).toMatch(/\n$/);
      }),
    );
  });

  it('keeps all words of rich text', () => {
    const word = fc.nat(99_999).map((number) => `w${number}`);
    const section = fc
      .array(fc.record({ type: fc.constant('text'), text: word, style: fc.option(style) }), { maxLength: 4 })
      .map((elements) => ({ type: 'rich_text_section', elements }));
    const block = fc.oneof(
      section,
      fc.record({
        type: fc.constant('rich_text_list'),
        style: fc.constantFrom('bullet', 'ordered'),
        indent: fc.nat(9),
        elements: fc.array(section, { maxLength: 3 }),
      }),
      section.map(({ elements }) => ({ type: 'rich_text_quote', elements })),
      section.map(({ elements }) => ({ type: 'rich_text_preformatted', elements })),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (elements) => {
        const message = { blocks: [{ type: 'rich_text', elements }] };
        const written = JSON.stringify(message).match(/w\d+/g) ?? [];
        expect(check(message).match(/w\d+/g) ?? []).toEqual(written);
      }),
      { numRuns: 80 },
    );
  });

  it.each([
    'rich_text',
    'rich_text_section',
    'rich_text_list',
    'rich_text_quote',
    'container',
    'carousel',
    'plan',
    'frob',
  ])('R13 flattens 10,000 levels of %s', (type) => {
    let deep: unknown = { type: 'text', text: 'deep' };
    for (let level = 0; level < 10_000; level++) {
      deep = { type, elements: [deep], child_blocks: [deep], tasks: [deep] };
      // One of the three is followed; shared, they would be as many as two to the power of their depth.
      const kept = { container: 'child_blocks', plan: 'tasks' }[type] ?? 'elements';
      deep = { type, [kept]: (deep as Record<string, unknown>)[kept] };
    }
    const message = { blocks: [type.startsWith('rich') ? { type: 'rich_text', elements: [deep] } : deep] };
    expect(bound(message, 10_000 * 40)).toContain('deep');
    const { warnings } = read(message);
    expect(warnings.filter(({ construct }) => construct === 'depth').length).toBe(type === 'frob' ? 0 : 1);
  });

  it('R13 flattens thousands of list levels', () => {
    const elements = Array.from({ length: 2000 }, (_, indent) => ({
      type: 'rich_text_list',
      style: 'bullet',
      indent,
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
    }));
    bound({ blocks: [{ type: 'rich_text', elements }] }, 2000 * 60);
    expect(read({ blocks: [{ type: 'rich_text', elements }] }).warnings).toContainEqual({
      construct: 'depth',
      fate: 'degraded',
    });
    const text = Array.from({ length: 300 }, (_, indent) => `${' '.repeat(indent)}• a`).join('\n');
    bound({ text }, text.length);
    expect(read({ text }).warnings).toEqual([{ construct: 'depth', fate: 'degraded' }]);
  });

  it('R13 reads 20,000 elements side by side', () => {
    const elements = Array.from({ length: 20_000 }, () => ({ type: 'text', text: 'a' }));
    expect(bound({ blocks: [{ type: 'rich_text', elements }] }, 20_000).length).toBe(20_001);
    bound({ attachments: Array.from({ length: 5000 }, () => ({ text: 'a' })) }, 50_000);
  });

  it.each([
    ...[
      '*',
      '_a_ ',
      '*a ',
      '~ ',
      '`',
      '```',
      '```a',
      '<',
      '<a',
      '<@U1',
      '<https://a|',
      '&',
      '&gt;',
      '&gt;\n',
      '>',
    ],
    ...[
      '• ',
      '• a\n',
      ' • a\n',
      ':a',
      'http://',
      'https://a((',
      'https://a.b ',
      '\n',
      '<!date^1^',
      '*_~`',
      '<https://a>',
    ],
  ])('reads %j repeated in time proportional to its length', (unit) => {
    const seconds = (length: number) => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const start = performance.now();
      read({ text });
      return (performance.now() - start) / 1000;
    };
    seconds(1000);
    // Quadratic growth would take 64 times as long as the eighth; the allowance is for a busy machine.
    expect(seconds(16_000)).toBeLessThan(24 * seconds(2000) + 1);
  });

  it('R13 reads a megabyte of one sign', () => {
    for (const sign of ['*', '`', '<', '&gt;', '\n']) {
      read({ text: sign.repeat(1_000_000 / sign.length) });
    }
  });
});
