import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from '../harness/context.ts';

const NOTES = 'NOTES.md';
const DRAFT = 'confluence/ENG/draft.txt';

/** Someone works in the repository too: a file of theirs is committed, staged and edited, another is not tracked. */
export function startWorking({ path, git }: TestContext): void {
  const put = (file: string, content: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  };
  put(NOTES, 'committed\n');
  git('add', NOTES);
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@small.example', 'commit', '-qm', 'Notes');
  put(NOTES, 'staged\n');
  git('add', NOTES);
  put(NOTES, 'edited\n');
  put(DRAFT, 'mine\n');
}

/** Work tree, index and HEAD agree but for that person's work, which is as it was; no trace of a killed run is left. */
export function assertWhole({ path, git }: TestContext): void {
  assert.equal(git('status', '--porcelain', '--untracked-files=all'), `MM ${NOTES}\n?? ${DRAFT}\n`);
  const theirs = [
    git('show', `:${NOTES}`),
    ...[NOTES, DRAFT].map((file) => readFileSync(join(path, file), 'utf8')),
  ];
  assert.deepEqual(theirs, ['staged\n', 'edited\n', 'mine\n']);
  git('fsck', '--strict', '--no-dangling');
  assert.equal(git('for-each-ref', '--format=%(refname)'), 'refs/heads/main\n');
  for (const left of ['ctx/intent.json', 'ctx/tmp', 'index.lock'])
    assert.ok(!existsSync(join(path, '.git', left)), `${left} is left over`);
}
