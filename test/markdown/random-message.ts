import fc from 'fast-check';
import { BLOCKS } from '../../src/markdown/slack/blocks.ts';
import { INLINE } from '../../src/markdown/slack/inline.ts';
import { RICH_TEXT } from '../../src/markdown/slack/rich-text.ts';

/** All that means something in mrkdwn, and some text between. */
const TOKENS = (
  '* _ ~ ` ``` > &gt; &gt;&gt;&gt; &lt; &amp; < | • ◦ : <@U1> <@U2|a> <#C1> <#C2|b> <!here> <!subteam^S1> ' +
  '<!date^1^{time}|c> <!date^1^{date}> <https://a.example> <https://a.example/?b&amp;c|d> <mailto:a@b.example> ' +
  'https://a.example :tada: ** __ ~~ # 1. - [a](b) <b> a b1 中 . ( )'
)
  .split(' ')
  .concat(' ', ' ', '\n', '\n', '\n\n', '\t', '\r\n', '\u0000', '\uFDD0', '\uD800');
export const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 40 }).map((tokens) => tokens.join(''));

/** Alerts are GitHub's alone: the grammar reads their first line as text. */
const TYPES = [
  ...Object.keys({ ...BLOCKS, ...RICH_TEXT, ...INLINE }).filter((type) => type !== 'alert'),
  ...['mrkdwn', 'plain_text', 'raw_text', 'raw_number', 'button', 'checkboxes', 'overflow', 'static_select'],
  ...['plain_text_input', 'url', 'frob', '', 'constructor', '__proto__'],
];
const KEYS = [
  ...[
    'elements',
    'text',
    'fields',
    'accessory',
    'title',
    'rows',
    'options',
    'child_blocks',
    'tasks',
    'element',
  ],
  ...[
    'label',
    'url',
    'name',
    'user_id',
    'channel_id',
    'unicode',
    'timestamp',
    'format',
    'image_url',
    'alt_text',
  ],
  ...[
    'indent',
    'offset',
    'style',
    'language',
    'call',
    'placeholder',
    'initial_value',
    'value',
    'level',
    'caption',
  ],
  ...['column_settings', 'rich_text_title', 'details', 'output', 'sources', 'skin_tone', 'is_collapsible'],
];
export const style = fc.dictionary(
  fc.constantFrom('bold', 'italic', 'code', 'strike', 'underline', 'odd'),
  fc.boolean(),
);

/** Objects of Slack's types and names in any nesting. */
export const { node: anyNode } = fc.letrec<{ node: unknown; object: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    soup,
    fc.constantFrom(
      null,
      7,
      -1,
      1e300,
      true,
      'constructor',
      'https://a.example',
      'U1',
      'C1',
      'ordered',
      '1f44b',
    ),
    style,
    fc.array(tie('object'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.constantFrom(...TYPES),
      fc.dictionary(fc.constantFrom(...KEYS), tie('node'), { maxKeys: 4 }),
      fc.oneof(soup, fc.array(tie('object'), { maxLength: 4 })),
    )
    .map(([type, parts, content]) => ({
      type,
      [typeof content === 'string' ? 'text' : 'elements']: content,
      ...parts,
    })),
}));

const ATTACHED = [
  ...[
    'pretext',
    'author_name',
    'author_link',
    'author_id',
    'title',
    'title_link',
    'text',
    'fallback',
    'footer',
  ],
  ...[
    'ts',
    'from_url',
    'original_url',
    'image_url',
    'is_msg_unfurl',
    'mrkdwn_in',
    'fields',
    'actions',
    'files',
  ],
  ...['blocks', 'message_blocks'],
];
export const attachment = fc.dictionary(fc.constantFrom(...ATTACHED), anyNode, { maxKeys: 6 });
