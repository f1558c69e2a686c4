import { Parser } from 'htmlparser2';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

export interface ParsedStorage {
  readonly children: readonly (Element | string)[];
  /** A tag was missing, in the wrong place or cut off; the content that can be told apart is all there. */
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
  let source = xml;
  for (let repairs = 0; ; repairs++) {
    const { end, ...parsed } = parse(source, maxDepth);
    const repaired = repairs < MAX_REPAIRS ? closeAttribute(source, end) : undefined;
    if (repaired === undefined) return { ...parsed, malformed: parsed.malformed || repairs > 0 };
    source = repaired;
  }
}

const MAX_REPAIRS = 4;

/** An attribute whose quote never ends takes the rest of the page with it: its tag is made to end where it can. */
function closeAttribute(source: string, end: number): string | undefined {
  const close = source.indexOf('>', end);
  if (end >= source.length || close === -1) return undefined;
  const tag = source.slice(end, close);
  const quote = /=\s*(["'])[^"']*$/.exec(tag)?.[1] ?? '"';
  return `${source.slice(0, close)}${quote}${source.slice(close)}`;
}

interface Parsed extends ParsedStorage {
  /** Where a tag begins that does not end; the source's length if there is none. */
  readonly end: number;
}

const CDATA = '[CDATA[';

function parse(xml: string, maxDepth: number): Parsed {
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
        const element: Element = { name, attributes, children: [] };
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
      oncomment(data) {
        // CDATA that never ends is reported as a comment.
        if (!data.startsWith(CDATA)) return;
        malformed = true;
        this.ontext?.(data.slice(CDATA.length));
      },
      onclosetag(name, implied) {
        // A self-closing tag counts as implied too; its end is where its own text ends.
        if (implied && !VOID.has(name) && !xml.startsWith('/>', parser.endIndex - 1)) malformed = true;
        open.pop();
      },
    },
    { recognizeSelfClosing: true, recognizeCDATA: true, decodeEntities: true },
  );
  const closeTag = parser.onclosetag.bind(parser);
  parser.onclosetag = (start, end) => {
    const name = xml.slice(start, end).toLowerCase();
    if (!VOID.has(name) && !open.some((element) => element.name === name)) malformed = true;
    closeTag(start, end);
  };
  parser.end(xml);
  // All that was read ends at the end, unless a tag or comment is still open there.
  const reached = parser.endIndex;
  const last = xml.lastIndexOf('<');
  const cut =
    reached !== xml.length || (last > xml.lastIndexOf('>') && /[A-Za-z/!]/.test(xml.charAt(last + 1)));
  const end = reached < xml.length ? xml.lastIndexOf('<', reached) : xml.length;
  return { children: root.children, malformed: malformed || cut, flattened, end };
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
