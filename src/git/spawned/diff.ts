import { emptyTree } from '../empty-tree.ts';
import type { Difference, Entry, ObjectFormat } from '../engine.ts';
import { records, startGit } from './command.ts';
import { AS_IS } from './history-walk.ts';

/** The paths at which two commits differ, read from the folders that do; `old` null is the empty tree. */
export async function differencesOf(
  cwd: string,
  format: ObjectFormat,
  old: string | null,
  next: string,
): Promise<Difference[]> {
  const args = [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    old ?? emptyTree(format),
    next,
  ];
  const differences: Difference[] = [];
  for await (const { path, old, next } of rawRecords(cwd, args)) differences.push({ path, old, new: next });
  return differences;
}

/** The paths of the index that are not a commit's, with what it has there; unmerged ones with mode `0`. */
export async function* stagedBeside(
  cwd: string,
  commit: string,
): AsyncGenerator<{ readonly path: string; readonly entry: Entry | null }> {
  const shown = ['--cached', '--raw', '-z', '--no-renames', '--no-abbrev', '--ita-visible-in-index'];
  for await (const { path, next, status } of rawRecords(cwd, ['diff-index', ...shown, commit, '--']))
    yield { path, entry: status === 'U' ? { mode: '0', oid: '' } : next };
}

interface RawRecord {
  readonly path: string;
  readonly old: Entry | null;
  readonly next: Entry | null;
  readonly status: string;
}

/** https://git-scm.com/docs/git-diff#_raw_output_format, without renames. */
async function* rawRecords(cwd: string, args: readonly string[]): AsyncGenerator<RawRecord> {
  const child = startGit(args, { cwd, ...AS_IS });
  child.stdin.end();
  try {
    let facts: string[] | undefined;
    for await (const record of records(child.stdout)) {
      if (facts === undefined) {
        facts = record.slice(1).split(' ');
        continue;
      }
      const [oldMode = '', mode = '', oldOid = '', oid = '', status = ''] = facts;
      yield { path: record, old: entryOf(oldMode, oldOid), next: entryOf(mode, oid), status };
      facts = undefined;
    }
    await child.done;
  } finally {
    child.kill();
  }
}

const entryOf = (mode: string, oid: string): Entry | null => (mode === '000000' ? null : { mode, oid });
