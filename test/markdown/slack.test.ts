import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { writeMarkdown } from '../../src/markdown/index.ts';
import { readExample, SECTIONS } from '../../src/markdown/reference/page.ts';
import { BLOCKS } from '../../src/markdown/slack/blocks.ts';
import { INLINE } from '../../src/markdown/slack/inline.ts';
import { RICH_TEXT } from '../../src/markdown/slack/rich-text.ts';
import { blocks, inline, marked, plain, read, richText, section, slack, words } from './slack-message.ts';

/** These fail to compile where a type of Slack's own definitions is not read. */
const TABLES = {
  blocks: BLOCKS satisfies Record<KnownBlock['type'], unknown>,
  elements: INLINE satisfies Record<RichTextElement['type'], unknown>,
  richText: RICH_TEXT satisfies Record<RichTextBlockElement['type'], unknown>,
};

const SPEC = join(import.meta.dirname, '../../../shared/specs/slack-web.openapi2.json');
const present = existsSync(SPEC);
if (!present) process.stderr.write(`skipped: no Slack specification at ${SPEC}\n`);

describe('what of a message is read', () => {
  it.each([
    [
      'its blocks rather than its text',
      { text: 'a', blocks: [{ type: 'section', text: plain('b') }] },
      'b\n',
    ],
    ['its text without blocks', { text: 'a', blocks: [] }, 'a\n'],
    ['its text where blocks show nothing', { text: 'a', blocks: [richText(section())] }, 'a\n'],
    ['its text where no block is known', { text: 'a', blocks: [{ type: 'frob', text: plain('b') }] }, 'a\n'],
    ['nothing of an empty message', {}, '\n'],
    ['nothing of no message', null, '\n'],
    ['nothing of other shapes', { text: 7, blocks: 'x', attachments: { a: 1 } }, '\n'],
  ])('is %s', (_, message, markdown) => {
    expect(slack(message)).toBe(markdown);
  });

  it('counts unknown blocks', () => {
    const unknown = [
      { type: 'frob', title: plain('A &amp; b'), deep: [{ text: marked('*c*') }] },
      { type: 'x' },
    ];
    const reading = read({ blocks: unknown });
    expect(slack({ blocks: unknown })).toBe(
      '`[unsupported block: frob]`\n\nA & b\n\n**c**\n\n`[unsupported block: x]`\n',
    );
    expect(reading.fidelity).toEqual({ kept: 1, degraded: 1, lost: 1 });
    expect(read({ text: 'a', blocks: unknown }).fidelity).toEqual({ kept: 0, degraded: 2, lost: 0 });
  });

  it('counts what is more than words', () => {
    const paragraph = richText(section(words('a\nb')));
    expect(read({ blocks: [paragraph] }).fidelity).toEqual({ kept: 0, degraded: 0, lost: 0 });
    const list = { type: 'rich_text_list', style: 'bullet', elements: [section(words('a', { bold: true }))] };
    expect(read({ blocks: [richText(list)] }).fidelity).toEqual({ kept: 2, degraded: 0, lost: 0 });
  });
});

