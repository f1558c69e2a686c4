import type { Example } from './example.ts';

type Node = Readonly<Record<string, unknown>>;

const text = (value: string, ...marks: Node[]): Node => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 && { marks }),
});
const paragraph = (...content: Node[]): Node => ({ type: 'paragraph', content });
const words = (value: string): Node => paragraph(text(value));
const marked = (construct: string, mark: Node): Example => example(construct, paragraph(text('text', mark)));
const row = (...cells: Node[]): Node => ({ type: 'tableRow', content: cells });
const cell = (type: 'tableHeader' | 'tableCell', value: string, attrs?: Node): Node => ({
  type,
  ...(attrs && { attrs }),
  content: [words(value)],
});

function example(construct: string, ...content: Node[]): Example {
  return { construct, source: JSON.stringify({ type: 'doc', version: 1, content }) };
}

/** Every node and mark of the Atlassian Document Format. */
export const adfExamples: readonly Example[] = [
  example('doc, paragraph, text', words('Hello')),
  example('heading', { type: 'heading', attrs: { level: 2 }, content: [text('Goals')] }),
  example('hardBreak', paragraph(text('one'), { type: 'hardBreak' }, text('two'))),
  example('rule', { type: 'rule' }),
  example('bulletList, listItem', {
    type: 'bulletList',
    content: [{ type: 'listItem', content: [words('apples')] }],
  }),
  example('orderedList', {
    type: 'orderedList',
    attrs: { order: 3 },
    content: [{ type: 'listItem', content: [words('three')] }],
  }),
  example('blockquote', { type: 'blockquote', content: [words('To be.')] }),
  example('codeBlock', {
    type: 'codeBlock',
    attrs: { language: 'python' },
    content: [text('print("hello")')],
  }),
  example('panel', { type: 'panel', attrs: { panelType: 'warning' }, content: [words('Mind the gap.')] }),
  example('expand', { type: 'expand', attrs: { title: 'Why?' }, content: [words('Because.')] }),
  example('nestedExpand', {
    type: 'table',
    content: [
      row({
        type: 'tableCell',
        content: [{ type: 'nestedExpand', attrs: { title: 'Why?' }, content: [words('Because.')] }],
      }),
    ],
  }),
  example('table, tableRow, tableHeader, tableCell', {
    type: 'table',
    content: [
      row(cell('tableHeader', 'Name'), cell('tableHeader', 'Age')),
      row(cell('tableCell', 'Ann'), cell('tableCell', '7')),
    ],
  }),
  example('merged cells', {
    type: 'table',
    content: [
      row(cell('tableCell', 'both', { colspan: 2 })),
      row(cell('tableCell', '1'), cell('tableCell', '2')),
    ],
  }),
  example('layoutSection, layoutColumn', {
    type: 'layoutSection',
    content: ['left', 'right'].map((side) => ({
      type: 'layoutColumn',
      attrs: { width: 50 },
      content: [words(side)],
    })),
  }),
  example('taskList, taskItem, blockTaskItem', {
    type: 'taskList',
    attrs: { localId: 'list' },
    content: [
      { type: 'taskItem', attrs: { localId: 'a', state: 'DONE' }, content: [text('write')] },
      { type: 'blockTaskItem', attrs: { localId: 'b', state: 'TODO' }, content: [words('read')] },
    ],
  }),
  example('decisionList, decisionItem', {
    type: 'decisionList',
    attrs: { localId: 'list' },
    content: [
      { type: 'decisionItem', attrs: { localId: 'a', state: 'DECIDED' }, content: [text('Use Postgres')] },
    ],
  }),
  example('mediaSingle, media, caption', {
    type: 'mediaSingle',
    attrs: { layout: 'center' },
    content: [
      { type: 'media', attrs: { type: 'file', id: 'plan', collection: 'page', alt: 'plan.png' } },
      { type: 'caption', content: [text('Our plan')] },
    ],
  }),
  example('mediaGroup', {
    type: 'mediaGroup',
    content: [{ type: 'media', attrs: { type: 'file', id: 'pdf', collection: 'page', alt: 'plan.pdf' } }],
  }),
  example(
    'mediaInline',
    paragraph(text('see '), {
      type: 'mediaInline',
      attrs: { id: 'pdf', collection: 'page', alt: 'plan.pdf' },
    }),
  ),
  example('media of another site', {
    type: 'mediaSingle',
    content: [{ type: 'media', attrs: { type: 'external', url: 'https://www.example.org/a.png' } }],
  }),
  example('mention', paragraph({ type: 'mention', attrs: { id: 'ann', text: '@Ann Lee' } })),
  example('emoji', paragraph({ type: 'emoji', attrs: { shortName: ':rocket:', text: '🚀' } })),
  example('date', paragraph({ type: 'date', attrs: { timestamp: '1740787200000' } })),
  example('status', paragraph({ type: 'status', attrs: { text: 'DONE', color: 'green' } })),
  example('placeholder', paragraph(text('Owner: '), { type: 'placeholder', attrs: { text: 'type a name' } })),
  example(
    'inlineCard',
    paragraph({ type: 'inlineCard', attrs: { url: 'https://acme.atlassian.net/browse/ACME-7' } }),
  ),
  example('blockCard', { type: 'blockCard', attrs: { url: 'https://www.example.org/' } }),
  example('embedCard', { type: 'embedCard', attrs: { url: 'https://www.example.org/', layout: 'wide' } }),
  example('extension', {
    type: 'extension',
    attrs: {
      extensionType: 'com.atlassian.confluence.macro.core',
      extensionKey: 'jira',
      parameters: { macroParams: { key: { value: 'ACME-7' } } },
    },
  }),
  example('bodiedExtension', {
    type: 'bodiedExtension',
    attrs: { extensionType: 'com.atlassian.confluence.macro.core', extensionKey: 'excerpt' },
    content: [words('In short.')],
  }),
  example(
    'inlineExtension',
    paragraph({
      type: 'inlineExtension',
      attrs: {
        extensionType: 'com.atlassian.confluence.macro.core',
        extensionKey: 'anchor',
        parameters: { macroParams: { '': { value: 'here' } } },
      },
    }),
  ),
  example('bodiedSyncBlock', {
    type: 'bodiedSyncBlock',
    attrs: { resourceId: 'a', localId: 'b' },
    content: [words('Shared text.')],
  }),
  example('syncBlock', { type: 'syncBlock', attrs: { resourceId: 'a', localId: 'b' } }),
  marked('strong', { type: 'strong' }),
  marked('em', { type: 'em' }),
  marked('underline', { type: 'underline' }),
  marked('strike', { type: 'strike' }),
  marked('code', { type: 'code' }),
  marked('subsup', { type: 'subsup', attrs: { type: 'sub' } }),
  marked('link', { type: 'link', attrs: { href: 'https://www.example.org/' } }),
  marked('textColor', { type: 'textColor', attrs: { color: '#ff0000' } }),
  marked('backgroundColor', { type: 'backgroundColor', attrs: { color: '#ffff00' } }),
  marked('annotation', { type: 'annotation', attrs: { id: 'a', annotationType: 'inlineComment' } }),
  marked('fontSize', { type: 'fontSize', attrs: { fontSize: 'small' } }),
  marked('dataConsumer', { type: 'dataConsumer', attrs: { sources: ['a'] } }),
  marked('fragment', { type: 'fragment', attrs: { localId: 'a' } }),
  example('alignment', {
    ...words('text'),
    marks: [{ type: 'alignment', attrs: { align: 'center' } }],
  }),
  example('indentation', { ...words('text'), marks: [{ type: 'indentation', attrs: { level: 1 } }] }),
  example('breakout', {
    type: 'codeBlock',
    content: [text('wide')],
    marks: [{ type: 'breakout', attrs: { mode: 'wide' } }],
  }),
  example('border', {
    type: 'mediaSingle',
    content: [
      {
        type: 'media',
        attrs: { type: 'file', id: 'plan', collection: 'page', alt: 'plan.png' },
        marks: [{ type: 'border', attrs: { size: 2, color: '#000000' } }],
      },
    ],
  }),
];
