import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromGithub, writeMarkdown } from '../../../src/markdown/index.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/github');
const isThere = existsSync(CORPUS);
if (!isThere) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);

/** Every `body` in the recorded answers. */
function bodiesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(bodiesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) =>
    key === 'body' && typeof own === 'string' ? [own] : bodiesIn(own),
  );
}

test.skipIf(!isThere)('texts of recorded answers are read without a loss', () => {
  const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  const bodies = files.flatMap((file) => bodiesIn(JSON.parse(readFileSync(join(CORPUS, file), 'utf8'))));
  expect(bodies.length).toBeGreaterThan(20);
  for (const body of bodies) {
    const { root, fidelity } = fromGithub(body, {
      ...{ siteUrl: 'https://github.com', repository: 'octocat/Hello-World', lineBreaks: true },
      person: () => undefined,
    });
    expect(fidelity.lost).toBe(0);
    if (body.trim() !== '') expect(writeMarkdown(root).trim()).not.toBe('');
  }
});
