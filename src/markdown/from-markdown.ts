import type { Nodes, RootContent } from 'mdast';
import { type Alert, alert } from './alerts.ts';
import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { elementEnds, holdsHtml, readAsHtml } from './gfm/html.ts';
import { type ParsedMarkdown, parseMarkdown } from './gfm/parse.ts';
import { convertAll, referFootnotes } from './gfm/read.ts';
import { code, type Flow, toFlow } from './nodes.ts';
import { createReader, type Reader } from './reader.ts';
import { cleanText } from './text.ts';

const MAX_LENGTH = 2_000_000;

/**
 * Reads a file of markdown as GitHub shows it: GFM with alerts, and the HTML in it. What is nested too deep, or would take a
 * parser too long, stays as it is written, in a block of code.
 */
export function fromMarkdown(source: string, context: ReadContext): Reading {
  const reader = createReader(context, source.length);
  const text = cleanText(source);
  const parsed = parseMarkdown(text, MAX_LENGTH);
  if (parsed === undefined) reader.degrade('markdown', 'nested too deep, or too long');
  const children = parsed ? withAlerts(readBlocks(text, parsed, reader)) : [code(text, 'markdown')];
  return finish({ type: 'root', children }, source.length, reader);
}

function readBlocks(text: string, parsed: ParsedMarkdown, reader: Reader): Flow[] {
  const flow: Flow[] = [];
  const blocks = parsed.root.children;
  const ends = elementEnds(blocks);
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as RootContent;
    if (!holdsHtml(block)) {
      countConstructs(block, reader);
      flow.push(...toFlow(convertAll([block], parsed, reader, () => [])));
      continue;
    }
    let last = at;
    for (let each = at; each <= last; each++) last = Math.max(last, ends[each] ?? each);
    const shown = readAsHtml(text, blocks.slice(at, last + 1), parsed.definitions.values(), reader);
    flow.push(...referFootnotes(shown, parsed, reader));
    at = last;
  }
  return flow;
}

const PLAIN = new Set(['text', 'paragraph', 'listItem', 'tableRow', 'tableCell', 'definition', 'html']);

function countConstructs(node: Nodes, reader: Reader): void {
  if (!PLAIN.has(node.type)) reader.construct();
  if ('children' in node) for (const child of node.children) countConstructs(child, reader);
}

const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:\s+|$)/i;

/** https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
function withAlerts(flow: readonly Flow[]): Flow[] {
  return flow.flatMap((node) => {
    if (node.type === 'blockquote') {
      const [first, ...rest] = node.children;
      const [word, ...words] = first?.type === 'paragraph' ? first.children : [];
      const type = word?.type === 'text' ? ALERT.exec(word.value)?.[1] : undefined;
      if (first?.type === 'paragraph' && word?.type === 'text' && type !== undefined) {
        const value = word.value.replace(ALERT, '');
        const opening = [...(value === '' ? [] : [{ ...word, value }]), ...words];
        const paragraphs = opening.length === 0 ? [] : [{ ...first, children: opening }];
        return alert(type.toUpperCase() as Alert, [...paragraphs, ...rest]);
      }
    }
    return node;
  });
}
