import { ctxError } from '../core/errors/index.ts';
import { type Engine, PENDING_REF } from './engine.ts';
import { dropIntent, intentFile, readIntent } from './intent.ts';
import { carryOut, differencesBetween, planTransition } from './transition.ts';
import { WorkTree } from './work-tree.ts';

/** Completes the intent of a run that was killed, or refuses to, changing nothing. */
export async function recover(engine: Engine): Promise<'clean' | 'completed'> {
  const intent = readIntent(engine.gitDir);
  const tree = new WorkTree(engine.path, engine.gitDir, engine.objectFormat);
  if (intent === null) {
    tree.dropDrafts();
    dropIntent(engine.gitDir);
    if ((await engine.resolve(PENDING_REF)) !== null) await engine.dropPending();
    return 'clean';
  }

  const at = await engine.resolve(intent.branch);
  if (at !== intent.new && at !== intent.old) {
    // The branch only moves after work tree and index: with someone's commit on top, all was done.
    if (at !== null && (await engine.isAncestor(intent.new, at))) {
      await engine.dropPending();
      dropIntent(engine.gitDir);
      return 'completed';
    }
    throw ctxError('git.recovery-branch-moved', {
      branch: engine.branch,
      at: at ?? 'no commit',
      old: intent.old ?? 'no commit',
      new: intent.new,
      intent: intentFile(engine.gitDir),
    });
  }

  const differences = await differencesBetween(engine, intent.old, intent.new);
  const plan = await planTransition(engine, tree, intent.old, differences, { resumes: true });
  if (plan.edited.length > 0) {
    throw ctxError('git.recovery-conflict', { paths: plan.edited, old: intent.old ?? intent.new });
  }
  tree.dropDrafts();
  await carryOut(engine, tree, plan, differences, intent);
  return 'completed';
}
