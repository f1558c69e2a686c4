import { ctxError } from '../core/errors/index.ts';
import { CommitTree, FOLDER } from './commit-tree.ts';
import type { Difference, Engine, Entry, ObjectWriter } from './engine.ts';
import { cleanIdentity, cleanMessage, cleanSeconds } from './identity.ts';
import { readIntent, writeIntent } from './intent.ts';
import { checkPath, foldersOf } from './paths.ts';
import type { Change, Commit, CommitOptions } from './repo.ts';
import { carryOut, differencesBetween, type Plan, planTransition } from './transition.ts';
import { blobId, WorkTree } from './work-tree.ts';

const REGULAR = '100644';

/** The crash order: objects, intent, work tree and index, branch. See `ContextRepo.commit`. */
export async function commit(engine: Engine, options: CommitOptions): Promise<Commit | null> {
  if (readIntent(engine.gitDir) !== null) throw ctxError('git.recovery-needed', { path: engine.path });
  const { signal, revisions = [], onStep = () => {} } = options;
  const old = await engine.resolve(`refs/heads/${engine.branch}`);
  const parent = options.onto ?? old;
  await using trees = engine.trees();
  const tree = new NextTree(new CommitTree(trees, parent));
  const committer = cleanIdentity(options.author);

  const workTree = new WorkTree(engine.path, engine.gitDir, engine.objectFormat);
  workTree.dropDrafts();
  const writer = engine.writer(parent);
  try {
    let told = 0;
    for await (const { changes, message, author, date } of revisions) {
      const differences = await writeBlobs(engine, writer, tree, changes, signal);
      if (differences.length === 0) continue;
      const who = { author: cleanIdentity(author), committer };
      await writer.commit(differences, {
        ...who,
        message: cleanMessage(message),
        seconds: cleanSeconds(date),
      });
      told++;
    }
    // Writing an object takes most of its time in git, which leaves this process the time to write the file too.
    const prepare = (oid: string, content: Uint8Array) => workTree.prepare(oid, content);
    const last = await writeBlobs(engine, writer, tree, options.changes, signal, prepare);
    if (told === 0 && last.length === 0) {
      await writer.abort();
      workTree.dropDrafts();
      return null;
    }
    const differences = tree.differences();
    await refuseConflicts(tree, differences);
    // What is found needs none of the objects, so that it is looked for while they are written.
    const planned = parent === old ? planMove(engine, workTree, old, differences) : undefined;
    planned?.catch(() => {});
    if (last.length > 0) {
      const details = { message: cleanMessage(options.message), seconds: cleanSeconds(options.date) };
      await writer.commit(last, { ...details, author: committer, committer });
    }
    const id = await writer.end();
    onStep('objects');
    if (planned) {
      await carryOutMove(engine, old, id, await planned, options);
      return { id, files: differences.length, revisions: told };
    }
    const all = await differencesBetween(engine, old, id);
    await moveTo(engine, old, id, all, options);
    return { id, files: all.length, revisions: told };
  } catch (error) {
    if (readIntent(engine.gitDir) === null) {
      workTree.dropDrafts();
      await writer.abort();
      await engine.dropPending();
    }
    throw error;
  }
}

/**
 * Brings work tree, index and branch from the commit `old` to `next`, whose objects are there under the pending ref.
 * Fails before anything is moved with `git.local-edits`.
 */
export async function moveTo(
  engine: Engine,
  old: string | null,
  next: string,
  differences: readonly Difference[],
  options: Pick<CommitOptions, 'signal' | 'onStep'>,
): Promise<void> {
  const tree = new WorkTree(engine.path, engine.gitDir, engine.objectFormat);
  tree.dropDrafts();
  await carryOutMove(engine, old, next, await planMove(engine, tree, old, differences), options);
}

interface PlannedMove {
  readonly tree: WorkTree;
  readonly plan: Plan;
  readonly differences: readonly Difference[];
}

