import { DOMParser, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';

/** Parses a part. Throws on XML that is not well-formed. */
export function parseXml(text: string): Document {
  const fail = (level: string, message: string): void => {
    if (level !== 'warning') throw new Error(message);
  };
  return new DOMParser({ onError: fail }).parseFromString(text, 'text/xml');
}

export function writeXml(document: Document): string {
  return new XMLSerializer().serializeToString(document);
}

/** All descendants of a qualified name, such as `a:p`. The prefixes are those that every writer of presentations uses. */
export function all(node: Document | Element, name: string): Element[] {
  return Array.from(node.getElementsByTagName(name)) as Element[];
}

export function children(node: Element): Element[] {
  return Array.from(node.childNodes).filter((child): child is Element => child.nodeType === 1);
}

export function childNamed(node: Element, name: string): Element | undefined {
  return children(node).find((child) => child.nodeName === name);
}
