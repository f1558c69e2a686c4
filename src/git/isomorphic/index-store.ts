import { type BigIntStats, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ctxError } from '../../core/errors/index.ts';
import type { Difference, Entry } from '../engine.ts';
import { rewriteIndex } from '../index-lock.ts';
import { isEntry, WorkTree } from '../work-tree.ts';
import { type FileTimes, formatIndex, type IndexEntry, parseIndex, UnsupportedIndex } from './index-file.ts';

export interface Clone {
  readonly path: string;
  readonly gitDir: string;
}

/** The entries of the index; none when there is no index yet. */
export function readIndex(clone: Clone, file = join(clone.gitDir, 'index')): IndexEntry[] {
  try {
    return parseIndex(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    if (error instanceof UnsupportedIndex) {
      throw ctxError('git.unsupported', { path: clone.path, what: error.message }, error);
    }
    throw error;
  }
}

/** Brings the differing paths of the index to their new state, all others stay as they are. */
export function updateIndex(clone: Clone, differences: readonly Difference[]): Promise<void> {
  return rewriteIndex(clone.gitDir, async (draft) => {
    const tree = new WorkTree(clone.path, clone.gitDir, 'sha1');
    const differing = new Set(differences.map(({ path }) => path));
    const written = writtenAt(draft);
    const entries = readIndex(clone, draft)
      .filter(({ path }) => !differing.has(path))
      .map((entry) => (isRacy(entry.stat, written) ? { ...entry, stat: timesOf(undefined) } : entry));
    for (const { path, new: next } of differences) if (next) entries.push(freshEntry(tree, path, next));
    writeFileSync(draft, formatIndex(entries), { flush: true });
  });
}

/** File times are only remembered for a file that holds the entry's content: they hide it from comparisons. */
function freshEntry(tree: WorkTree, path: string, entry: Entry): IndexEntry {
  const stat = timesOf(lstatSync(join(tree.root, path), { bigint: true, throwIfNoEntry: false }));
  const known = isEntry(tree.inspect(path), entry);
  return {
    path,
    mode: Number.parseInt(entry.mode, 8),
    oid: entry.oid,
    stage: 0,
    stat: known ? stat : timesOf(undefined),
    assumeValid: false,
    extended: 0,
  };
}

const low32 = (value: bigint | undefined): number => Number((value ?? 0n) & 0xffff_ffffn);
const BILLION = 1_000_000_000n;

function timesOf(stat: BigIntStats | undefined): FileTimes {
  return {
    ctime: low32((stat?.ctimeNs ?? 0n) / BILLION),
    ctimeNs: low32((stat?.ctimeNs ?? 0n) % BILLION),
    mtime: low32((stat?.mtimeNs ?? 0n) / BILLION),
    mtimeNs: low32((stat?.mtimeNs ?? 0n) % BILLION),
    dev: low32(stat?.dev),
    ino: low32(stat?.ino),
    uid: low32(stat?.uid),
    gid: low32(stat?.gid),
    size: low32(stat?.size),
  };
}

/** The paths at which the index differs from `head`, or the work tree from the index. */
export function* editedPaths(clone: Clone, head: ReadonlyMap<string, Entry>): Generator<string> {
  const tree = new WorkTree(clone.path, clone.gitDir, 'sha1');
  const missing = new Set(head.keys());
  const entries = readIndex(clone);
  const written =
    statSync(join(clone.gitDir, 'index'), { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;
  for (const { path, mode, oid, stage, stat } of entries) {
    const committed = head.get(path);
    missing.delete(path);
    const entry: Entry = { mode: mode.toString(8), oid };
    if (stage !== 0 || committed?.oid !== oid || committed.mode !== entry.mode) yield path;
    else if (entry.mode !== '160000' && !looksUntouched(join(tree.root, path), stat, written)) {
      if (!isEntry(tree.inspect(path), entry)) yield path;
    }
  }
  yield* missing;
}

/** When an index was written, in nanoseconds. */
const writtenAt = (index: string): bigint =>
  statSync(index, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;

/** Whether a file may have been edited after its times were noted, in the same tick, so that they don't show it. */
const isRacy = ({ mtime, mtimeNs }: FileTimes, indexWritten: bigint): boolean =>
  BigInt(mtime) * BILLION + BigInt(mtimeNs) >= indexWritten;

/** As git judges: the remembered times are the file's, and older than the index. */
function looksUntouched(file: string, remembered: FileTimes, indexWritten: bigint): boolean {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (!stat || isRacy(remembered, indexWritten)) return false;
  const now = timesOf(stat);
  return (
    now.mtime === remembered.mtime &&
    now.mtimeNs === remembered.mtimeNs &&
    now.ctime === remembered.ctime &&
    now.ctimeNs === remembered.ctimeNs &&
    now.ino === remembered.ino &&
    now.size === remembered.size
  );
}
