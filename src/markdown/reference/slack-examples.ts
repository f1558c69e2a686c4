import type { Example } from './example.ts';

type Json = Readonly<Record<string, unknown>>;

const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const text = (value: string, ...styles: string[]): Json => ({
  type: 'text',
  text: value,
  ...(styles.length > 0 && { style: Object.fromEntries(styles.map((style) => [style, true])) }),
});
const section = (...elements: Json[]): Json => ({ type: 'rich_text_section', elements });
const words = (value: string): Json => section(text(value));
const richText = (...elements: Json[]): Json => ({ type: 'rich_text', elements });
const list = (style: string, indent: number, items: string[], more: Json = {}): Json => ({
  type: 'rich_text_list',
  style,
  indent,
  elements: items.map(words),
  ...more,
});
const button = (label: string, url?: string): Json => ({
  type: 'button',
  text: plain(label),
  ...(url !== undefined && { url }),
});

const blocks = (construct: string, ...content: Json[]): Example => ({
  construct,
  source: JSON.stringify({ blocks: content }),
});
const rich = (construct: string, ...elements: Json[]): Example => blocks(construct, richText(...elements));
const inline = (construct: string, ...elements: Json[]): Example => rich(construct, section(...elements));
const attached = (construct: string, attachment: Json, message: string): Example => ({
  construct,
  source: JSON.stringify({ text: message, attachments: [attachment] }),
});

const PAGE = 'https://www.example.org/';
const PICTURE = `${PAGE}a.png`;
const QUOTED = 'https://acme.slack.com/archives/general/p1738368000000100';

