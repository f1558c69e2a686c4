import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { fromAdf, fromHtml, fromStorage, type ReadContext, type Reading } from '../../src/markdown/index.ts';
import { context, parse, written } from './render.ts';

const PAGES = join(import.meta.dirname, '../../../shared/corpus/confluence-pages');
const present = existsSync(PAGES);
if (!present) process.stderr.write(`skipped: no corpus at ${PAGES}\n`);

const FORMS: readonly (readonly [string, (source: string, context: ReadContext) => Reading])[] = [
  ['page.xhtml', fromStorage],
  ['page.adf', (source, inside) => fromAdf(JSON.parse(source), inside)],
  ['page.html', fromHtml],
];
const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

const STORAGE_AND_ADF = '0-1';
const STORAGE_AND_HTML = '0-2';
const ADF_AND_HTML = '1-2';

/** The least agreement in words of pages whose forms do not hold the same, by page and pair of forms. */
const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // The rendered view leaves out the captions of its 18 images.
  '544112828': { [STORAGE_AND_HTML]: 0.92, [ADF_AND_HTML]: 0.92 },
  // The rendered view leaves out the captions of its images.
  '544379140': { [STORAGE_AND_HTML]: 0.98, [ADF_AND_HTML]: 0.98 },
  // Of a smart link, ADF has only the address; the others have the page's title.
  '1844969501': { [STORAGE_AND_ADF]: 0.93, [ADF_AND_HTML]: 0.93 },
};

const pages = present
  ? globSync('*/*/page.xhtml', { cwd: PAGES })
      .map(dirname)
      .filter((page) => FORMS.every(([file]) => existsSync(join(PAGES, page, file))))
      .sort()
  : [];

/** The files of the page are attached to it under their names and media ids. */
function attachedTo(page: string): ReadContext {
  const listing = join(PAGES, page, 'attachments.v1.yaml');
  const names = new Map<string, string>();
  if (existsSync(listing)) {
    for (const match of readFileSync(listing, 'utf8').matchAll(/"title": "(.*)"[\s\S]*?"fileId": "(.*)"/g))
      names.set(match[2] ?? '', JSON.parse(`"${match[1]}"`));
  }
  return {
    ...context,
    attachment({ name, mediaId, alt }) {
      const found = name || names.get(mediaId ?? '') || alt || mediaId;
      return found
        ? { url: `${context.siteUrl}/files/${encodeURIComponent(found)}`, name: found }
        : undefined;
    },
  };
}

interface Shape {
  readonly words: readonly string[];
  readonly constructs: { readonly tables: number; readonly code: number; readonly links: number };
}

/** What can be compared: addresses can not, for the forms name the same page by title, id and address. */
function shapeOf(reading: Reading): Shape {
  const markdown = written(reading);
  const constructs = { tables: 0, code: 0, links: 0 };
  count(parse(markdown));
  const words =
    markdown
      .replace(/\]\([^)]*\)/g, ']')
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return { words, constructs };

  function count(node: Nodes): void {
    if (node.type === 'table') constructs.tables++;
    if (node.type === 'html') constructs.tables += node.value.match(/<table>/g)?.length ?? 0;
    if (node.type === 'code') constructs.code++;
    if (node.type === 'link') constructs.links++;
    if ('children' in node) for (const child of node.children) count(child);
  }
}

/** The share of words that two texts have in the same order. */
function agreement(a: readonly string[], b: readonly string[]): number {
  let row = new Uint32Array(b.length + 1);
  for (const left of a) {
    const next = new Uint32Array(b.length + 1);
    b.forEach((right, j) => {
      next[j + 1] = left === right ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0);
    });
    row = next;
  }
  return (row[b.length] ?? 0) / Math.max(a.length, b.length, 1);
}

describe.skipIf(!present)('the same page in three forms', () => {
  it.each(pages)('%s reads the same in storage format, ADF and HTML', (page) => {
    const shapes = FORMS.map(([file, read]) =>
      shapeOf(read(readFileSync(join(PAGES, page, file), 'utf8'), attachedTo(page))),
    );
    for (const [first, second] of PAIRS) {
      const [a, b] = [shapes[first], shapes[second]];
      if (!a || !b) throw new Error('a form is missing');
      const least = EXCEPTIONS[basename(page)]?.[`${first}-${second}`] ?? 0.99;
      expect(agreement(a.words, b.words), `words of ${first}-${second}`).toBeGreaterThanOrEqual(least);
      expect(a.constructs, `constructs of ${first}-${second}`).toEqual(b.constructs);
    }
  });
});
