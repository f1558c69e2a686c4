import { createHash } from 'node:crypto';
import { personId } from './people.ts';
import { type Block, type Inline, type ListItem, type Mark, type PanelKind, parseBlocks } from './prose.ts';

/** Writes the notation of `prose.ts` as Confluence storage format. */
export function storage(source: string): string {
  return parseBlocks(source).map(writeBlock).join('\n');
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;');

/** `</` of a nested CDATA end would close it early: the end marker is split over two sections. */
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

interface MacroOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that are elements, such as a link to a page. */
  readonly references?: Readonly<Record<string, string>>;
  readonly rich?: string;
  readonly plain?: string;
}

/** A macro in the form in which Confluence stores it. */
export function macro(
  name: string,
  { parameters = {}, references = {}, rich, plain }: MacroOptions = {},
): string {
  const escaped = Object.entries(parameters).map(([key, value]) => [key, escapeText(value)]);
  const given = [...escaped, ...Object.entries(references)]
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`)
    .join('');
  const richBody = rich === undefined ? '' : `<ac:rich-text-body>${rich}</ac:rich-text-body>`;
  const plainBody = plain === undefined ? '' : `<ac:plain-text-body>${cdata(plain)}</ac:plain-text-body>`;
  const inner = `${given}${richBody}${plainBody}`;
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1" ac:macro-id="${macroId(name + inner)}">${inner}</ac:structured-macro>`;
}

/** A UUID made from the macro itself, so that a workspace comes out the same each time it is built. */
function macroId(content: string): string {
  const hex = createHash('sha1').update(content).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inline(block.inlines)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${inline(block.inlines)}</p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map(writeItem).join('')}</${tag}>`;
    }
    case 'tasks':
      return writeTasks(block.tasks);
    case 'decisions':
      return writeDecisions(block.decisions);
    case 'table':
      return writeTable(block.rows, block.header);
    case 'code':
      return macro('code', {
        parameters: { language: block.language, title: block.title },
        plain: block.text,
      });
    case 'quote':
      return `<blockquote>${block.blocks.map(writeBlock).join('')}</blockquote>`;
    case 'panel':
      return macro(block.panel, panelOptions(block.panel, block.title, block.blocks));
    case 'rule':
      return '<hr />';
    case 'raw':
      return block.storage;
  }
}

function panelOptions(panel: PanelKind, title: string, blocks: readonly Block[]): MacroOptions {
  const rich = blocks.map(writeBlock).join('');
  if (panel !== 'panel') return { parameters: { title }, rich };
  return { parameters: { title, bgColor: '#deebff', borderStyle: 'solid' }, rich };
}

const writeItem = ({ inlines, children }: ListItem): string =>
  `<li><p>${inline(inlines)}</p>${children.map(writeBlock).join('')}</li>`;

function writeTasks(tasks: Extract<Block, { kind: 'tasks' }>['tasks']): string {
  const written = tasks.map(({ done, inlines }, index) => {
    const status = done ? 'complete' : 'incomplete';
    return `<ac:task>\n<ac:task-id>${index + 1}</ac:task-id>\n<ac:task-status>${status}</ac:task-status>\n<ac:task-body><span class="placeholder-inline-tasks">${inline(inlines)}</span></ac:task-body>\n</ac:task>`;
  });
  return `<ac:task-list>\n${written.join('\n')}\n</ac:task-list>`;
}

/** Decisions exist only in ADF; storage carries them as an extension with a plain list to fall back on. */
function writeDecisions(decisions: readonly (readonly Inline[])[]): string {
  const id = (index: number) => `<ac:adf-attribute key="local-id">decision-${index + 1}</ac:adf-attribute>`;
  const items = decisions.map(
    (inlines, index) =>
      `<ac:adf-node type="decision-item">${id(index)}<ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>${inline(inlines)}</ac:adf-content></ac:adf-node>`,
  );
  const fallback = decisions.map((inlines) => `<li>${inline(inlines)}</li>`).join('');
  return `<ac:adf-extension><ac:adf-node type="decision-list">${items.join('')}</ac:adf-node><ac:adf-fallback><ul class="decision-list">${fallback}</ul></ac:adf-fallback></ac:adf-extension>`;
}

function writeTable(rows: readonly (readonly (readonly Inline[])[])[], header: boolean): string {
  const cell = (inlines: readonly Inline[], row: number) => {
    const tag = header && row === 0 ? 'th' : 'td';
    return `<${tag}><p>${inline(inlines)}</p></${tag}>`;
  };
  const written = rows.map((row, index) => `<tr>${row.map((each) => cell(each, index)).join('')}</tr>`);
  return `<table data-table-width="760" data-layout="default"><tbody>${written.join('')}</tbody></table>`;
}

const TAGS: Record<Mark, string> = { strong: 'strong', em: 'em', strike: 'del', code: 'code' };

function inline(inlines: readonly Inline[]): string {
  return inlines.map(writeInline).join('');
}

function writeInline(node: Inline): string {
  if (node.kind === 'break') return '<br />';
  if (node.kind === 'token') return writeToken(node);
  const text = node.marks.reduce(
    (inner, mark) => `<${TAGS[mark]}>${inner}</${TAGS[mark]}>`,
    escapeText(node.text),
  );
  return node.href === undefined ? text : `<a href="${escapeAttribute(node.href)}">${text}</a>`;
}

function writeToken({ name, args, label }: Extract<Inline, { kind: 'token' }>): string {
  const [first = '', second] = args;
  switch (name) {
    case 'mention':
      return `<ac:link><ri:user ri:account-id="${personId(first)}" /></ac:link>`;
    case 'date':
      return `<time datetime="${first}" />`;
    case 'status':
      return macro('status', { parameters: { title: second ?? '', colour: first } });
    case 'emoji':
      return `<ac:emoticon ac:name="${first}" ac:emoji-shortname=":${first}:" ac:emoji-fallback="${EMOJI[first] ?? ''}" />`;
    case 'page':
      return pageLink(second === undefined ? '' : first, second ?? first, label);
    case 'card':
      return `<a href="@@PAGE:${first}:${second}@@" data-card-appearance="inline">@@PAGE:${first}:${second}@@</a>`;
    case 'issue':
      return `<a href="@@SITE@@/browse/${first}" data-card-appearance="inline">@@SITE@@/browse/${first}</a>`;
    case 'anchor':
      return macro('anchor', { parameters: { '': first } });
    case 'jump':
      return `<ac:link ac:anchor="${first}"><ac:plain-text-link-body>${cdata(label ?? first)}</ac:plain-text-link-body></ac:link>`;
    case 'mark':
      return `<ac:inline-comment-marker ac:ref="${first}">${escapeText(label ?? '')}</ac:inline-comment-marker>`;
    case 'file':
      return `<ac:link><ri:attachment ri:filename="${escapeAttribute(first)}" /></ac:link>`;
    default:
      throw new Error(`the demo's texts know no token {{${name}}}`);
  }
}

/** A link to a page by its title, in the same space if `space` is empty. */
export function pageLink(space: string, title: string, label?: string): string {
  const key = space === '' ? '' : `ri:space-key="${space}" `;
  const page = `<ri:page ${key}ri:content-title="${escapeAttribute(title)}" />`;
  if (label === undefined) return `<ac:link>${page}</ac:link>`;
  return `<ac:link>${page}<ac:plain-text-link-body>${cdata(label)}</ac:plain-text-link-body></ac:link>`;
}

export const EMOJI: Record<string, string> = {
  tada: '🎉',
  warning: '⚠️',
  rocket: '🚀',
  seedling: '🌱',
  tick: '✅',
  eyes: '👀',
};
