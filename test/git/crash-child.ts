import { readFileSync } from 'node:fs';
import { rewriteIndex } from '../../src/git/index-lock.ts';
import { openRepo } from '../../src/git/open.ts';
import type { Change, CommitStep, ContextRepo } from '../../src/git/repo.ts';

export interface CrashOrder {
  readonly path: string;
  readonly engine: ContextRepo['engine'];
  readonly changes: readonly Change[];
  /** `index-lock`: while the index is being rewritten. */
  readonly step: CommitStep | 'index-lock';
  /** Die at the nth time the step is reached. */
  readonly count: number;
}

/** Commits what standard input orders, and is killed on the way as a power cut would. */
const order: CrashOrder = JSON.parse(readFileSync(0, 'utf8'));
const die = () => process.kill(process.pid, 'SIGKILL');

const repo = await openRepo({ path: order.path, branch: 'main', engine: order.engine });
if ((await repo.recover()) !== 'clean') throw new Error('the test wants a clean start');
let left = order.count;
await repo.commit({
  changes: order.changes,
  message: 'A killed run',
  author: { name: 'context-sync', email: 'ctx@example.test' },
  date: new Date('2026-01-02T03:04:05Z'),
  onStep: (step) => {
    if (step === order.step && --left === 0) die();
    if (step === 'work-tree' && order.step === 'index-lock')
      void rewriteIndex(repo.gitDir, async () => void die());
  },
});
