import { beginEdit, nextId, put } from './journal.ts';
import type { ChangeItem, Issue, Workspace } from './model.ts';

export function issueOf(workspace: Workspace, idOrKey: string): Issue {
  const issue = findIssue(workspace, idOrKey);
  if (issue === undefined) throw new Error(`the workspace has no issue ${idOrKey}`);
  return issue;
}

/** By id, key or an earlier key: Jira redirects the keys of moved issues for ever. */
export function findIssue(workspace: Workspace, idOrKey: string): Issue | undefined {
  const byId = workspace.issues.get(idOrKey);
  if (byId !== undefined) return byId;
  const key = idOrKey.toUpperCase();
  let former: Issue | undefined;
  for (const issue of workspace.issues.values()) {
    if (issue.key === key) return issue;
    if (issue.formerKeys.includes(key)) former = issue;
  }
  return former;
}

export function projectByKey(workspace: Workspace, key: string) {
  const project = [...workspace.projects.values()].find((each) => each.key === key);
  if (project === undefined) throw new Error(`the workspace has no project ${key}`);
  return project;
}

export function nextKey(workspace: Workspace, projectKey: string): string {
  let highest = 0;
  for (const issue of workspace.issues.values()) {
    for (const key of [issue.key, ...issue.formerKeys]) {
      const [project, number] = key.split('-');
      if (project === projectKey) highest = Math.max(highest, Number(number));
    }
  }
  return `${projectKey}-${highest + 1}`;
}

/** Replaces fields of an issue, moves `updated` and, where items are given, writes them into its changelog. */
export function change(
  workspace: Workspace,
  issue: Issue,
  fields: Partial<Issue>,
  items: readonly ChangeItem[],
  by: string | undefined,
): void {
  const updated = beginEdit(workspace);
  const entry = { id: nextId(workspace), authorId: by ?? workspace.accountId, created: updated, items };
  put(workspace, 'issues', issue.id, {
    ...issue,
    ...fields,
    updated,
    changes: items.length === 0 ? issue.changes : [...issue.changes, entry],
  });
}

export function item(
  field: string,
  from: string | null,
  to: string | null,
  ids: readonly (string | undefined)[] = [],
): ChangeItem {
  return {
    field,
    fieldId: field,
    fieldtype: 'jira',
    from: ids[0] ?? null,
    fromString: from,
    to: ids[1] ?? null,
    toString: to,
  };
}
