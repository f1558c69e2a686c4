import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { type Dialect, readMarkdown } from './gfm/read.ts';
import { code } from './nodes.ts';
import { createReader } from './reader.ts';
import { cleanText } from './text.ts';

/** Reads a file of markdown as GitHub shows it: GFM with alerts, and the HTML in it. */
export function fromMarkdown(source: string, context: ReadContext): Reading {
  return fromDialect(source, context, { maxLength: 2_000_000, html: 'shown' });
}

/**
 * Reads markdown. Raw HTML is never passed on. What is nested too deep, or would take a parser too long, stays as it is written, in
 * a block of code.
 */
export function fromDialect(source: string, context: ReadContext, dialect: Dialect): Reading {
  const reader = createReader(context, source.length);
  const text = cleanText(source);
  let children = readMarkdown(text, reader, dialect);
  if (children === undefined) {
    reader.construct();
    reader.degrade('markdown', 'nested too deep, or too long');
    children = [code(text, 'markdown')];
  }
  return finish({ type: 'root', children }, source.length, reader);
}
