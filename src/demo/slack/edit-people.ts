import { beginEdit } from './journal.ts';
import type { SlackWorkspace, User } from './workspace.ts';

/** Changes the names that people see. Messages name people by their ids, so none of them changes. */
export function renameUser(
  workspace: SlackWorkspace,
  id: string,
  names: { readonly realName?: string; readonly displayName?: string },
): void {
  change(workspace, id, names);
}

/** Takes an account out of use: it stays, with what it wrote. */
export function deactivateUser(workspace: SlackWorkspace, id: string): void {
  change(workspace, id, { deleted: true });
}

function change(workspace: SlackWorkspace, id: string, fields: Partial<User>): void {
  const user = workspace.users.get(id);
  if (user === undefined) throw new Error(`the workspace has no user ${id}`);
  beginEdit(workspace);
  workspace.users.set(id, { ...user, ...fields, updated: Math.floor(workspace.now / 1000) });
}
