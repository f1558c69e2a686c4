import { posix } from 'node:path';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import {
  folderIndexes,
  type ListedDocument,
  MAX_INDEX_BYTES,
} from '../../../src/pipeline/generated/folder-index.ts';
import { replayed } from '../../harness/replay.ts';

const document = (path: string, title = path, updated?: string, key?: string): ListedDocument => ({
  path: `wiki/ENG/${path}`,
  facts: { title, ...(updated !== undefined && { updated }), ...(key !== undefined && { key }) },
});

const indexesOf = (documents: readonly ListedDocument[]) => new Map(folderIndexes('wiki/ENG', documents));

function destinations(node: Nodes): string[] {
  const below = 'children' in node ? node.children.flatMap(destinations) : [];
  return node.type === 'link' ? [node.url, ...below] : below;
}

/** The documents that the indexes link to, and the indexes that they do. */
function linked(indexes: ReadonlyMap<string, string>) {
  const targets = [...indexes].flatMap(([path, text]) =>
    destinations(fromMarkdown(text)).map((url) => posix.join(posix.dirname(path), decodeURIComponent(url))),
  );
  const isIndex = (path: string) => path.endsWith('/INDEX.md');
  return { indexes: targets.filter(isIndex), documents: targets.filter((path) => !isIndex(path)) };
}

const notListed = (text: string) => Number(/(\d+) more documents are not listed/.exec(text)?.[1] ?? 0);

const many = (folder: string, count: number, year: number) =>
  Array.from({ length: count }, (_, n) => {
    const day = new Date(Date.UTC(year, 0, 1 + (n % 300))).toISOString();
    return document(`${folder}document-${String(n).padStart(4, '0')}.md`, `Title ${n}`, day);
  });

describe('the index of a folder', () => {
  test('lists each document in the order of the tree, with its key and the day of its last change', () => {
    const indexes = indexesOf([
      document('b.md', 'About *b*', '2026-03-02T23:30:00Z'),
      document('a/z.md', 'Below a', '2026-01-05'),
      document('a.md', 'The [first]', undefined),
      document('c/OPS-1-x.md', 'X', '2025-12-31T00:00:00.000Z', 'OPS-1'),
    ]);
    expect([...indexes]).toEqual([
      [
        'wiki/ENG/INDEX.md',
        `<!-- Written by ctx build. Changes are overwritten. -->

# wiki/ENG

Each with the day on which it changed last in its source.

- [The [first]](a.md)
  - [Below a](a/z.md) 2026-01-05
- [About \\*b*](b.md) 2026-03-02
- c
  - [OPS-1 X](c/OPS-1-x.md) 2025-12-31
`,
      ],
    ]);
  });

  test('what is too large for one file is told of by folder; small folders stay where they are', () => {
    const large = many('2025/', 1200, 2025);
    const small = many('few/', 3, 2026);
    const top = document('2025.md', 'That year', '2020-01-01');
    const indexes = indexesOf([...large, ...small, top]);
    expect([...indexes.keys()]).toEqual(['wiki/ENG/INDEX.md', 'wiki/ENG/2025/INDEX.md']);
    const text = indexes.get('wiki/ENG/INDEX.md');
    expect(text).toContain(
      '- [That year](2025.md) 2020-01-01\n  - [2025/](2025/INDEX.md) 1200 documents, 2025-10-27\n- few\n  - [Title 0]',
    );
    expect(notListed(text ?? '')).toBe(0);
  });

  test('where there is no room the newest are listed, and how many are left out', () => {
    const documents = many('', 2000, 2025);
    const text = indexesOf(documents).get('wiki/ENG/INDEX.md') ?? '';
    const shown = new Set(linked(new Map([['wiki/ENG/INDEX.md', text]])).documents);
    expect(Buffer.byteLength(text)).toBeGreaterThan(MAX_INDEX_BYTES * 0.9);
    expect(notListed(text)).toBe(documents.length - shown.size);
    const days = (isShown: boolean) =>
      documents.filter(({ path }) => shown.has(path) === isShown).map(({ facts }) => facts.updated ?? '');
    const newestLeft = days(false).reduce((a, b) => (a > b ? a : b));
    expect(days(true).every((day) => day >= newestLeft)).toBe(true);
    expect(text).toContain(`None of them changed after ${newestLeft.slice(0, 10)}.`);
  });

  const segment = fc.stringMatching(/^[a-d]{1,2}$/);
  const title = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
  const documents = fc.uniqueArray(
    fc.record({
      path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((names) => `${names.join('/')}.md`),
      title,
      updated: fc.option(fc.constantFrom('2026-01-01', '2025-06-30T10:00:00Z', '2026-02-03T04:05:06Z'), {
        nil: undefined,
      }),
      copies: fc.constantFrom(1, 1, 1, 1, 1, 1, 30, 600),
    }),
    { selector: ({ path }) => path, maxLength: 12 },
  );

  test('each document is linked once or counted, no index is too large, and the order of the input is nothing', () => {
    fc.assert(
      fc.property(documents, (drafts) => {
        const all = drafts.flatMap(({ path, title: name, updated, copies }) =>
          Array.from({ length: copies }, (_, n) =>
            document(n === 0 ? path : path.replace(/\.md$/, `-${n}.md`), name, updated),
          ),
        );
        const indexes = indexesOf(all);
        const found = linked(indexes);
        expect(new Set(found.documents).size).toBe(found.documents.length);
        const left = [...indexes.values()].reduce((sum, text) => sum + notListed(text), 0);
        for (const path of found.documents) expect(all.some((each) => each.path === path)).toBe(true);
        for (const path of found.indexes) expect(indexes.has(path)).toBe(true);
        for (const text of indexes.values()) {
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_INDEX_BYTES);
          const blocks = fromMarkdown(text).children.map(({ type }) => type);
          expect(blocks.slice(0, 4)).toEqual(
            ['html', 'heading', 'paragraph', 'list'].slice(0, all.length + 3),
          );
        }
        const reachable = new Set(found.documents).size + left;
        expect(reachable).toBeGreaterThanOrEqual(all.length);
        expect([...indexesOf(all.toReversed())]).toEqual([...indexes]);
      }),
      replayed({ runs: 5 }),
    );
  });
});
