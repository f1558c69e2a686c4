import type { FootnoteDefinition, FootnoteReference } from 'mdast';
import type { Flow } from './nodes.ts';
import type { Reader } from './reader.ts';

/** A footnote's number in the text; its content comes at the end of the reading. */
export function footnoteReference(content: Flow[], reader: Reader): FootnoteReference {
  const identifier = `${reader.footnotes.push(content)}`;
  return { type: 'footnoteReference', identifier, label: identifier };
}

/** The footnotes of a reading, in the order of their numbers. */
export function footnoteDefinitions({ footnotes }: Reader): FootnoteDefinition[] {
  return footnotes.map((content, index) => {
    const identifier = `${index + 1}`;
    const children = content as FootnoteDefinition['children'];
    return { type: 'footnoteDefinition', identifier, label: identifier, children };
  });
}
