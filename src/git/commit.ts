import { ctxError } from '../core/errors/index.ts';
import type { Difference, Engine, Entry, ObjectWriter } from './engine.ts';
import { cleanIdentity, cleanMessage, cleanSeconds } from './identity.ts';
import { readIntent, writeIntent } from './intent.ts';
import { checkPath, foldersOf } from './paths.ts';
import type { Change, Commit, CommitOptions } from './repo.ts';
import { carryOut, differencesBetween, planTransition } from './transition.ts';
import { blobId, WorkTree } from './work-tree.ts';

const REGULAR = '100644';

/** The crash order: objects, intent, work tree and index, branch. See `ContextRepo.commit`. */
export async function commit(engine: Engine, options: CommitOptions): Promise<Commit | null> {
  if (readIntent(engine.gitDir) !== null) throw ctxError('git.recovery-needed', { path: engine.path });
  const { signal, revisions = [], onStep = () => {} } = options;
  const old = await engine.resolve(`refs/heads/${engine.branch}`);
  const parent = options.onto ?? old;
  const base = new Map<string, Entry>();
  if (parent !== null)
    for await (const { path, mode, oid } of engine.entries(parent)) base.set(path, { mode, oid });
  const tree = new NextTree(base);
  const committer = cleanIdentity(options.author);

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
    const last = await writeBlobs(engine, writer, tree, options.changes, signal);
    if (told === 0 && last.length === 0) {
      await writer.abort();
      return null;
    }
    refuseConflicts(base, tree.differences());
    if (last.length > 0) {
      const details = { message: cleanMessage(options.message), seconds: cleanSeconds(options.date) };
      await writer.commit(last, { ...details, author: committer, committer });
    }
    const id = await writer.end();
    onStep('objects');
    const differences = parent === old ? tree.differences() : await differencesBetween(engine, old, id);
    await moveTo(engine, old, id, differences, options);
    return { id, files: differences.length, revisions: told };
  } catch (error) {
    if (readIntent(engine.gitDir) === null) {
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
  { signal, onStep }: Pick<CommitOptions, 'signal' | 'onStep'>,
): Promise<void> {
  const tree = new WorkTree(engine.path, engine.gitDir, engine.objectFormat);
  const plan = await planTransition(engine, tree, old, differences, { resumes: false });
  if (plan.edited.length > 0) throw ctxError('git.local-edits', { paths: plan.edited });
  signal?.throwIfAborted();
  const intent = { branch: `refs/heads/${engine.branch}`, old, new: next };
  writeIntent(engine.gitDir, intent);
  onStep?.('intent');
  await carryOut(engine, tree, plan, differences, intent, onStep);
}

/** A tree in the making: HEAD's, with what the commits so far put over it. */
class NextTree {
  readonly #base: ReadonlyMap<string, Entry>;
  readonly #over = new Map<string, Entry | null>();

  constructor(base: ReadonlyMap<string, Entry>) {
    this.#base = base;
  }

  get(path: string): Entry | null {
    const over = this.#over.get(path);
    return over === undefined ? (this.#base.get(path) ?? null) : over;
  }

  set(path: string, entry: Entry | null): void {
    this.#over.set(path, entry);
  }

  /** From HEAD's tree to this one. */
  differences(): Difference[] {
    return [...this.#over].flatMap(([path, next]) => {
      const old = this.#base.get(path) ?? null;
      return old?.oid === next?.oid && old?.mode === next?.mode ? [] : [{ path, old, new: next }];
    });
  }
}

/** Writes what the tree does not have yet, as it comes, and returns what differs. */
async function writeBlobs(
  engine: Engine,
  writer: ObjectWriter,
  tree: NextTree,
  changes: Iterable<Change> | AsyncIterable<Change>,
  signal: AbortSignal | undefined,
): Promise<Difference[]> {
  const named = new Set<string>();
  const differences: Difference[] = [];
  for await (const { path, content } of changes) {
    signal?.throwIfAborted();
    checkPath(path);
    if (named.has(path)) throw ctxError('git.bad-path', { path, reason: 'it is named twice' });
    named.add(path);
    const old = tree.get(path);
    const next = content === null ? null : { mode: REGULAR, oid: '' };
    if (next && content !== null) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      next.oid = blobId(engine.objectFormat, bytes);
      if (old?.oid === next.oid && old.mode.startsWith('100')) continue;
      await writer.blob(next.oid, bytes);
    } else if (old === null) continue;
    differences.push({ path, old, new: next });
    tree.set(path, next);
  }
  return differences;
}

/** A path can't be a file and a folder: neither among the changes, nor beside what HEAD keeps. */
function refuseConflicts(base: ReadonlyMap<string, Entry>, differences: readonly Difference[]): void {
  for (const { path, old } of differences) {
    if (old?.mode === '160000') throw ctxError('git.path-conflict', { path, other: `the submodule ${path}` });
  }
  const files = new Set(base.keys());
  for (const { path, new: next } of differences) {
    if (next) files.add(path);
    else files.delete(path);
  }
  for (const path of files) {
    for (const folder of foldersOf(path)) {
      if (files.has(folder)) throw ctxError('git.path-conflict', { path, other: folder });
    }
  }
}
