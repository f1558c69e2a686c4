import type { JournalEntry, Tables, Workspace } from './model.ts';

const EDIT_TAKES_MS = 60_000;
const JOURNAL_LIMIT = 1_000;

/** Begins one edit: the clock moves by a minute. Returns the edit's time as Atlassian writes it. */
export function beginEdit(workspace: Workspace): string {
  workspace.now += EDIT_TAKES_MS;
  workspace.revision += 1;
  return new Date(workspace.now).toISOString();
}

type RecordOf<T extends keyof Tables> =
  Tables[T] extends Map<string, infer R extends JournalEntry['before']> ? R : never;

/** Replaces one record and remembers what was there before. `undefined` removes it. */
export function put<T extends keyof Tables>(
  workspace: Workspace,
  table: T,
  id: string,
  record: RecordOf<T> | undefined,
): void {
  const records = workspace[table] as unknown as Map<string, RecordOf<T>>;
  workspace.journal.push({ revision: workspace.revision, table, id, before: records.get(id) });
  if (workspace.journal.length > JOURNAL_LIMIT) workspace.journal.shift();
  if (record === undefined) records.delete(id);
  else records.set(id, record);
}

export function nextId(workspace: Workspace): string {
  workspace.lastId += 1;
  return String(workspace.lastId);
}

/** A table as it was `lag` edits ago: what a search index that has not caught up still believes. */
export function tableBehind<T extends keyof Tables>(workspace: Workspace, table: T, lag: number): Tables[T] {
  if (lag <= 0) return workspace[table];
  const records = new Map<string, unknown>(workspace[table]);
  const since = workspace.revision - lag;
  for (const entry of workspace.journal.toReversed()) {
    if (entry.revision <= since) break;
    if (entry.table !== table) continue;
    if (entry.before === undefined) records.delete(entry.id);
    else records.set(entry.id, entry.before);
  }
  return records as Tables[T];
}
