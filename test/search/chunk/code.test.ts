import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHUNK_SIZE, type Chunk } from '../../../src/search/chunk/chunk.ts';
import { type ChunkCode, createCodeChunker } from '../../../src/search/chunk/code.ts';
import { chunkText } from '../../../src/search/chunk/text.ts';
import { replayed } from '../../harness/replay.ts';
import { dense } from './texts.ts';

let chunkCode: ChunkCode;
const failures: [string, unknown][] = [];
beforeAll(async () => {
  chunkCode = await createCodeChunker((...failure) => failures.push(failure));
});

const statements = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');
const symbolsOf = (chunks: readonly Chunk[]) => chunks.flatMap(({ symbols = [] }) => symbols);

describe('what code defines', () => {
  test.each<[path: string, code: string, symbols: string[]]>([
    [
      'a.ts',
      `import x from 'x';
export const LIMIT = 3, MOST = 4;
export interface Store { get(key: string): string; readonly size: number }
export abstract class Basket<T> {
  #lines: T[] = [];
  onChange = () => {};
  abstract total(): number;
  async add(line: T): Promise<void> { const local = 1; const inner = () => local; }
}
export type Line = { price: number };
enum Kind { A }
namespace Money { export function format() {} }
const later = function () {};
export default function main() {}`,
      [
        'LIMIT',
        'MOST',
        'Store',
        'Store.get',
        'Basket',
        'Basket.onChange',
        'Basket.total',
        'Basket.add',
        'Basket.add.inner',
        'Line',
        'Kind',
        'Money',
        'Money.format',
        'later',
        'main',
      ],
    ],
    ['a.tsx', 'export const View = () => <p>{1}</p>;\nfunction Row() { return <b/>; }', ['View', 'Row']],
    [
      'a.cjs',
      'class A { static #b = () => 1; c() {} }\nexports.run = function () {};\nfunction* d() {}',
      ['A', 'A.#b', 'A.c', 'exports.run', 'd'],
    ],
    [
      'a.py',
      'RATE = 3\n@cached\ndef total(lines):\n    x = 1\n    def inner(): pass\nclass Basket:\n    async def add(self): pass',
      ['RATE', 'total', 'total.inner', 'Basket', 'Basket.add'],
    ],
    [
      'a.go',
      'package a\nconst Rate = 3\nvar (\n  one = 1\n)\ntype Basket[T any] struct{}\nfunc (b *Basket[T]) Add() { var y int }\nfunc (l Line) Price() {}\nfunc main() {}',
      ['Rate', 'one', 'Basket', 'Basket.Add', 'Line.Price', 'main'],
    ],
    [
      'a.java',
      'package a;\nclass Basket<T> { Basket() {} int total() { return 1; } enum Kind { A } }\nrecord Line(int price) {}\n@interface Mark {}',
      ['Basket', 'Basket.Basket', 'Basket.total', 'Basket.Kind', 'Line', 'Mark'],
    ],
    [
      'a.cs',
      'namespace Shop.Sales { class Basket { int Total { get; set; } void Add() {} } }',
      ['Shop.Sales', 'Shop.Sales.Basket', 'Shop.Sales.Basket.Total', 'Shop.Sales.Basket.Add'],
    ],
    [
      'a.hpp',
      'namespace shop { class Basket { int total() { return 1; } }; struct Fwd; }\nint* shop::Basket::add(int n) { return 0; }\ntypedef int money;\nusing Rate = int;\n#define MAX(a) a',
      ['shop', 'shop.Basket', 'shop.Basket.total', 'shop.Basket.add', 'money', 'Rate', 'MAX'],
    ],
    ['a.c', 'struct line { int price; };\nstatic char **names(void) { return 0; }', ['line', 'names']],
    [
      'a.rs',
      'pub const RATE: u8 = 3;\nstruct Basket<T> { x: T }\nimpl<T> Basket<T> { fn total(&self) -> u8 { 1 } }\nimpl Sum for Basket<u8> { fn sum() {} }\ntrait Sum { fn sum(); }\nmod inner { fn f() {} }',
      ['RATE', 'Basket', 'Basket.total', 'Basket.sum', 'Sum', 'Sum.sum', 'inner', 'inner.f'],
    ],
    [
      'Rakefile',
      'RATE = 3\nmodule Shop\n  class Sales::Basket\n    def total; end\n    def self.open; end\n  end\nend',
      ['RATE', 'Shop', 'Shop.Sales.Basket', 'Shop.Sales.Basket.total', 'Shop.Sales.Basket.open'],
    ],
    [
      'a.php',
      '<?php\nclass Basket { function total() {} }\ninterface Sum {}\ntrait Adds {}\nfunction main() {}',
      ['Basket', 'Basket.total', 'Sum', 'Adds', 'main'],
    ],
    ['a.sh', 'add() { echo; }\nfunction total { echo; }', ['add', 'total']],
    [
      'a.ps1',
      'function Get-Total { 1 }\nclass Basket { [int] Total() { return 1 } }',
      ['Get-Total', 'Basket', 'Basket.Total'],
    ],
  ])('%s', async (path, code, symbols) => {
    const chunks = await chunkCode(path, code);
    expect(symbolsOf(chunks)).toEqual(symbols);
    expect(chunks.map(({ text }) => text)).toEqual([code]);
    expect(failures).toEqual([]);
  });
});