async function planMove(
  engine: Engine,
  tree: WorkTree,
  old: string | null,
  differences: readonly Difference[],
): Promise<PlannedMove> {
  const plan = await planTransition(engine, tree, old, differences, { resumes: false });
  if (plan.edited.length > 0) throw ctxError('git.local-edits', { paths: plan.edited });
  return { tree, plan, differences };
}

async function carryOutMove(
  engine: Engine,
  old: string | null,
  next: string,
  { tree, plan, differences }: PlannedMove,
  { signal, onStep }: Pick<CommitOptions, 'signal' | 'onStep'>,
): Promise<void> {
  signal?.throwIfAborted();
  const intent = { branch: `refs/heads/${engine.branch}`, old, new: next };
  writeIntent(engine.gitDir, intent);
  onStep?.('intent');
  await carryOut(engine, tree, plan, differences, intent, onStep);
}

/** A tree in the making: a commit's, with what the commits so far put over it. */
class NextTree {
  readonly base: CommitTree;
  readonly #over = new Map<string, Pick<Difference, 'old' | 'new'>>();

  constructor(base: CommitTree) {
    this.base = base;
  }

  /** What is no folder at a path. */
  async get(path: string): Promise<Entry | null> {
    const over = this.#over.get(path);
    return over ? over.new : this.#committed(path);
  }

  async set(path: string, next: Entry | null): Promise<void> {
    const over = this.#over.get(path);
    this.#over.set(path, { old: over ? over.old : await this.#committed(path), new: next });
  }

  /** From the commit's tree to this one. */
  differences(): Difference[] {
    return [...this.#over].flatMap(([path, { old, new: next }]) =>
      old?.oid === next?.oid && old?.mode === next?.mode ? [] : [{ path, old, new: next }],
    );
  }

  async #committed(path: string): Promise<Entry | null> {
    const entry = await this.base.get(path);
    return entry?.mode === FOLDER ? null : entry;
  }
}

/** Writes what the tree does not have yet, as it comes, and returns what differs. */
async function writeBlobs(
  engine: Engine,
  writer: ObjectWriter,
  tree: NextTree,
  changes: Iterable<Change> | AsyncIterable<Change>,
  signal: AbortSignal | undefined,
  prepare?: (oid: string, content: Uint8Array) => void,
): Promise<Difference[]> {
  const named = new Set<string>();
  const differences: Difference[] = [];
  for await (const { path, content } of changes) {
    signal?.throwIfAborted();
    checkPath(path);
    if (named.has(path)) throw ctxError('git.bad-path', { path, reason: 'it is named twice' });
    named.add(path);
    const old = await tree.get(path);
    const next = content === null ? null : { mode: REGULAR, oid: '' };
    if (next && content !== null) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      next.oid = blobId(engine.objectFormat, bytes);
      if (old?.oid === next.oid && old.mode.startsWith('100')) continue;
      const written = writer.blob(next.oid, bytes);
      prepare?.(next.oid, bytes);
      await written;
    } else if (old === null) continue;
    differences.push({ path, old, new: next });
    await tree.set(path, next);
  }
  return differences;
}

/** A path can't be a file and a folder: neither among the changes, nor beside what the commit has and keeps. */
async function refuseConflicts(tree: NextTree, differences: readonly Difference[]): Promise<void> {
  for (const { path, old, new: next } of differences) {
    if (old?.mode === '160000') throw ctxError('git.path-conflict', { path, other: `the submodule ${path}` });
    if (next === null || old !== null) continue;
    for (const folder of foldersOf(path)) {
      if ((await tree.get(folder)) !== null) throw ctxError('git.path-conflict', { path, other: folder });
    }
    if ((await tree.base.get(path)) === null) continue;
    for await (const { path: inner } of tree.base.below(path)) {
      if ((await tree.get(inner)) !== null) throw ctxError('git.path-conflict', { path: inner, other: path });
    }
  }
}
