import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');
const linksOf = (file: string) =>
  [
    ...readFileSync(join(project, file), 'utf8')
      .replace(/```[\s\S]*?```/g, '')
      .matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(file), target));

test('the index of the documentation leads to every page', () => {
  const linked = linksOf('docs/README.md');
  const pages = globSync('docs/{guide,connectors,reference,development}/*.md', { cwd: project });
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
});

test.each([
  'docs/README.md',
  'CONTRIBUTING.md',
  'docs/development/adding-a-connector.md',
  'docs/development/releasing.md',
])('what %s links to is there', (file) => {
  const links = linksOf(file);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((target) => !existsSync(join(project, target)))).toEqual([]);
});
