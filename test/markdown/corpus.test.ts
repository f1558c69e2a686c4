import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { fromAdf, fromStorage, type ReadContext } from '../../src/markdown/index.ts';
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
  rows: number;
  items: number;
  images: number;
  links: number;
  code: string[];
}

function counts(
  node: Nodes,
  found: Counts = { tables: 0, rows: 0, items: 0, images: 0, links: 0, code: [] },
): Counts {
  if (node.type === 'table') found.tables++;
  if (node.type === 'html') {
    found.tables += count(node.value, /<table>/g);
    found.rows += count(node.value, /<tr>/g);
    found.items += count(node.value, /<li>/g);
  }
  if (node.type === 'tableRow') found.rows++;
  if (node.type === 'listItem') found.items++;
  if (node.type === 'image') found.images++;
  if (node.type === 'link') found.links++;
  if (node.type === 'code') found.code.push(node.value);
  if ('children' in node) for (const child of node.children) counts(child, found);
  return found;
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const clean = (markdown: string) => expect(markdown).not.toMatch(/<\/?(?:ac|ri|at|fab):/);

describe.skipIf(!present)('the corpus of Confluence pages', () => {
  it.each(pages)('%s keeps its tables, items, code, images, links and words', (file) => {
    const xml = load(file);
    const markdown = written(readStorage(file));
    clean(markdown);
    const found = counts(parse(markdown));
    const outside = xml.replace(/<ac:adf-fallback>[\s\S]*?<\/ac:adf-fallback>/g, '');
    expect(found.code).toEqual(codeBodies(xml));
    expect(found.tables).toBe(count(outside, /<table\b/g));
    expect(found.rows).toBe(count(outside, /<tr\b/g));
    expect(found.images).toBe(count(outside, /<ac:image\b/g));
    expect(found.links).toBeGreaterThanOrEqual(count(outside, /<ac:link(?=[ >])|<a [^>]*href=/g));
    expect(found.items).toBe(count(outside, /<li\b|<ac:task>/g));
    expect(missing(visibleWords(xml), markdown)).toEqual([]);
    expect(readStorage(file).warnings).toEqual([]);
  });
});

/** The corpus' own example of a macro that no one knows. */
const UNSUPPORTED = /not-a-real-macro/;

describe.skipIf(!present)('the corpus of storage macros', () => {
  it.each(macros)('%s renders with its words and code', (file) => {
    const xml = load(file);
    const markdown = written(readStorage(file));
    // Code may show storage format; nothing else may.
    const found = counts(parse(markdown));
    for (const [marker] of markdown.matchAll(/\[unsupported macro: .*?\]/g))
      expect(marker).toMatch(UNSUPPORTED);
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
