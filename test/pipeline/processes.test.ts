import { expect, test } from 'vitest';
import { startContext } from '../harness/context.ts';
import { notedGit } from '../harness/noted-git.ts';
import { morningOf } from '../harness/small-workspace.ts';

test('a build starts as many processes of git as it has steps, however many files it reads and writes', async () => {
  await using context = await startContext();
  const commands = notedGit(await context.folder());
  await context.build();
  await context.build();
  commands();

  await context.build();
  expect(commands()).toEqual(['rev-parse', 'ls-tree', 'status']);

  morningOf(context.workspace);
  await context.build();
  expect(commands()).toEqual([
    ...['rev-parse', 'ls-tree', 'status'],
    // The documents with links to what moved, the files that lead to documents, and the trees that change.
    ...['cat-file', 'cat-file', 'cat-file'],
    ...['fast-import', 'diff-index', 'update-index', 'update-index', 'update-ref'],
    'rev-list',
  ]);
});
