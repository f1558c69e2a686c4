import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { fromAdf, fromStorage, type ReadContext, type Reading } from '../../src/markdown/index.ts';
import { context, parse, written } from './render.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);
const files = (...patterns: string[]) =>
  present ? patterns.flatMap((pattern) => globSync(pattern, { cwd: CORPUS })).sort() : [];
const load = (file: string) => readFileSync(join(CORPUS, file), 'utf8');

const pages = files('confluence-pages/*/*/page.xhtml');
const macros = files('storage-macros/**/*.{xml,html}');
const documents = files('adf/{valid,invalid}/*.json', 'confluence-pages/*/*/page.adf');

/** Files are attached to these pages, so every image has an address; media ids are those of the page's listing. */
function attachedTo(file: string): ReadContext {
  const listing = join(CORPUS, dirname(file), 'attachments.v1.yaml');
  const names = new Map<string, string>();
  if (existsSync(listing)) {
    for (const match of readFileSync(listing, 'utf8').matchAll(/"title": "(.*)"[\s\S]*?"fileId": "(.*)"/g)) {
      names.set(match[2] ?? '', JSON.parse(`"${match[1]}"`));
    }
  }
  return {
    ...context,
    attachment: ({ name, alt, mediaId }) => {
      const found = name || names.get(mediaId ?? '') || alt || mediaId;
      return found
        ? { url: `https://acme.atlassian.net/files/${encodeURIComponent(found)}`, name: found }
        : undefined;
    },
  };
}
const readStorage = (file: string) => fromStorage(load(file), attachedTo(file));
const readAdf = (file: string) => fromAdf(JSON.parse(load(file)), attachedTo(file));

/** What a reader of the source sees, without knowledge of our readers: regular expressions over the XML. */
function visible(xml: string): string {
  return xml
    .replace(
      /<ac:(parameter|placeholder|task-id|task-uuid|task-status|adf-attribute)\b[^>]*(?<!\/)>[\s\S]*?<\/ac:\1>/g,
      ' ',
    )
    .replace(/<ac:adf-fallback>[\s\S]*?<\/ac:adf-fallback>/g, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ');
}

const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/g;
const words = (text: string) => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];

function visibleWords(xml: string): string[] {
  const bodies: string[] = [];
  const markup = visible(xml).replace(CDATA, (_, body: string) => ` \uE000${bodies.push(body) - 1}\uE001 `);
  const text = markup.replace(/<[^>]*>/g, ' ').replace(/&(?:#\d+|#x[\da-f]+|\w+);/gi, ' ');
  return words(text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => bodies[Number(index)] ?? ''));
}

/** Words that the text does not hold, not even as a part of one: marks inside a word split it in the source. */
function missing(source: readonly string[], markdown: string): string[] {
  const text = words(markdown).join(' ');
  return source.filter((word) => !text.includes(word));
}

function codeBodies(xml: string): string[] {
  const bodies = xml.matchAll(
    /ac:name="(?:code|noformat)"(?:(?!<\/ac:structured-macro>)[\s\S])*?<ac:plain-text-body>([\s\S]*?)<\/ac:plain-text-body>/g,
  );
  return [...bodies].map(([, body = '']) => [...body.matchAll(CDATA)].map((part) => part[1]).join(''));
}

interface Counts {
  tables: number;
  items: number;
  images: number;
  links: number;
  code: string[];
}

function counts(node: Nodes, found: Counts = { tables: 0, items: 0, images: 0, links: 0, code: [] }): Counts {
  if (node.type === 'table') found.tables++;
  if (node.type === 'html') found.tables += node.value.match(/<table>/g)?.length ?? 0;
  if (node.type === 'listItem') found.items++;
  if (node.type === 'image') found.images++;
  if (node.type === 'link') found.links++;
  if (node.type === 'code') found.code.push(node.value);
  if ('children' in node) for (const child of node.children) counts(child, found);
  return found;
}

/** Pages whose two forms do not hold the same words. */
const EXCEPTIONS: Readonly<Record<string, number>> = {
  // A smart link: storage format has the page's title, ADF only its address.
  '1844969501': 0.8,
};

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const clean = (markdown: string) => expect(markdown).not.toMatch(/<\/?(?:ac|ri|at|fab):/);

describe.skipIf(!present)('the corpus of Confluence pages', () => {
  it.each(pages)('%s keeps its tables, items, code, images, links and words', (file) => {
    const xml = load(file);
    const markdown = written(readStorage(file));
    clean(markdown);
    const found = counts(parse(markdown));
    const outside = xml.replace(/<ac:adf-fallback>[\s\S]*?<\/ac:adf-fallback>/g, '');
    const uncelled = outside.replace(/<table[\s\S]*?<\/table>/g, '');
    expect(found.code).toEqual(codeBodies(xml));
    expect(found.tables).toBe(count(outside, /<table\b/g));
    expect(found.images).toBe(count(outside, /<ac:image\b/g));
    expect(found.links).toBeGreaterThanOrEqual(count(outside, /<ac:link(?=[ >])|<a [^>]*href=/g));
    expect(found.items).toBe(count(uncelled, /<li\b|<ac:task>/g));
    expect(missing(visibleWords(xml), markdown)).toEqual([]);
  });

  it.each(pages.filter((file) => existsSync(join(CORPUS, file.replace('.xhtml', '.adf')))))(
    '%s reads the same in storage format and in ADF',
    (file) => {
      const [storage, adf] = [readStorage(file), readAdf(file.replace('.xhtml', '.adf'))].map(sequence) as [
        string[],
        string[],
      ];
      const agreeing = longestCommonSubsequence(storage, adf);
      const least = EXCEPTIONS[file.split('/').at(-2) ?? ''] ?? 0.99;
      expect(agreeing / Math.max(storage.length, adf.length)).toBeGreaterThanOrEqual(least);
    },
  );
});

/** The words in order, without addresses: the two forms name the same page by title and by id. */
function sequence(reading: Reading): string[] {
  return words(written(reading).replace(/\]\([^)]*\)/g, ']'));
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let row = new Uint32Array(b.length + 1);
  for (const left of a) {
    const next = new Uint32Array(b.length + 1);
    b.forEach((right, j) => {
      next[j + 1] = left === right ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0);
    });
    row = next;
  }
  return row[b.length] ?? 0;
}

describe.skipIf(!present)('the corpus of storage macros', () => {
  it.each(macros)('%s renders with its words and code', (file) => {
    const xml = load(file);
    const markdown = written(readStorage(file));
    // Code may show storage format; nothing else may.
    const found = counts(parse(markdown));
    if (!codeBodies(xml).some((body) => body.includes('<ac:'))) clean(markdown);
    expect(found.code).toEqual(
      expect.arrayContaining(codeBodies(xml).map((body) => body.replace(/\r\n?/g, '\n'))),
    );
    expect(missing(visibleWords(xml), markdown)).toEqual([]);
  });
});

describe.skipIf(!present)('the corpus of ADF documents', () => {
  it.each(documents)('%s renders with its words', (file) => {
    const markdown = written(readAdf(file));
    clean(markdown);
    const texts = [...load(file).matchAll(/"type":\s*"text",\s*"text":\s*("(?:[^"\\]|\\.)*")/g)].flatMap(
      (match) => words(JSON.parse(match[1] ?? '""')),
    );
    expect(missing(texts, markdown)).toEqual([]);
  });
});
