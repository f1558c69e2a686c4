import { Parser } from 'htmlparser2';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

export interface ParsedStorage {
  readonly children: readonly (Element | string)[];
  /** An end tag was missing or had no beginning; the content is all there. */
  readonly malformed: boolean;
  /** Elements beyond the depth bound were replaced by their content. */
  readonly flattened: boolean;
}

/** Levels of elements that are followed; what is deeper becomes content of the deepest. */
export const MAX_DEPTH = 100;
/** Elements that only ever stand in one of their kind, and so are no level of nesting by themselves. */
const PARTS = new Set([
  'li',
  'tbody',
  'thead',
  'tr',
  'td',
  'th',
  'ac:rich-text-body',
  'ac:layout',
  'ac:layout-section',
  'ac:layout-cell',
  'ac:task',
  'ac:task-body',
  'ac:adf-node',
  'ac:adf-content',
  'ac:link-body',
]);
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

/**
 * Confluence's storage format as a tree, CDATA as text. HTML mode knows the HTML entities and recovers from missing
 * end tags; an HTML5 parser would lose CDATA and nesting, an XML parser would refuse.
 */
export function parseStorage(xml: string, maxDepth = MAX_DEPTH): ParsedStorage {
  const root: Element = { name: '', attributes: {}, children: [] };
  /** The open elements and the level of each; a flattened element stands as the one that takes its content. */
  const open: { readonly name: string; readonly element: Element; readonly level: number }[] = [];
  let malformed = false;
  let flattened = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const parent = open.at(-1);
        const container = parent?.element ?? root;
        const level = (parent?.level ?? 0) + (PARTS.has(name) ? 0.25 : 1);
        if (level > maxDepth) {
          flattened = true;
          open.push({ name, element: container, level: parent?.level ?? 0 });
          return;
        }
        const element: Element = { name, attributes: { ...attributes }, children: [] };
        container.children.push(element);
        open.push({ name, element, level });
      },
      ontext(data) {
        const children = (open.at(-1)?.element ?? root).children;
        const last = children.length - 1;
        const before = children[last];
        if (typeof before === 'string') children[last] = before + data;
        else children.push(data);
      },
      onclosetag(name, implied) {
        // A self-closing tag counts as implied too; its end is where its own text ends.
        if (implied && !VOID.has(name) && !xml.startsWith('/>', parser.endIndex - 1)) malformed = true;
        open.pop();
      },
    },
    { recognizeSelfClosing: true, recognizeCDATA: true, decodeEntities: true },
  );
  parser.end(xml);
  return { children: root.children, malformed, flattened };
}

export function isElement(node: Element | string): node is Element {
  return typeof node !== 'string';
}

export function childElements(element: Element): Element[] {
  return element.children.filter(isElement);
}

export function childNamed(element: Element, name: string): Element | undefined {
  return element.children.find((child): child is Element => isElement(child) && child.name === name);
}

/** The text of an element and all below it, as it stands. */
export function textContent(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textContent(child))).join('');
}