describe('inline elements of rich text', () => {
  it.each([
    ['text that looks like markup', [words('# *a* _b_ <c> &lt; :d:')], '\\# \\*a* \\_b_ \\<c> \\&lt; :d:\n'],
    ['line breaks', [words('a\nb\n')], 'a\\\nb\n'],
    ['blank lines', [words('a\n'), words('\nb\n \nc')], 'a\n\nb\n\nc\n'],
    ['bold', [words('a', { bold: true })], '**a**\n'],
    ['bold over lines', [words('a\n\nb', { bold: true })], '**a**\n\n**b**\n'],
    ['italic and struck', [words('a', { italic: true, strike: true })], '_~~a~~_\n'],
    ['underlined', [words('a', { underline: true })], '<u>a</u>\n'],
    ['bold code', [words('a*b', { code: true, bold: true })], '**`a*b`**\n'],
    ['neighbours of one style', [words('a ', { bold: true }), words('b', { bold: true })], '**a b**\n'],
    ['styles that are off', [words('a', { bold: false, italic: null })], 'a\n'],
    ['a link', [{ type: 'link', url: 'https://a.example/?b&c', text: 'd' }], '[d](https://a.example/?b&c)\n'],
    [
      'a link without words',
      [{ type: 'link', url: 'mailto:a@b.example' }],
      '[a@b.example](mailto:a@b.example)\n',
    ],
    [
      'a bold link',
      [
        words('a ', { bold: true }),
        { type: 'link', url: 'https://a.example', text: 'b', style: { bold: true } },
      ],
      '**a [b](https://a.example)**\n',
    ],
    [
      'a person',
      [{ type: 'user', user_id: 'U1' }, words(' '), { type: 'user', user_id: 'U2' }],
      '@Ann Lee @U2\n',
    ],
    ['a group', [{ type: 'usergroup', usergroup_id: 'S1' }], '@backend-team\n'],
    [
      'a channel',
      [{ type: 'channel', channel_id: 'C1' }],
      '[#general](https://acme.slack.com/archives/C1)\n',
    ],
    ['a channel by its id', [{ type: 'channel', channel_id: 'C2' }], '#C2\n'],
    ['everyone', [{ type: 'broadcast', range: 'here' }], '@here\n'],
    ['a team', [{ type: 'team', team_id: 'T1' }], '@T1\n'],
    ['a colour', [{ type: 'color', value: '#ff0000' }], '#ff0000\n'],
    ['emoji', [{ type: 'emoji', name: 'family', unicode: '1f468-200d-1f467' }], '👨‍👧\n'],
    ['a skin tone', [{ type: 'emoji', name: 'wave', unicode: '1f44b', skin_tone: 2 }], '👋🏻\n'],
    [
      'a skin tone within',
      [{ type: 'emoji', name: 'x', unicode: '1f469-200d-1f4bb', skin_tone: 6 }],
      '👩🏿‍💻\n',
    ],
    [
      'a skin tone that is written',
      [{ type: 'emoji', name: 'wave', unicode: '1f44b-1f3fb', skin_tone: 2 }],
      '👋🏻\n',
    ],
    ['emoji of the workspace', [{ type: 'emoji', name: 'our_own' }], ':our_own:\n'],
    ['emoji that are none', [{ type: 'emoji', name: 'x', unicode: 'ffffff' }], ':x:\n'],
    [
      'a date',
      [{ type: 'date', timestamp: 1392734382, format: '{date_short} {time}' }],
      '2014-02-18 14:39 UTC\n',
    ],
    [
      'a date with words',
      [{ type: 'date', timestamp: 1, format: '{ago}', fallback: 'long ago', url: 'https://a.example' }],
      '[long ago](https://a.example)\n',
    ],
    [
      'elements that have lost their parts',
      [{ type: 'user' }, { type: 'link' }, { type: 'emoji' }, words('a')],
      'a\n',
    ],
    ['unknown elements with text', [{ type: 'frob', text: 'a' }], 'a\n'],
  ])('reads %s', (_, elements, markdown) => {
    expect(inline(...elements)).toBe(markdown);
  });

  it('counts styles and elements that it does not know', () => {
    const elements = [
      words('a', { bold: true, blink: true, highlight: true }),
      { type: 'frob' },
      { type: 'user' },
    ];
    expect(read({ blocks: [richText(section(...elements))] }).warnings).toEqual([
      { construct: 'slack:style:blink', fate: 'degraded' },
      { construct: 'slack:frob', fate: 'lost' },
      { construct: 'slack:user', fate: 'lost', detail: 'without an id' },
    ]);
  });
});

