import type { ReadContext, Reading } from './context.ts';
import type { Format } from './formats.ts';
import { fromAdf } from './from-adf.ts';
import { fromHtml } from './from-html.ts';
import { fromStorage } from './from-storage.ts';
import { fromWiki } from './from-wiki.ts';

/** Reads a text of the given grammar. Throws a `SyntaxError` if it is `adf` and not JSON. */
export function readText(source: string, format: Format, context: ReadContext): Reading {
  switch (format) {
    case 'storage':
      return fromStorage(source, context);
    case 'adf':
      return fromAdf(parseAdf(source), context);
    case 'wiki':
      return fromWiki(source, context);
    case 'html':
      return fromHtml(source, context);
  }
}

/** Confluence gives the document as JSON within a JSON string. */
function parseAdf(source: string): unknown {
  const value: unknown = JSON.parse(source);
  return typeof value === 'string' ? JSON.parse(value) : value;
}
