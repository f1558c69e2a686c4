import type { ReadContext, Reading } from './context.ts';
import type { Format } from './formats.ts';
import { fromAdf } from './from-adf.ts';
import { fromGithub } from './from-github.ts';
import { fromHtml } from './from-html.ts';
import { fromSlack } from './from-slack.ts';
import { fromStorage } from './from-storage.ts';
import { fromWiki } from './from-wiki.ts';
import { isRecord } from './json.ts';

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
    case 'slack':
      return fromSlack(parseSlack(source), context);
    case 'github':
      return fromGithub(source, context);
  }
}

/** Confluence gives the document as JSON within a JSON string. */
function parseAdf(source: string): unknown {
  const value: unknown = JSON.parse(source);
  return typeof value === 'string' ? JSON.parse(value) : value;
}

/** A message, or its blocks alone, as JSON; anything else is text in Slack's markup. */
function parseSlack(source: string): unknown {
  const value = parsed(source);
  if (Array.isArray(value)) return { blocks: value };
  return isRecord(value) ? value : { text: source };
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
