import type { InlineCode, PhrasingContent, Text } from 'mdast';
import { cleanText } from '../text.ts';
import { footnoteId } from './footnotes.ts';

type Marked = Extract<PhrasingContent, { type: 'emphasis' | 'strong' | 'delete' }>;

/**
 * The inline children of one block in the form that markdown can say: white space stands outside of marks, equal
 * marks that touch are one and never nest, no mark or link is empty, and the block's ends are trimmed.
 */
export function normaliseBlock(
  children: readonly PhrasingContent[],
  footnotes: ReadonlySet<string>,
): PhrasingContent[] {
  return trimEnds(normalise(children, { open: new Set(), footnotes }));
}

interface Surroundings {
  /** The types of the marks and links around. */
  readonly open: ReadonlySet<string>;
  /** The footnotes that the document defines. */
  readonly footnotes: ReadonlySet<string>;
}

const inside = ({ open, footnotes }: Surroundings, type: string): Surroundings => ({
  open: new Set([...open, type]),
  footnotes,
});

/** White space that is not one space already. */
const SPACES = /(?! (?![ \t\n]))[ \t\n]+/g;

function normalise(children: readonly PhrasingContent[], around: Surroundings): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (const node of children) {
    for (const part of normaliseNode(node, around)) append(result, part);
  }
  return trimAroundBreaks(joined(result));
}

function normaliseNode(node: PhrasingContent, around: Surroundings): PhrasingContent[] {
  switch (node.type) {
    case 'text': {
      const value = cleanText(node.value).replace(SPACES, ' ');
      return [value === node.value ? node : { type: 'text', value }];
    }
    case 'inlineCode':
      return normaliseCode({ ...node, value: cleanText(node.value).replace(/[\t\n]+/g, ' ') });
    case 'html':
      return [{ ...node, value: cleanText(node.value).replace(/\n+/g, ' ') }];
    case 'image':
      return [
        {
          ...node,
          url: cleanUrl(node.url),
          alt: cleanText(node.alt ?? '').replace(/\s+/g, ' '),
          title: cleanTitle(node.title),
        },
      ];
    case 'emphasis':
    case 'strong':
    case 'delete':
      return normaliseMark(node, around);
    case 'link': {
      if (around.open.has('link')) return normalise(node.children, around);
      const url = cleanUrl(node.url);
      const { before, core, after } = hoistSpace(normalise(node.children, inside(around, 'link')));
      const label: PhrasingContent[] =
        core.length > 0 ? core : url === '' ? [] : [{ type: 'text', value: url }];
      if (url === '') return [...before, ...label, ...after];
      return [...before, { type: 'link', url, title: cleanTitle(node.title), children: label }, ...after];
    }
    case 'linkReference':
      return normalise(node.children, around);
    case 'footnoteReference':
      if (around.footnotes.has(footnoteId(node))) return [node];
      return [{ type: 'text', value: cleanText(node.label ?? node.identifier) }];
    case 'imageReference':
      return [{ type: 'text', value: cleanText(node.alt ?? '') }];
    default:
      return [node];
  }
}

/** Space at the ends of code stands outside of it, as with marks. */
function normaliseCode(node: InlineCode): PhrasingContent[] {
  const code = node.value;
  const value = code.trim();
  const parts: PhrasingContent[] = value === '' ? [] : [{ ...node, value }];
  if (/^\s/u.test(code)) parts.unshift({ type: 'text', value: ' ' });
  if (value !== '' && /\s$/u.test(code)) parts.push({ type: 'text', value: ' ' });
  return parts;
}

function normaliseMark(node: Marked, around: Surroundings): PhrasingContent[] {
  if (around.open.has(node.type)) return normalise(node.children, around);
  const { before, core, after } = hoistSpace(normalise(node.children, inside(around, node.type)));
  return core.length === 0
    ? [...before, ...after]
    : [...before, { type: node.type, children: core }, ...after];
}

