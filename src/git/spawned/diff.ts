import type { Difference, Entry, ObjectFormat } from '../engine.ts';
import { records, startGit } from './command.ts';
import { AS_IS, emptyTree } from './history-walk.ts';

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
  const child = startGit(args, { cwd, ...AS_IS });
  child.stdin.end();
  const differences: Difference[] = [];
  let facts: string[] | undefined;
  for await (const record of records(child.stdout)) {
    if (facts === undefined) facts = record.slice(1).split(' ');
    else {
      const [oldMode = '', mode = '', oldOid = '', oid = ''] = facts;
      differences.push({ path: record, old: entryOf(oldMode, oldOid), new: entryOf(mode, oid) });
      facts = undefined;
    }
  }
  await child.done;
  return differences;
}

const entryOf = (mode: string, oid: string): Entry | null => (mode === '000000' ? null : { mode, oid });
