/** An ADF node as it comes: every part may be missing or of another type than the schema says. */
export interface AdfNode {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly content: readonly unknown[];
  readonly text: string | undefined;
  readonly marks: readonly AdfNode[];
}

export function readNode(value: unknown): AdfNode | undefined {
  if (!isRecord(value)) return undefined;
  const { type, attrs, content, text, marks } = value;
  return {
    type: typeof type === 'string' ? type : '',
    attributes: isRecord(attrs) ? attrs : {},
    content: Array.isArray(content) ? content : [],
    text: typeof text === 'string' ? text : undefined,
    marks: Array.isArray(marks) ? marks.flatMap((mark) => readNode(mark) ?? []) : [],
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An attribute as text; numbers and booleans as they are written. */
export function attribute(node: AdfNode, name: string): string | undefined {
  const value = node.attributes[name];
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? `${value}`
      : undefined;
}

/** The text of a node and all below it, in order, at any depth. */
export function adfText(node: AdfNode): string {
  let result = '';
  const open: AdfNode[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === 'hardBreak') result += '\n';
    else if (next.text !== undefined) result += next.text;
    else for (const child of next.content.toReversed()) open.push(readNode(child) ?? EMPTY);
  }
  return result;
}

const EMPTY: AdfNode = { type: '', attributes: {}, content: [], text: '', marks: [] };
