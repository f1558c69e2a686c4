import { beginEdit } from './journal.ts';
import type { Workspace } from './model.ts';

export function renameUser(workspace: Workspace, accountId: string, displayName: string): void {
  const person = workspace.people.get(accountId);
  if (person === undefined) throw new Error(`the workspace has no account ${accountId}`);
  beginEdit(workspace);
  workspace.people.set(accountId, { ...person, displayName });
}