describe('lists and blocks of rich text', () => {
  const list = (style: string, indent: number, items: string, more = {}) => ({
    type: 'rich_text_list',
    style,
    indent,
    elements: [...items].map((item) => section(words(item))),
    ...more,
  });

  it.each([
    ['bullets', [list('bullet', 0, 'ab')], '- a\n- b\n'],
    ['numbers from an offset', [list('ordered', 0, 'ab', { offset: 3 })], '4. a\n5. b\n'],
    [
      'lists in lists',
      [list('bullet', 0, 'a'), list('bullet', 1, 'b'), list('ordered', 2, 'cd'), list('bullet', 0, 'e')],
      '- a\n  - b\n    1. c\n    2. d\n- e\n',
    ],
    [
      'numbers that go on behind a list within',
      [list('ordered', 0, 'ab'), list('bullet', 1, 'c'), list('ordered', 0, 'd', { offset: 2 })],
      '1. a\n2. b\n   - c\n3. d\n',
    ],
    [
      'numbers that go on without saying so',
      [list('ordered', 0, 'a'), list('bullet', 1, 'b'), list('ordered', 0, 'c', { offset: 0 })],
      '1. a\n   - b\n2. c\n',
    ],
    ['numbers that begin again', [list('ordered', 0, 'a'), list('ordered', 0, 'b')], '1. a\n\n1) b\n'],
    ['lists of another kind', [list('bullet', 0, 'a'), list('ordered', 0, 'b')], '- a\n\n1. b\n'],
    ['levels that are skipped', [list('bullet', 4, 'a'), list('bullet', 8, 'b')], '- a\n  - b\n'],
    [
      'lists without items',
      [list('ordered', 1, ''), list('bullet', 2, 'a'), list('ordered', 1, 'b')],
      '- a\n\n1. b\n',
    ],
    ['levels that go back', [list('bullet', 1, 'a'), list('bullet', 0, 'b')], '- a\n\n* b\n'],
    [
      'items of several lines',
      [{ ...list('bullet', 0, ''), elements: [section(words('a\nb'))] }],
      '- a\\\n  b\n',
    ],
    [
      'text around lists',
      [section(words('a\n')), list('bullet', 0, 'b'), section(words('\nc'))],
      'a\n\n- b\n\nc\n',
    ],
    ['lists without items', [list('bullet', 0, ''), section(words('a'))], 'a\n'],
    ['quotes', [{ type: 'rich_text_quote', elements: [words('a\nb\n\nc')] }], '> a\\\n> b\n>\n> c\n'],
    [
      'code',
      [
        {
          type: 'rich_text_preformatted',
          elements: [words('a  *b*\n\t'), { type: 'link', url: 'https://c.example' }],
        },
      ],
      '```\na  *b*\n\thttps://c.example\n```\n',
    ],
    [
      'code of a language',
      [{ type: 'rich_text_preformatted', language: 'js', elements: [words('a')] }],
      '```js\na\n```\n',
    ],
    [
      'code of no language',
      [{ type: 'rich_text_preformatted', language: 'constructor', elements: [words('a')] }],
      '```constructor\na\n```\n',
    ],
    ['empty code', [{ type: 'rich_text_preformatted', elements: [] }, section(words('a'))], 'a\n'],
  ])('reads %s', (_, elements, markdown) => {
    expect(blocks(richText(...elements))).toBe(markdown);
  });
});

