import type { FootnoteDefinition, FootnoteReference } from 'mdast';
import type { Flow } from './nodes.ts';
import type { Reader } from './reader.ts';

/** A footnote's number in the text; its content comes at the end of the reading. */
export function footnoteReference(content: Flow[], reader: Reader): FootnoteReference {
  const identifier = identifierOf(reader, reader.footnotes.push(content));
  return { type: 'footnoteReference', identifier, label: identifier };
}

/** The footnotes of a reading, in the order of their numbers. */
export function footnoteDefinitions(reader: Reader): FootnoteDefinition[] {
  return reader.footnotes.map((content, index) => {
    const identifier = identifierOf(reader, index + 1);
    const children = content as FootnoteDefinition['children'];
    return { type: 'footnoteDefinition', identifier, label: identifier, children };
  });
}

function identifierOf({ context: { textId } }: Reader, number: number): string {
  return textId === undefined ? `${number}` : `${textId}-${number}`;
}
