import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromStorage, fromWiki } from '../../../src/markdown/index.ts';
import { blocksOf } from '../../../src/search/chunk/blocks.ts';
import { CHUNK_SIZE } from '../../../src/search/chunk/chunk.ts';
import { context, parse, written } from '../../markdown/render.ts';
import { chunksOf, dense, isWithin } from './texts.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);

const load = (pattern: string) =>
  globSync(pattern, { cwd: CORPUS })
    .sort()
    .map((file) => readFileSync(join(CORPUS, file), 'utf8'));

interface Issue {
  readonly fields: { readonly description?: string | null };
}

function check(markdown: string): void {
  const headings = blocksOf(markdown.split('\n')).flatMap(({ heading, first }) =>
    heading ? [[heading.level, first + 1]] : [],
  );
  const parsed = parse(markdown).children.flatMap((node) =>
    node.type === 'heading' ? [[node.depth, node.position?.start.line]] : [],
  );
  expect(headings).toEqual(parsed);
  const chunks = chunksOf(markdown);
  for (const { text } of chunks) expect(text.length).toBeLessThan(2 * CHUNK_SIZE.most);
  expect(isWithin(dense(markdown), dense(chunks.map(({ text }) => text).join('')))).toBe(true);
}

test.skipIf(!present)('pages that people wrote are cut at their headings, and lose nothing', () => {
  const pages = load('confluence-pages/**/*.{xhtml,xml}');
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) check(written(fromStorage(page, context)));
});

test.skipIf(!present)('tickets that people wrote are cut at their headings, and lose nothing', () => {
  const texts = load('jira-issues/*.json').flatMap((file) => {
    const { description } = (JSON.parse(file) as Partial<Issue>).fields ?? {};
    return description ? [description] : [];
  });
  expect(texts.length).toBeGreaterThan(50);
  for (const text of texts) check(written(fromWiki(text, context)));
});
