import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRepo } from '../../../src/git/open.ts';
import { git } from '../../harness/git.ts';
import { complaints, historyOf, purgeFrom, wordsInStore } from './harness.ts';
import { commitDocuments, SECRET, WORDS } from './history.ts';

const LONG = 'with a title as long as people sometimes make them, so that fewer fit into an index';

const pages = (folder: string, count: number, updated: string) =>
  Array.from({ length: count }, (_, n) => ({
    id: `${1000 + n}${folder.length}`,
    title: `${folder}Page ${n} ${LONG}`,
    body: 'Text.\n',
    updated,
  }));

/** A folder that is too large for one index, with a subfolder that has one of its own; or, from some commit on, has not. */
async function builds(path: string, plan: boolean): Promise<void> {
  const repo = await openRepo({ path, branch: 'main' });
  // Changed by each run that names it.
  const secret = (run: number) => {
    const draft = { id: SECRET, title: 'Guides/Zanzibar plan', body: `Quetzal ${run}.\n` };
    return plan ? [{ ...draft, updated: '2026-02-03T00:00:00Z' }] : [];
  };
  const large = pages('', 400, '2026-01-05T00:00:00Z');
  // With the plan they are just enough for an index of their own.
  const guides = pages('Guides/', 19, '2026-01-06T00:00:00Z');
  await commitDocuments(repo, [...large, ...guides], 1);
  await commitDocuments(repo, [...large, ...guides, ...secret(2)], 2);
  const edited = guides.map((page) => ({ ...page, updated: '2026-02-04T00:00:00Z' }));
  await commitDocuments(repo, [...large, ...edited, ...secret(3)], 3);
  await commitDocuments(repo, [...large.slice(0, 10), ...edited, ...secret(4)], 4);
  await commitDocuments(repo, [...large.slice(0, 10), ...edited], 5);
}

test('R10 indexes of all levels are those of builds without the document', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ctx-purge-indexes-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [path, without] = [join(root, 'with'), join(root, 'without')];
  await builds(path, true);
  await builds(without, false);
  const guides = 'confluence/ENG/guides/INDEX.md';
  expect(git(path, ['show', `HEAD~3:${guides}`]).toString()).toContain('Zanzibar plan');
  expect(git(path, ['show', 'HEAD~3:confluence/ENG/INDEX.md']).toString()).toContain(
    '20 documents, 2026-02-03',
  );
  const { problems } = await purgeFrom(path, [SECRET]);
  expect(problems).toEqual([]);
  expect(wordsInStore(path, WORDS)).toEqual([]);
  expect(complaints(path)).toBe('');
  const treesOf = (place: string) => historyOf(place).map(({ tree }) => tree);
  const distinct = (trees: string[][]) => trees.filter((tree, n) => `${tree}` !== `${trees[n - 1]}`);
  expect(distinct(treesOf(path))).toEqual(distinct(treesOf(without)));
});