/** Every block and element of a Slack message, and what is attached to it. */
export const slackExamples: readonly Example[] = [
  rich('rich_text, rich_text_section, text', words('one line\nthe next\n\na paragraph, and *stars*')),
  inline(
    'styles of text',
    text('bold', 'bold'),
    text(' '),
    text('italic', 'italic'),
    text(' '),
    text('struck', 'strike'),
    text(' '),
    text('code', 'code'),
    text(' '),
    text('underlined', 'underline'),
  ),
  rich(
    'rich_text_list',
    list('ordered', 0, ['first']),
    list('bullet', 1, ['nested']),
    list('ordered', 0, ['second'], { offset: 1 }),
  ),
  rich('rich_text_preformatted', {
    type: 'rich_text_preformatted',
    language: 'python',
    elements: [text('print("hello")')],
  }),
  rich('rich_text_quote', { type: 'rich_text_quote', elements: [text('To be.')] }),
  inline('link', { type: 'link', url: PAGE, text: 'example' }),
  inline('user', { type: 'user', user_id: 'ann' }),
  inline('usergroup', { type: 'usergroup', usergroup_id: 'backend' }),
  inline('channel', { type: 'channel', channel_id: 'general' }),
  inline('broadcast', { type: 'broadcast', range: 'here' }),
  inline('emoji', { type: 'emoji', name: 'wave', unicode: '1f44b', skin_tone: 4 }, text(' '), {
    type: 'emoji',
    name: 'our-own',
  }),
  inline('date', { type: 'date', timestamp: 1740787200, format: '{date_short} at {time}' }, text(', '), {
    type: 'date',
    timestamp: 1740787200,
    format: '{date_short}',
    fallback: 'March 1',
  }),
  inline('color', { type: 'color', value: '#ff0000' }),
  inline('team', { type: 'team', team_id: 'T1' }),
  blocks('section', {
    type: 'section',
    text: mrkdwn('It is *done*.'),
    fields: [mrkdwn('*Owner*\nAnn'), plain('*not bold*')],
    accessory: button('Open', PAGE),
  }),
  blocks('header', { type: 'header', text: plain('Goals') }),
  blocks('divider', { type: 'divider' }),
  blocks('image', { type: 'image', image_url: PICTURE, alt_text: 'The plan', title: plain('Our plan') }),
  blocks('context', {
    type: 'context',
    elements: [{ type: 'image', image_url: PICTURE, alt_text: 'Ann' }, mrkdwn('by <@ann>')],
  }),
  blocks('actions', { type: 'actions', elements: [button('Open', PAGE), button('Approve')] }),
  blocks('choices in actions', {
    type: 'actions',
    elements: [
      { type: 'static_select', placeholder: plain('Pick one'), options: [{ text: plain('a'), value: 'a' }] },
    ],
  }),
  blocks('context_actions', {
    type: 'context_actions',
    elements: [{ type: 'icon_button', icon: 'trash', text: plain('Delete') }],
  }),
  blocks('input', {
    type: 'input',
    label: plain('Name'),
    hint: plain('As on the door.'),
    element: { type: 'plain_text_input', initial_value: 'Ann' },
  }),
  blocks('file', { type: 'file', source: 'remote', external_id: 'plan.pdf' }),
  blocks('video', {
    type: 'video',
    title: plain('Our plan'),
    title_url: PAGE,
    video_url: `${PAGE}embed`,
    thumbnail_url: PICTURE,
    alt_text: 'The plan',
    provider_name: 'Films',
    description: plain('All of it.'),
  }),
  blocks('markdown', { type: 'markdown', text: '**bold**\n\n- one\n- two' }),
  blocks('table', {
    type: 'table',
    column_settings: [{}, { align: 'right' }],
    rows: [
      [
        { type: 'raw_text', text: 'Name' },
        { type: 'raw_text', text: 'Age' },
      ],
      [richText(section(text('Ann', 'bold'))), { type: 'raw_number', value: 7, text: '7' }],
    ],
  }),
  blocks('data_table', {
    type: 'data_table',
    caption: 'People',
    rows: [[{ type: 'raw_text', text: 'Name' }], [{ type: 'raw_text', text: 'Ann' }]],
  }),
  blocks('alert', { type: 'alert', level: 'warning', text: mrkdwn('Mind the gap.') }),
  blocks('card', {
    type: 'card',
    title: mrkdwn('A card'),
    subtitle: mrkdwn('of ours'),
    body: mrkdwn('Its body.'),
    actions: [button('Open', PAGE)],
  }),
  blocks('carousel', {
    type: 'carousel',
    elements: [
      { type: 'card', title: mrkdwn('One') },
      { type: 'card', title: mrkdwn('Two') },
    ],
  }),
  blocks('container', {
    type: 'container',
    title: plain('Why?'),
    is_collapsible: true,
    child_blocks: [{ type: 'section', text: mrkdwn('Because.') }],
  }),
  blocks('task_card', {
    type: 'task_card',
    task_id: '1',
    title: 'Look it up',
    status: 'in_progress',
    details: richText(words('In the archive.')),
    sources: [{ type: 'url', url: PAGE, text: 'example' }],
  }),
  blocks('plan', {
    type: 'plan',
    title: 'The plan',
    tasks: [
      { type: 'task_card', task_id: '1', title: 'Read', status: 'complete' },
      { type: 'task_card', task_id: '2', title: 'Write', status: 'pending' },
    ],
  }),
  blocks('call', { type: 'call', call_id: 'R1', call: { v1: { name: 'Stand-up', join_url: PAGE } } }),
  blocks('unknown block', { type: 'no_such_block', text: mrkdwn('Its *text*.') }),
  attached(
    'attachment',
    {
      pretext: 'A build',
      author_name: 'CI',
      title: 'Build 7',
      title_link: PAGE,
      text: 'It *failed*.',
      fields: [{ title: 'Branch', value: 'main', short: true }],
      image_url: PICTURE,
      footer: 'ci.example.org',
      ts: 1740787200,
    },
    'The news:',
  ),
  attached(
    'preview of a link',
    { from_url: PAGE, title: 'Example', title_link: PAGE, text: 'A page.', image_url: PICTURE },
    `See <${PAGE}>`,
  ),
  attached(
    'shared message',
    {
      is_msg_unfurl: true,
      author_id: 'ann',
      author_name: 'ann',
      from_url: QUOTED,
      footer: 'Posted in #general',
      ts: '1738368000.000100',
      message_blocks: [{ message: { blocks: [richText(words('It works.'))] } }],
    },
    'As Ann said:',
  ),
];

/** https://docs.slack.dev/messaging/formatting-message-text */
export const mrkdwnExamples: readonly Example[] = [
  { construct: 'marks', source: '*bold* _italic_ ~struck~ `code`' },
  { construct: 'signs that are no marks', source: 'snake_case_name, 2 * 3 * 4, **stars**' },
  { construct: 'line breaks and paragraphs', source: 'one line\nthe next\n\na paragraph' },
  { construct: 'code between fences', source: '```\nas  it   is\n```' },
  { construct: 'quote of a line', source: '&gt; To be.\nOr not.' },
  { construct: 'quote of all that follows', source: '&gt;&gt;&gt; To be.\n\nOr not.' },
  { construct: 'bullets', source: '• apples\n    ◦ green\n• pears' },
  { construct: 'escaped signs', source: '1 &lt; 2 &amp;&amp; 3 &gt; 2, &copy;' },
  { construct: 'addresses', source: `<${PAGE}|example> <mailto:a@example.org|a@example.org> ${PAGE}` },
  { construct: 'mentions of people', source: '<@ann> <@U2|bob> <!subteam^backend> <!here>' },
  { construct: 'mentions of channels', source: '<#general> <#C2|gone>' },
  {
    construct: 'dates',
    source: '<!date^1740787200^{date_num} {time}|March 1> <!date^1740787200^{date_num}>',
  },
  { construct: 'emoji by name', source: ':tada:' },
];