describe('blocks', () => {
  const button = { type: 'button', text: plain('Open'), url: 'https://a.example' };
  it.each([
    ['plain text', { type: 'section', text: plain('*a* &amp; <@U1>\nb') }, '\\*a* & <@U1>\\\nb\n'],
    ['marked text', { type: 'section', text: marked('*a*\n• b') }, '**a**\n\n- b\n'],
    ['fields', { type: 'section', fields: [marked('*a*\nb'), null, plain('c')] }, '- **a**\\\n  b\n- c\n'],
    [
      'what stands beside',
      { type: 'section', text: plain('a'), accessory: button },
      'a\n\n[Open](https://a.example)\n',
    ],
    ['headers', { type: 'header', text: plain('*a* &lt;') }, '# \\*a* <\n'],
    ['dividers', { type: 'divider' }, '***\n'],
    [
      'images',
      { type: 'image', image_url: 'https://a.example/b.png', alt_text: 'c' },
      '![c](https://a.example/b.png)\n',
    ],
    [
      'images of a file',
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'c' },
      '![c](https://acme.slack.com/files/F1/plan.pdf)\n',
    ],
    ['images from nowhere', { type: 'image', alt_text: 'c' }, '`[image: c]`\n'],
    ['context', { type: 'context', elements: [plain('a'), marked('_b_')] }, 'a _b_\n'],
    [
      'buttons',
      { type: 'actions', elements: [button, { type: 'button', text: plain('No') }] },
      '[Open](https://a.example) `No`\n',
    ],
    [
      'choices',
      {
        type: 'actions',
        elements: [
          {
            type: 'checkboxes',
            options: [
              { text: plain('a'), value: '1' },
              { text: marked('*b*'), value: '2', description: plain('c') },
            ],
            initial_options: [{ text: plain('a'), value: '1' }],
          },
        ],
      },
      '- [x] a\n- [ ] **b**: c\n',
    ],
    [
      'selections',
      {
        type: 'actions',
        elements: [
          { type: 'users_select', initial_user: 'U1' },
          { type: 'static_select', initial_option: { text: plain('a') } },
          { type: 'multi_channels_select', initial_channels: ['C2'] },
          { type: 'datepicker', initial_date: '2026-01-02' },
          { type: 'datetimepicker', initial_date_time: 1392734382 },
        ],
      },
      '@Ann Lee a #C2 2026-01-02 2014-02-18 14:39 UTC\n',
    ],
    [
      'menus',
      { type: 'actions', elements: [{ type: 'overflow', options: [button, { text: plain('x') }] }] },
      '[Open](https://a.example) `x`\n',
    ],
    [
      'unknown elements',
      { type: 'actions', elements: [{ type: 'frob' }] },
      '`[unsupported element: frob]`\n',
    ],
    [
      'inputs',
      {
        type: 'input',
        label: plain('a'),
        hint: plain('b'),
        element: { type: 'plain_text_input', placeholder: plain('c') },
      },
      'a\n\n`c`\n\nb\n',
    ],
    ['files', { type: 'file', file_id: 'F1' }, '[plan.pdf](https://acme.slack.com/files/F1/plan.pdf)\n'],
    ['files from nowhere', { type: 'file', external_id: 'X' }, '`[file: X]`\n'],
    [
      'videos',
      { type: 'video', title: plain('a'), video_url: 'https://b.example', author_name: 'c' },
      '[a](https://b.example) (c)\n',
    ],
    [
      'markdown',
      { type: 'markdown', text: '## a\n\n**b** [c](https://d.example)' },
      '## a\n\n**b** [c](https://d.example)\n',
    ],
    [
      'calls',
      { type: 'call', call: { v1: { name: 'a', join_url: 'https://b.example' } } },
      '[a](https://b.example)\n',
    ],
    [
      'tables',
      {
        type: 'table',
        column_settings: [{ align: 'center' }, null, { align: 'right' }],
        rows: [
          [
            { type: 'raw_text', text: 'a|b' },
            { type: 'raw_text', text: '&lt;' },
          ],
          [
            richText(section(words('c', { bold: true }), words('\nd'))),
            { type: 'raw_number', value: 7 },
            'e',
          ],
          'x',
        ],
      },
      '| a\\|b | \\&lt; |  |\n| :-: | --- | --: |\n| **c**<br>d | 7 | e |\n',
    ],
    ['alerts', { type: 'alert', level: 'error', text: marked('*a*') }, '> [!CAUTION]\n> **a**\n'],
    ['alerts of no level', { type: 'alert', level: 'constructor', text: plain('a') }, '> [!NOTE]\n> a\n'],
    [
      'containers',
      {
        type: 'container',
        rich_text_title: richText(section(words('a'))),
        child_blocks: [{ type: 'divider' }],
      },
      '**a**\n\n***\n',
    ],
  ])('reads %s', (_, block, markdown) => {
    expect(blocks(block)).toBe(markdown);
  });

  it('reads every type that Slack defines, and shows each in the reference', () => {
    const examples = SECTIONS.filter(({ format }) => format === 'slack').flatMap(({ examples }) => examples);
    const sources = examples.map(({ source }) => source).join('\n');
    const types = Object.values(TABLES).flatMap((table) => Object.keys(table));
    expect(types.filter((type) => !sources.includes(`"type":"${type}"`))).toEqual([]);
    const known = examples.filter(({ construct }) => !/^unknown |^choices /.test(construct));
    expect(known.flatMap(({ source }) => readExample('slack', source).warnings)).toEqual([]);
  });
});

describe('the specification of Slack', () => {
  it.skipIf(!present)('has no message that cannot be read', () => {
    const messages = objectsIn(JSON.parse(readFileSync(SPEC, 'utf8'))).filter(
      (value) => 'text' in value || 'blocks' in value || 'attachments' in value,
    );
    expect(messages.length).toBeGreaterThan(30);
    for (const message of messages) {
      const { root } = read(message);
      const markdown = writeMarkdown(root);
      if (typeof message.text === 'string' && !('blocks' in message)) {
        expect(markdown).toContain(message.text.split(/\W/, 1)[0]);
      }
    }
  });
});

function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Readonly<Record<string, unknown>>, ...inner];
}
