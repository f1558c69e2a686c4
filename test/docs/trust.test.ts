import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');
const guide = join(project, 'docs/guide');
const read = (path: string) => readFileSync(join(project, path), 'utf8');

interface Shown {
  readonly title: string;
  /** From the project's folder. */
  readonly file: string;
  readonly isLong: boolean;
}

interface Promised {
  readonly promise: string;
  readonly rules: readonly string[];
  readonly shownBy: readonly Shown[];
}

/** The rows of the guide's tables: a promise, its rules, and links to tests whose texts are the tests' titles. */
const promises = read('docs/guide/trust.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (promise|---) \|/.test(line))
  .map((line): Promised => {
    const [promise = '', rules = '', shown = ''] = line.slice(2, -2).split(' | ');
    return {
      promise,
      rules: rules === '–' ? [] : rules.split(', '),
      shownBy: shown.split(' · ').map((link) => {
        const [, title = '', target = '', long] = /^\[(.+)\]\(([^)]+)\)( \(long\))?$/.exec(link) ?? [];
        return { title, file: join(guide, target).slice(project.length + 1), isLong: long !== undefined };
      }),
    };
  });

/** In the order of the document. */
const rules = [...read('docs/development/invariants.md').matchAll(/^\*\*(R\d+) /gm)].map(
  ([, rule = '']) => rule,
);

/** Every file of the tests, with its text. */
const texts = new Map(globSync('test/**/*.ts', { cwd: project }).map((file) => [file, read(file)]));
const testFiles = [...texts.keys()].filter((file) => file.endsWith('.test.ts'));
const isLongFile = (file: string) => file.endsWith('.long.test.ts');

/** The files of the project that a file imports, but for types. */
function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(/^import (?!type )[^;]* from '(\.[^']+)';$/gm)].map(([, from = '']) =>
    join(dirname(file), from),
  );
}

/** The test files that run what is in a file: itself, or those that import it as a suite, by other suites or not. */
function runnersOf(file: string): string[] {
  if (testFiles.includes(file)) return [file];
  const importing = [...texts].filter(([other, text]) => importsOf(other, text).includes(file));
  return importing.flatMap(([other]) => runnersOf(other));
}

/** Texts that are the first argument of a call, as titles are. */
function titlesIn(text: string): string[] {
  return [...text.matchAll(/\(\s*(['"`])(.*?)\1/g)].map(([, , title = '']) => title);
}

describe('docs/guide/trust.md', () => {
  test('has promises, each with a test that shows it', () => {
    expect(promises.length).toBeGreaterThan(40);
    for (const { promise, rules: named, shownBy } of promises) {
      expect(promise, promise).toMatch(/\.$/);
      for (const { title, file } of shownBy) expect(title && file, promise).not.toBe('');
      for (const rule of named) expect(rules, promise).toContain(rule);
    }
  });

  test('names tests that are there, by their very titles', () => {
    const all = promises.flatMap(({ shownBy }) => shownBy);
    const missing = all.filter(({ file, title }) => !titlesIn(texts.get(file) ?? '').includes(title));
    expect(missing).toEqual([]);
  });

  test('says of each test whether it is a long one', () => {
    for (const { file, title, isLong } of promises.flatMap(({ shownBy }) => shownBy)) {
      const runners = runnersOf(file);
      expect(runners, `nothing runs ${file}`).not.toEqual([]);
      expect([title, runners.every(isLongFile)]).toEqual([title, isLong]);
    }
  });

  test('has a promise of every rule, and every rule has a test among the quick ones', () => {
    const quick = testFiles.filter((file) => !isLongFile(file)).map((file) => texts.get(file) ?? '');
    const isTested = (rule: string) =>
      quick.some((text) => new RegExp(`['"\`](?:R\\d+ )*${rule} `).test(text));
    const isPromised = (rule: string) => promises.some(({ rules: named }) => named.includes(rule));
    expect(rules).toEqual(expect.arrayContaining(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R10']));
    expect(rules.filter((rule) => !isTested(rule))).toEqual([]);
    expect(rules.filter((rule) => !isPromised(rule))).toEqual([]);
  });
});