/** Adds a node, joined with the last one if both are code of an author or the same mark; texts are only fitted to each other. */
function append(nodes: PhrasingContent[], node: PhrasingContent): void {
  const last = nodes.at(-1);
  if (node.type === 'text') {
    const spaced = last?.type === 'text' && last.value.endsWith(' ') && node.value.startsWith(' ');
    const value = spaced ? node.value.slice(1) : node.value;
    if (value === '') return;
    nodes.push(value === node.value ? node : { type: 'text', value });
    return;
  }
  if (node.type === 'inlineCode' && last?.type === 'inlineCode') {
    if (!node.data?.label && !last.data?.label) {
      nodes[nodes.length - 1] = { type: 'inlineCode', value: last.value + node.value };
      return;
    }
    // Markdown can not say two pieces of code that touch.
    nodes.push({ type: 'text', value: ' ' });
  } else if (last && last.type === node.type && isMark(last) && isMark(node)) {
    for (const child of node.children) append(last.children, child);
    return;
  }
  nodes.push(node);
}

/** The nodes with neighbouring texts as one, also in marks: all at once, for they may be many. */
function joined(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  for (let start = 0, end = 0; start < nodes.length; start = end) {
    const values: string[] = [];
    for (let node = nodes[end]; node?.type === 'text'; node = nodes[++end]) values.push(node.value);
    const node = nodes[start];
    if (values.length > 1) result.push({ type: 'text', value: values.join('') });
    else if (node) {
      if (isMark(node)) node.children = joined(node.children);
      result.push(node);
      end = start + 1;
    }
  }
  return result;
}

function isMark(node: PhrasingContent): node is Marked {
  return node.type === 'emphasis' || node.type === 'strong' || node.type === 'delete';
}

function isSpace(node: PhrasingContent | undefined): boolean {
  return node?.type === 'break' || (node?.type === 'text' && node.value.trim() === '');
}

function hoistSpace(nodes: PhrasingContent[]): {
  before: PhrasingContent[];
  core: PhrasingContent[];
  after: PhrasingContent[];
} {
  let start = 0;
  let end = nodes.length;
  while (start < end && isSpace(nodes[start])) start++;
  while (end > start && isSpace(nodes[end - 1])) end--;
  const before = nodes.slice(0, start);
  const core = nodes.slice(start, end);
  const after = nodes.slice(end);
  const first = core[0];
  if (first?.type === 'text' && /^\s/u.test(first.value)) {
    before.push(spaceOf(first, /^\s+/u));
    core[0] = { type: 'text', value: first.value.trimStart() };
  }
  const last = core.at(-1);
  if (last?.type === 'text' && /\s$/u.test(last.value)) {
    after.unshift(spaceOf(last, /\s+$/u));
    core[core.length - 1] = { type: 'text', value: last.value.trimEnd() };
  }
  return { before, core, after };
}

function spaceOf(node: Text, pattern: RegExp): Text {
  return { type: 'text', value: pattern.exec(node.value)?.[0] ?? '' };
}

/** A line neither begins nor ends with white space. */
function trimAroundBreaks(nodes: PhrasingContent[]): PhrasingContent[] {
  if (!nodes.some((node) => node.type === 'break')) return nodes;
  const result: PhrasingContent[] = [];
  nodes.forEach((node, index) => {
    if (node.type !== 'text') {
      result.push(node);
      return;
    }
    let value = node.value;
    if (nodes[index - 1]?.type === 'break') value = value.trimStart();
    if (nodes[index + 1]?.type === 'break') value = value.trimEnd();
    if (value !== '') result.push({ type: 'text', value });
  });
  return result;
}

function trimEnds(nodes: PhrasingContent[]): PhrasingContent[] {
  return hoistSpace(nodes).core;
}

function cleanUrl(url: string): string {
  return cleanText(url).trim();
}

function cleanTitle(title: string | null | undefined): string | null {
  return title ? cleanText(title).replace(/\s+/g, ' ').trim() || null : null;
}
