import type { Cone } from './cone.ts';
import type { Difference, Engine, Entry, PathEntry } from './engine.ts';
import { dropIntent, type Intent } from './intent.ts';
import { obstaclesOf } from './obstacles.ts';
import type { CommitStep } from './repo.ts';
import { isEntry, type Occupant, type WorkTree } from './work-tree.ts';

/** How the work tree gets from the old tree to the new one, and the paths at which a person's edit forbids it. */
export interface Plan {
  readonly removals: readonly string[];
  readonly writes: readonly PathEntry[];
  /** Where submodules begin. They are left to `git submodule`; git only wants their folders to be there. */
  readonly folders: readonly string[];
  readonly edited: readonly string[];
}

const sameEntry = (a: Entry | null, b: Entry | null): boolean =>
  a === b || (a !== null && b !== null && a.oid === b.oid && a.mode === b.mode);

/** The paths at which two commits differ; `old` null is the empty tree. */
export async function differencesBetween(
  engine: Engine,
  old: string | null,
  next: string,
): Promise<Difference[]> {
  const before = new Map<string, Entry>();
  if (old !== null)
    for await (const { path, mode, oid } of engine.entries(old)) before.set(path, { mode, oid });
  const differences: Difference[] = [];
  for await (const { path, mode, oid } of engine.entries(next)) {
    const was = before.get(path) ?? null;
    before.delete(path);
    if (!sameEntry(was, { mode, oid })) differences.push({ path, old: was, new: { mode, oid } });
  }
  for (const [path, was] of before) differences.push({ path, old: was, new: null });
  return differences;
}

/**
 * Compares each path that differs from the commit `from` with the work tree and the index, changing nothing. A first
 * attempt must find the old state everywhere; one that `resumes` an interrupted attempt also accepts the new one and absence.
 */
export async function planTransition(
  engine: Engine,
  tree: WorkTree,
  from: string | null,
  differences: readonly Difference[],
  { resumes }: { resumes: boolean },
): Promise<Plan> {
  const cone = await engine.cone();
  const leaving = new Set(differences.filter((d) => d.new === null).map((d) => d.path));
  const removals: string[] = [];
  const writes: PathEntry[] = [];
  const folders: string[] = [];
  const edited = new Set<string>(await stagedEdits(engine, from, differences, resumes));

  for (const difference of differences) {
    const { path } = difference;
    const [old, next] = [contentOf(difference.old), contentOf(difference.new)];
    const found = tree.inspect(path);
    if (isOutside(cone, path, found)) continue;
    if (next === null && difference.new !== null) {
      if (found.kind === 'absent' || found.kind === 'folder' || isEntry(found, old)) folders.push(path);
      else edited.add(path);
      if (old === null) continue;
    }
    if (isEntry(found, next)) {
      if (next === null) {
        if (!resumes && old !== null) edited.add(path);
      } else if (isExecutable(next) || isExecutable(old)) writes.push({ path, ...next });
    } else if (found.kind === 'absent' && old !== null && !resumes) {
      edited.add(path);
    } else if (isEntry(found, old) || found.kind === 'absent') {
      if (next) writes.push({ path, ...next });
      else removals.push(path);
    } else if (next === null) {
      // A folder, or a file in place of a parent folder, is the new state's when the transition was half done.
      if (old !== null && (!resumes || (found.kind !== 'folder' && found.kind !== 'behind')))
        edited.add(path);
    } else {
      const obstacles = obstaclesOf(tree, path, leaving);
      if (obstacles.length === 0) writes.push({ path, ...next });
      for (const obstacle of obstacles) edited.add(obstacle);
    }
  }
  return { removals, writes, folders, edited: [...edited].sort() };
}

/** What an entry has in the work tree, as far as we are concerned: of a submodule nothing. */
const contentOf = (entry: Entry | null): Entry | null => (entry?.mode === '160000' ? null : entry);

/** `isEntry` doesn't see the executable bit, so that such files are written again. */
const isExecutable = (entry: Entry | null): boolean => entry?.mode === '100755';

/**
 * Whether a sparse checkout leaves a path out. A file that is there although it is outside of the cone counts as any
 * other, as it does for git: it may be a person's.
 */
export function isOutside(cone: Cone | null, path: string, found: Occupant): boolean {
  return cone !== null && !cone.holds(path) && (found.kind === 'absent' || found.kind === 'behind');
}

async function stagedEdits(
  engine: Engine,
  from: string | null,
  differences: readonly Difference[],
  resumes: boolean,
): Promise<string[]> {
  const staged = await engine.staged(differences, from);
  const edited: string[] = [];
  for (const { path, old, new: next } of differences) {
    const entry = staged.get(path) ?? null;
    const expected =
      entry === null ? old === null || resumes : sameState(entry, old) || sameState(entry, next);
    if (!expected) edited.push(path);
  }
  return edited;
}

/** Equal but for the executable bit, which our commits don't keep. */
const sameState = (a: Entry, b: Entry | null): boolean =>
  b !== null && a.oid === b.oid && a.mode.slice(0, 3) === b.mode.slice(0, 3);

/**
 * Steps 4 to 6 of the crash order: work tree and index, branch, then the intent goes. Removals come first, so
 * that a folder can take a file's place, a file a folder's, and a name its other spelling's. Drafts of another run must
 * be gone: a file would keep their mode, and a link their place.
 */
export async function carryOut(
  engine: Engine,
  tree: WorkTree,
  plan: Plan,
  differences: readonly Difference[],
  intent: Omit<Intent, 'version'>,
  onStep: (step: CommitStep) => void = () => {},
): Promise<void> {
  const written = Promise.withResolvers<void>();
  const index = engine.updateIndex(differences, written.promise);
  // Either may fail while the other goes on: it is told when both are awaited.
  for (const each of [written.promise, index]) each.catch(() => {});
  try {
    for (const path of plan.removals) {
      tree.remove(path);
      onStep('file');
    }
    const unprepared: PathEntry[] = [];
    for (const entry of plan.writes) {
      if (tree.placePrepared(entry)) onStep('file');
      else unprepared.push(entry);
    }
    for await (const { path, content, mode } of engine.blobs(unprepared)) {
      tree.place(path, content, mode);
      onStep('file');
    }
    for (const path of plan.folders) tree.makeFolder(path);
    tree.dropDrafts();
    onStep('work-tree');
    written.resolve();
  } catch (error) {
    written.reject(error);
  }
  await Promise.all([written.promise, index]);
  onStep('index');
  if ((await engine.resolve(intent.branch)) === intent.new) await engine.dropPending();
  else await engine.moveBranch(intent.old, intent.new);
  onStep('branch');
  dropIntent(engine.gitDir);
  onStep('dropped');
}
