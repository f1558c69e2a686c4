import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { cleanHtml } from './html/clean.ts';
import { htmlToMarkdown } from './html/convert.ts';
import { foldTree } from './html/fold.ts';
import type { Flow } from './nodes.ts';
import { toFlow } from './nodes.ts';
import { createReader, type Reader } from './reader.ts';
import { type Element, MAX_DEPTH, parseStorage } from './storage/parse.ts';
import { tableElement } from './storage/table.ts';

/** Stands for a table in the text that turndown reads; private-use characters that mail and pages do not have. */
const placeholder = (index: number) => `\uE0F0${index}\uE0F1`;
const PLACEHOLDER = /^\uE0F0(\d+)\uE0F1$/;

/**
 * Reads HTML of unknown origin: mail, rendered macros. turndown converts it, but for tables, which it has no rules
 * for and which its plugins take quadratic time over: those are read as Confluence's are.
 */
export function fromHtml(html: string, context: ReadContext): Reading {
  const reader = createReader(context);
  const source = html.replace(/[\uE0F0\uE0F1]/g, '');
  const { markdown, tables, flattened } = convert(source, reader);
  if (flattened) reader.degrade('depth');
  const parsed = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const flow = foldTree(parsed, reader, (text) => tables[Number(PLACEHOLDER.exec(text)?.[1] ?? Number.NaN)]);
  const root = { type: 'root' as const, children: flow };
  return finish(root, html.length, reader);
}

interface Converted {
  readonly markdown: string;
  readonly tables: readonly Flow[][];
  readonly flattened: boolean;
}

/** Indentation grows with depth times length; when it is most of the text, less depth is followed. */
function convert(source: string, reader: Reader): Converted {
  for (const depth of [MAX_DEPTH, MAX_DEPTH / 4]) {
    const converted = convertTo(depth, source, reader);
    if (converted.markdown.length <= 3 * source.length + 4096) return converted;
  }
  return convertTo(MAX_DEPTH / 20, source, reader);
}

function convertTo(depth: number, source: string, reader: Reader): Converted {
  const { children, flattened } = parseStorage(source, depth);
  const tables: Flow[][] = [];
  const markdown = htmlToMarkdown(
    cleanHtml(children, (element: Element) => {
      if (element.name !== 'table') return undefined;
      tables.push(toFlow(tableElement(element, reader)));
      return placeholder(tables.length - 1);
    }),
  );
  return { markdown, tables, flattened };
}
