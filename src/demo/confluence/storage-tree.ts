/** An element of storage format, or a piece of its text. */
export type StorageNode = StorageElement | string;

export interface StorageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: StorageNode[];
}

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
  );
}

/** Reads well-formed storage format; what is not is the workspace's own mistake and throws. */
export function parseStorage(storage: string): StorageElement {
  const root: StorageElement = { name: 'root', attributes: {}, children: [] };
  const open = [root];
  for (const [, cdata, slash, name, attributes = '', selfClosing, text] of storage.matchAll(TOKEN)) {
    const parent = open.at(-1);
    if (parent === undefined) throw new Error('storage format closes more than it opened');
    if (cdata !== undefined) parent.children.push(cdata);
    else if (text !== undefined) parent.children.push(decode(text));
    else if (slash === '/') {
      if (open.pop()?.name !== name) throw new Error(`storage format closes <${name}>, which is not open`);
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [
        key,
        decode(value),
      ]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [] };
      parent.children.push(element);
      if (selfClosing === '') open.push(element);
    }
  }
  return root;
}

export const elementsOf = (element: StorageElement): StorageElement[] =>
  element.children.filter((child): child is StorageElement => typeof child !== 'string');

export const childOf = (element: StorageElement, name: string): StorageElement | undefined =>
  elementsOf(element).find((child) => child.name === name);

export const textIn = (node: StorageNode | undefined): string =>
  node === undefined ? '' : typeof node === 'string' ? node : node.children.map(textIn).join('');

/** A macro's parameters by name. */
export function parametersOf(macro: StorageElement): Record<string, string> {
  const parameters = elementsOf(macro).filter((child) => child.name === 'ac:parameter');
  return Object.fromEntries(parameters.map((each) => [each.attributes['ac:name'] ?? '', textIn(each)]));
}
