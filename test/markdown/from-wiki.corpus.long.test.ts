import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { fromWiki, writeMarkdown } from '../../src/markdown/index.ts';
import { context, parse, written } from './render.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus/jira-issues');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);

interface Issue {
  readonly fields: {
    readonly description?: string | null;
    readonly environment?: string | null;
    readonly comment?: { readonly comments: readonly { readonly body?: string }[] };
  };
}

function textsOf({ fields }: Issue): string[] {
  const comments = fields.comment?.comments ?? [];
  return [fields.description, fields.environment, ...comments.map(({ body }) => body)].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  );
}

const issues = (present ? readdirSync(CORPUS) : [])
  .filter((name) => name !== 'index.json' && name.endsWith('.json'))
  .map((name): [string, string[]] => [
    name.replace('.json', ''),
    textsOf(JSON.parse(readFileSync(join(CORPUS, name), 'utf8')) as Issue),
  ]);

const RAW = /\{(code|noformat)(?::[^{}\n]*)?\}([\s\S]*?)\{\1\}/gi;
const HTML = /\{html\}[\s\S]*?\{html\}/g;
const FENCE = /^```[\s\S]*?^```[ \t]*$/gm;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const words = (text: string) => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];

/** A text in Unix lines, without what is not wiki markup in it: code, HTML and control characters. */
function markupOf(source: string): { markup: string; code: string[] } {
  const code: string[] = [];
  const markup = source
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '')
    .replace(HTML, ' ')
    .replace(RAW, (_, _name: string, body: string) => {
      code.push(body.replace(/^\n/, '').replace(/\n$/, ''));
      return ' \uE000 ';
    });
  return { markup, code };
}

/** What a reader of Jira sees of the markup, by regular expressions: no tags, targets, images' forms or entities. */
function visibleWords(markup: string): string[] {
  const seen = markup
    .replace(
      /\{\/?(?:color|quote|panel|info|note|tip|warning|section|column|align|anchor|toc)\b[^}\n]*\}/gi,
      ' ',
    )
    .replace(/!([^!\n|]+\.\w+)\|[^!\n]*!/g, '$1')
    .replace(/\|(?:https?|mailto|file):[^\]\n]*\]/g, ' ')
    .replace(/\[~accountid:/g, '[~')
    .replace(/^[ \t]*(?:h[1-6]|bq)\./gm, ' ')
    .replace(/```\w*/g, ' ')
    .replace(/:[pP]|:D|\((?:[xyni]|on|off)\)/g, ' ')
    .replace(/&#?\w+;/g, ' ');
  return words(seen);
}

/** Words that the text does not hold, not even as a part of one: marks inside a word split it in the source. */
function missing(wanted: readonly string[], markdown: string): string[] {
  const written = words(markdown);
  const whole = new Set(written);
  const unknown = wanted.filter((word) => !whole.has(word));
  const text = unknown.length > 0 ? written.join(' ') : '';
  return unknown.filter((word) => !text.includes(word));
}

interface Counts {
  tables: number;
  items: number;
  links: number;
  images: number;
  code: string[];
}

function countsOf(
  node: Nodes,
  found: Counts = { tables: 0, items: 0, links: 0, images: 0, code: [] },
): Counts {
  if (node.type === 'table') found.tables++;
  if (node.type === 'html') found.tables += count(node.value, /<table>/g);
  if (node.type === 'listItem') found.items++;
  if (node.type === 'link') found.links++;
  if (node.type === 'image') found.images++;
  if (node.type === 'code') found.code.push(node.value);
  if ('children' in node) for (const child of node.children) countsOf(child, found);
  return found;
}

describe.skipIf(!present)('the corpus of Jira issues', () => {
  const balanced = (source: string) =>
    ['code', 'noformat', 'html'].every((name) => count(source, new RegExp(`\\{${name}[:}]`, 'gi')) % 2 === 0);

  it.each(issues)('%s keeps its words and code', (_, sources) => {
    for (const source of sources.filter(balanced)) {
      const { markup, code } = markupOf(source);
      const reading = fromWiki(source, context);
      const markdown = written(reading);
      expect(missing(visibleWords(markup), markdown)).toEqual([]);
      if (source.includes('{html}')) continue;
      const fenced = count(markup, FENCE);
      // Parsing the longest takes most of the test's time.
      const found = countsOf(source.length > 20_000 ? reading.root : parse(markdown));
      expect(found.code.filter((value) => code.includes(value)).length).toBe(code.length);
      expect(found.code.length).toBe(code.length + fenced);
    }
  });

  it('keeps its tables, items, links and images', () => {
    const found: Counts = { tables: 0, items: 0, links: 0, images: 0, code: [] };
    const source = { tables: 0, items: 0, links: 0, images: 0 };
    for (const text of issues.flatMap(([, sources]) => sources)) {
      if (!balanced(text) || text.includes('{html}')) continue;
      const markup = markupOf(text).markup.replace(FENCE, ' ');
      const rows = markup.split('\n').map((line) => /^\s*\|.*\S/.test(line));
      source.tables += rows.filter((row, index) => row && !rows[index - 1]).length;
      source.items += count(markup, /^[ \t]*(?:[*#]+|-)[ \t]+\S/gm);
      source.images += count(
        markup,
        /(?<![\p{L}\p{N}])!(?:https?:[^!\n|\s]+|[^!\n|/\\:*?"<>]+\.\w{2,5})(?:\|[^!\n]*)?!/gu,
      );
      source.links += count(markup, /\[(?:[^\]\n]*\|)?(?:https?:\/\/|\^|mailto:)[^\]\n]*\]/g);
      countsOf(fromWiki(text, context).root, found);
    }
    const near = (a: number, b: number) => Math.abs(a - b) / Math.max(a, b, 1);
    expect(near(found.tables, source.tables)).toBeLessThan(0.1);
    expect(near(found.items, source.items)).toBeLessThan(0.03);
    expect(near(found.images, source.images)).toBeLessThan(0.05);
    expect(found.links).toBeGreaterThanOrEqual(source.links);
  });

  it('takes time in proportion to its length', () => {
    const all = issues
      .flatMap(([, sources]) => sources)
      .join('\n\n')
      .slice(0, 400_000);
    const seconds = (source: string) => {
      const start = performance.now();
      writeMarkdown(fromWiki(source, context).root);
      return (performance.now() - start) / 1000;
    };
    seconds(all.slice(0, 50_000));
    // Eight times as long; quadratic growth would take 64 times the time.
    expect(seconds(all)).toBeLessThan(24 * seconds(all.slice(0, 50_000)) + 1);
  });
});