describe('code by its syntax', () => {
  const method = (name: string, count: number) =>
    `  /** What ${name} does. */\n  ${name}(): void {\n${statements(count, (n) => `    this.write(${n}, 'line');`)}\n  }`;

  test('functions that fit are together, and a remark stays with what follows it', async () => {
    const functions = Array.from(
      { length: 9 },
      (_, n) => `// Of step ${n}.\nfunction step${n}() {\n${statements(20, (i) => `  call(${i});`)}\n}`,
    );
    const chunks = await chunkCode('a.js', functions.join('\n\n'));
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks) expect(text).toMatch(/^\/\/ Of step.*\n}$/s);
    expect(symbolsOf(chunks)).toEqual(functions.map((_, n) => `step${n}`));
    expect(chunks.map(({ text }) => text).join('\n\n')).toBe(functions.join('\n\n'));
  });

  test('a class that is too large is cut between its methods, which know what they are of', async () => {
    const names = ['open', 'add', 'total', 'close'];
    const code = `export class Basket {\n${names.map((name) => method(name, 40)).join('\n\n')}\n}\n\nexport const x = 1;\n`;
    const chunks = await chunkCode('a.ts', code);
    expect(chunks.map(({ headings, symbols }) => [headings, symbols])).toEqual([
      [[], ['Basket', 'Basket.open']],
      [['Basket'], ['Basket.add']],
      [['Basket'], ['Basket.total']],
      [[], ['Basket.close', 'x']],
    ]);
    expect(chunks[0]?.text.startsWith('export class Basket {\n  /** What open does. */')).toBe(true);
    expect(chunks[1]?.text.startsWith('  /** What add does. */\n  add')).toBe(true);
  });

  test('a function that is too large is cut between its statements', async () => {
    const code = `class Basket:\n    @cached\n    def total(self):\n${statements(120, (n) => `        self.write(${n}, "line")`)}\n`;
    const chunks = await chunkCode('a.py', code);
    expect(chunks.map(({ headings }) => headings)).toEqual([
      [],
      ['Basket', 'total'],
      ...chunks.slice(2).map(() => ['Basket', 'total']),
    ]);
    expect(symbolsOf(chunks)).toEqual(['Basket', 'Basket.total']);
    expect(chunks.flatMap(({ text }) => text.split('\n'))).toEqual(code.trimEnd().split('\n'));
  });

  test('what is no code of its language is cut nevertheless', async () => {
    const junk = `}}} ((( ${statements(400, (n) => `<<<< ${n} === '''`)}`;
    const chunks = await chunkCode('a.ts', junk);
    expect(dense(chunks.map(({ text }) => text).join(''))).toBe(dense(junk));
  });

  test('what would keep a parser for long is cut as text', async () => {
    const code = 'int total() { return 1; }\n';
    const junk = `${code}\n${'a<a<a<a<a<a<a<a<a<a<\n'.repeat(300)}`;
    expect(await chunkCode('a.cpp', junk)).toEqual(chunkText(junk));
    expect(symbolsOf(await chunkCode('a.cpp', code))).toEqual(['total']);
  });

  test('nesting without end is cut at its lines', async () => {
    const deep = `x = ${'(\n'.repeat(20_000)}1${')\n'.repeat(20_000)}`;
    const chunks = await chunkCode('a.py', deep);
    expect(dense(chunks.map(({ text }) => text).join(''))).toBe(dense(deep));
  });

  test('an empty file has one chunk without text', async () => {
    for (const path of ['a.ts', 'a.txt', 'a.md'])
      expect((await chunkCode(path, '\n\n')).map(({ text }) => text)).toEqual(['']);
  });

  test('a grammar that is not there is told once, and its files are cut as text', async () => {
    const told: string[] = [];
    const chunk = await createCodeChunker(
      (grammar) => told.push(grammar),
      () => '/nowhere.wasm',
    );
    expect((await chunk('a.go', 'package a\n\nfunc main() {}')).map(({ text }) => text)).toEqual([
      'package a\n\nfunc main() {}',
    ]);
    await chunk('b.go', 'package b');
    expect(told).toEqual(['go']);
  });
});

describe('of whatever code', () => {
  const folder = join(import.meta.dirname, '../../../src');
  const files = globSync('{search,history,connectors/slack}/**/*.ts', { cwd: folder }).map((path) =>
    readFileSync(join(folder, path), 'utf8'),
  );

  function check(chunks: readonly Chunk[], code: string): void {
    expect(dense(chunks.map(({ text }) => text).join(''))).toBe(dense(code));
    let before = 0;
    for (const { lines, text } of chunks) {
      expect(lines[0]).toBeGreaterThanOrEqual(before);
      expect(text.length).toBeLessThanOrEqual(2 * CHUNK_SIZE.most);
      before = lines[1];
    }
  }

  test('nothing of this program is lost, or there twice', async () => {
    for (const code of files) check(await chunkCode('a.ts', code), code);
  });

  test('nothing is lost of files in pieces, whatever grammar they are read by', async () => {
    const part = fc.record({
      file: fc.constantFrom(...files),
      from: fc.nat(200),
      count: fc.integer({ min: 1, max: 150 }),
    });
    const code = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) =>
      parts
        .map(({ file, from, count }) =>
          file
            .split('\n')
            .slice(from, from + count)
            .join('\n'),
        )
        .join('\n'),
    );
    const path = fc.constantFrom('a.ts', 'a.js', 'a.py', 'a.go', 'a.sh', 'a.rs', 'a.toml');
    await fc.assert(
      fc.asyncProperty(code, path, async (text, name) => check(await chunkCode(name, text), text)),
      replayed({ runs: 30 }),
    );
  });
});
