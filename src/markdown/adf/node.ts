import { isRecord } from '../json.ts';

/** An ADF node as it comes: every part may be missing or of another type than the schema says. */
export interface AdfNode extends AdfMark {
  readonly content: readonly unknown[];
  readonly text: string | undefined;
  readonly marks: readonly AdfMark[];
}

export interface AdfMark {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export function readNode(value: unknown): AdfNode | undefined {
  if (!isRecord(value)) return undefined;
  const { type, attrs, content, text, marks } = value;
  return {
    type: typeof type === 'string' ? type : '',
    attributes: isRecord(attrs) ? attrs : {},
    content: Array.isArray(content) ? content : [],
    text: typeof text === 'string' ? text : undefined,
    marks: Array.isArray(marks) ? marks.flatMap((mark) => readMark(mark) ?? []) : [],
  };
}

function readMark(value: unknown): AdfMark | undefined {
  if (!isRecord(value)) return undefined;
  const { type, attrs } = value;
  return { type: typeof type === 'string' ? type : '', attributes: isRecord(attrs) ? attrs : {} };
}

/** The nodes in a node. */
export function childNodes(node: AdfNode): AdfNode[] {
  return node.content.flatMap((child) => readNode(child) ?? []);
}

/** An attribute as text; numbers and booleans as they are written. */
export function attribute(node: AdfMark, name: string): string | undefined {
  const value = node.attributes[name];
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? `${value}`
      : undefined;
}

/** The leaves of a node in order, at any depth; nodes that hold others come to `enter` first. */
export function walkLeaves(
  node: AdfNode,
  leaf: (node: AdfNode) => void,
  enter: (node: AdfNode) => void = () => {},
): void {
  const open: unknown[] = [node];
  while (open.length > 0) {
    const next = readNode(open.pop());
    if (!next) continue;
    if (next.content.length === 0) {
      leaf(next);
      continue;
    }
    enter(next);
    for (let index = next.content.length - 1; index >= 0; index--) open.push(next.content[index]);
  }
}

/** The text of a node and all below it, in order. */
export function adfText(node: AdfNode): string {
  let result = '';
  walkLeaves(node, (leaf) => {
    result += leaf.type === 'hardBreak' ? '\n' : (leaf.text ?? attribute(leaf, 'text') ?? '');
  });
  return result;
}
