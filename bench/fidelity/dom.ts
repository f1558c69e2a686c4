import { parseDocument } from 'htmlparser2';

type Document = ReturnType<typeof parseDocument>;
type Node = Document['children'][number];
export type Element = Extract<Node, { attribs: unknown }>;

/** Storage format or HTML, CDATA as text. */
export function parse(source: string): Document {
  return parseDocument(source, { recognizeSelfClosing: true, recognizeCDATA: true });
}

/** Visits elements and text in document order. An element's children are visited if `element` answers true. */
export function visit(
  nodes: readonly Node[],
  handle: { element(element: Element): boolean; text(text: string, parent: Element | undefined): void },
  parent?: Element,
): void {
  for (const node of nodes) {
    if (node.type === 'text') handle.text(node.data, parent);
    else if (node.type === 'cdata') visit(node.children, handle, parent);
    else if ('attribs' in node && handle.element(node)) visit(node.children, handle, node);
  }
}

/** All text of an element but that of children left out. */
export function textOf(element: Element, leaveOut: ReadonlySet<string> = new Set()): string {
  let text = '';
  visit(
    element.children,
    {
      element: ({ name }) => {
        if (name === 'p' || name === 'br') text += ' ';
        return !leaveOut.has(name);
      },
      text: (piece) => {
        text += piece;
      },
    },
    element,
  );
  return text;
}

export function elements(element: Element): Element[] {
  return element.children.filter((child): child is Element => 'attribs' in child);
}

export function within(element: Element | undefined, names: ReadonlySet<string>): boolean {
  for (let at: Element | null | undefined = element; at; at = at.parent as Element | null) {
    if (names.has(at.name)) return true;
  }
  return false;
}
