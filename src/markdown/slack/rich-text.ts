import { isRecord } from '../json.ts';
import { codeBlock } from '../macros/code.ts';
import { blockquote, type Flow, plainText } from '../nodes.ts';
import { contentWithin } from './content.ts';
import { inlineRun, isInline } from './inline.ts';
import { listOf, textOf, typeOf } from './json.ts';
import { paragraphs } from './lines.ts';
import { type ListPart, nestLists } from './lists.ts';
import { type Json, MAX_DEPTH, type Source } from './source.ts';

type RichTextRenderer = (element: Json, source: Source, depth: number) => Flow[];

const content: RichTextRenderer = (element, source, depth) =>
  richText(listOf(element, 'elements'), source, depth + 1);

/** The elements of rich text that stand on lines of their own. */
export const RICH_TEXT = {
  rich_text: content,
  rich_text_list: (element, source, depth) => nestLists([listPart(element, source, depth)], source, depth),
  rich_text_preformatted: (element, source) =>
    codeBlock(preformatted(element, source), textOf(element, 'language')).filter(isShown),
  rich_text_quote(element, source, depth) {
    const inner = content(element, source, depth);
    return inner.length === 0 ? [] : [blockquote(inner)];
  },
  rich_text_section: content,
} satisfies Record<string, RichTextRenderer>;

const RENDERERS: ReadonlyMap<string, RichTextRenderer> = new Map(Object.entries(RICH_TEXT));
/** Elements that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set(['rich_text', 'rich_text_section']);

const isShown = (node: Flow) => node.type !== 'code' || node.value !== '';

/** Rich text as blocks: inline elements side by side are paragraphs, and lists side by side are nested. */
export function richText(elements: readonly unknown[], source: Source, depth: number): Flow[] {
  if (depth >= MAX_DEPTH) {
    source.flatten();
    return contentWithin(elements, source);
  }
  const flow: Flow[] = [];
  let line: Json[] = [];
  let lists: ListPart[] = [];
  const push = (nodes: readonly Flow[]) => {
    for (const node of nodes) flow.push(node);
  };
  const flush = () => {
    push(paragraphs(inlineRun(line, source)));
    push(nestLists(lists, source, depth));
    line = [];
    lists = [];
  };
  for (const value of elements) {
    const element = typeof value === 'string' ? { type: 'text', text: value } : value;
    if (!isRecord(element)) continue;
    const isList = typeOf(element) === 'rich_text_list';
    if (isInline(element)) {
      if (lists.length > 0) flush();
      line.push(element);
    } else {
      if (!isList || line.length > 0) flush();
      if (isList) lists.push(listPart(element, source, depth));
      else push(blockElement(element, source, depth));
    }
  }
  flush();
  return flow;
}

function blockElement(element: Json, source: Source, depth: number): Flow[] {
  const type = typeOf(element);
  const render = RENDERERS.get(type);
  if (!PLAIN.has(type)) source.reader.construct();
  if (render) return render(element, source, depth);
  const inner = contentWithin(element, source);
  const name = `slack:${type || 'untyped'}`;
  if (inner.length > 0) source.reader.degrade(name);
  else source.reader.lose(name);
  return inner;
}

function listPart(element: Json, source: Source, depth: number): ListPart {
  source.reader.construct();
  const { offset } = element;
  const counted = typeof offset === 'number' && offset > 0 && offset <= 99_999_999;
  return {
    indent: typeof element.indent === 'number' ? element.indent : 0,
    ordered: element.style === 'ordered',
    offset: counted ? Math.trunc(offset) : undefined,
    items: listOf(element, 'elements').map((item) => richText([item], source, depth + 1)),
  };
}

/** Code is as it was typed: an address in it is text. */
function preformatted(element: Json, source: Source): string {
  const words = listOf(element, 'elements').map((part) => {
    if (!isRecord(part)) return typeof part === 'string' ? part : '';
    if (typeOf(part) === 'text') return typeof part.text === 'string' ? part.text : '';
    return plainText(isInline(part) ? inlineRun([part], source) : contentWithin(part, source));
  });
  return words.join('').replace(/\r\n?/g, '\n').replace(/\n$/, '');
}
