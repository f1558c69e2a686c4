import { change, issueOf, item, nextKey, projectByKey } from './issue-records.ts';
import { LINK_TYPES, named, RESOLUTIONS, STATUSES } from './jira-scheme.ts';
import { beginEdit, nextId, put } from './journal.ts';
import type { AdfNode, ChangeItem, Issue, Workspace } from './model.ts';

export interface NewIssue {
  /** A project's key. */
  readonly project: string;
  readonly summary: string;
  readonly description?: Issue['description'];
  readonly type?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly assignee?: string | null;
  readonly reporter?: string;
  /** The key of the epic or of the parent issue. */
  readonly parent?: string;
  readonly labels?: readonly string[];
  readonly components?: readonly string[];
  readonly sprints?: readonly number[];
  readonly points?: number;
  readonly severity?: string;
  readonly due?: string;
}

/** Returns the new issue's key. */
export function createIssue(workspace: Workspace, issue: NewIssue): string {
  const created = beginEdit(workspace);
  const id = nextId(workspace);
  const reporterId = issue.reporter ?? workspace.accountId;
  const key = nextKey(workspace, issue.project);
  put(workspace, 'issues', id, {
    id,
    key,
    formerKeys: [],
    projectId: projectByKey(workspace, issue.project).id,
    summary: issue.summary,
    description: issue.description ?? null,
    typeName: issue.type ?? 'Task',
    statusName: named(STATUSES, issue.status ?? 'To Do').name,
    resolutionName: null,
    priorityName: issue.priority ?? 'Medium',
    assigneeId: issue.assignee ?? null,
    reporterId,
    created,
    updated: created,
    resolved: null,
    due: issue.due ?? null,
    labels: issue.labels ?? [],
    components: issue.components ?? [],
    fixVersions: [],
    parentId: issue.parent === undefined ? null : issueOf(workspace, issue.parent).id,
    sprintIds: issue.sprints ?? [],
    storyPoints: issue.points ?? null,
    severity: issue.severity ?? null,
    watchers: [reporterId],
    links: [],
    comments: [],
    attachments: [],
    changes: [],
    levelId: null,
  });
  return key;
}

export interface IssueFields {
  readonly summary?: string;
  readonly description?: AdfNode | null;
  readonly priority?: string;
  readonly labels?: readonly string[];
  readonly components?: readonly string[];
  readonly sprints?: readonly number[];
  readonly points?: number | null;
  readonly due?: string | null;
  readonly parent?: string | null;
}

export function editIssue(
  workspace: Workspace,
  idOrKey: string,
  fields: IssueFields & { readonly by?: string },
): void {
  const issue = issueOf(workspace, idOrKey);
  const next: { -readonly [K in keyof Issue]?: Issue[K] } = {};
  const items: ChangeItem[] = [];
  if (fields.summary !== undefined) {
    next.summary = fields.summary;
    items.push(item('summary', issue.summary, fields.summary));
  }
  if (fields.description !== undefined) {
    next.description = fields.description;
    items.push(item('description', writtenText(issue.description), writtenText(fields.description)));
  }
  if (fields.priority !== undefined) {
    next.priorityName = fields.priority;
    items.push(item('priority', issue.priorityName, fields.priority));
  }
  if (fields.labels !== undefined) {
    next.labels = fields.labels;
    items.push(item('labels', issue.labels.join(' '), fields.labels.join(' ')));
  }
  if (fields.components !== undefined) next.components = fields.components;
  if (fields.sprints !== undefined) {
    next.sprintIds = fields.sprints;
    const names = (ids: readonly number[]) =>
      ids.map((id) => workspace.sprints.get(id)?.name ?? '').join(', ');
    items.push(item('Sprint', names(issue.sprintIds), names(fields.sprints)));
  }
  if (fields.points !== undefined) {
    next.storyPoints = fields.points;
    items.push(item('Story point estimate', `${issue.storyPoints ?? ''}`, `${fields.points ?? ''}`));
  }
  if (fields.due !== undefined) {
    next.due = fields.due;
    items.push(item('duedate', issue.due, fields.due, [issue.due ?? undefined, fields.due ?? undefined]));
  }
  if (fields.parent !== undefined) {
    next.parentId = fields.parent === null ? null : issueOf(workspace, fields.parent).id;
    const former = issue.parentId === null ? undefined : issueOf(workspace, issue.parentId);
    const ids = [issue.parentId ?? undefined, next.parentId ?? undefined];
    items.push(item('IssueParentAssociation', former?.key ?? null, fields.parent, ids));
  }
  change(workspace, issue, next, items, fields.by);
}

/** The changelog has descriptions in wiki markup: here their plain words, a paragraph for each block. */
function writtenText(description: Issue['description'] | undefined): string | null {
  const node = typeof description === 'function' ? description() : description;
  const words = ({ text = '', content = [] }: AdfNode): string => text + content.map(words).join('');
  return node?.content?.map(words).join('\n\n') ?? null;
}

/** Moves an issue to a status. One of the category Done sets the resolution; any other clears it. */
export function transitionIssue(
  workspace: Workspace,
  idOrKey: string,
  statusName: string,
  options: { readonly resolution?: string; readonly by?: string } = {},
): void {
  const issue = issueOf(workspace, idOrKey);
  const from = named(STATUSES, issue.statusName);
  const to = named(STATUSES, statusName);
  const items = [item('status', from.name, to.name, [from.id, to.id])];
  const resolutionName = to.category.key === 'done' ? (options.resolution ?? 'Done') : null;
  if (resolutionName !== issue.resolutionName) {
    const id = (name: string | null) => (name === null ? undefined : named(RESOLUTIONS, name).id);
    items.push(
      item('resolution', issue.resolutionName, resolutionName, [
        id(issue.resolutionName),
        id(resolutionName),
      ]),
    );
  }
  const resolved = resolutionName === null ? null : new Date(workspace.now).toISOString();
  change(workspace, issue, { statusName, resolutionName, resolved }, items, options.by);
}

export function assignIssue(
  workspace: Workspace,
  idOrKey: string,
  assigneeId: string | null,
  options: { readonly by?: string } = {},
): void {
  const issue = issueOf(workspace, idOrKey);
  const name = (id: string | null) => (id === null ? null : (workspace.people.get(id)?.displayName ?? null));
  const items = [
    item('assignee', name(issue.assigneeId), name(assigneeId), [
      issue.assigneeId ?? undefined,
      assigneeId ?? undefined,
    ]),
  ];
  change(workspace, issue, { assigneeId }, items, options.by);
}

/** Returns the comment's id. */
export function commentIssue(
  workspace: Workspace,
  idOrKey: string,
  comment: { readonly body: AdfNode; readonly by?: string },
): string {
  const issue = issueOf(workspace, idOrKey);
  const created = beginEdit(workspace);
  const id = nextId(workspace);
  const authorId = comment.by ?? workspace.accountId;
  const comments = [...issue.comments, { id, authorId, created, updated: created, body: comment.body }];
  put(workspace, 'issues', issue.id, { ...issue, comments, updated: created });
  return id;
}

/** Moves an issue to another project: the id stays, the key changes and the old one keeps working. */
export function moveIssue(
  workspace: Workspace,
  idOrKey: string,
  projectKey: string,
  options: { readonly by?: string } = {},
): string {
  const issue = issueOf(workspace, idOrKey);
  const key = nextKey(workspace, projectKey);
  const projectId = projectByKey(workspace, projectKey).id;
  change(
    workspace,
    issue,
    { key, projectId, formerKeys: [...issue.formerKeys, issue.key] },
    [item('Key', issue.key, key)],
    options.by,
  );
  return key;
}

/** Removes an issue with its sub-tasks and the links to it. */
export function deleteIssue(workspace: Workspace, idOrKey: string): void {
  const issue = issueOf(workspace, idOrKey);
  beginEdit(workspace);
  put(workspace, 'issues', issue.id, undefined);
  for (const other of [...workspace.issues.values()]) {
    if (other.parentId === issue.id && other.typeName === 'Sub-task')
      put(workspace, 'issues', other.id, undefined);
    else if (other.parentId === issue.id) put(workspace, 'issues', other.id, { ...other, parentId: null });
    else if (other.links.some((link) => link.otherId === issue.id)) {
      const links = other.links.filter((link) => link.otherId !== issue.id);
      put(workspace, 'issues', other.id, { ...other, links });
    }
  }
}

/** `linkIssues(w, 'SHOP-1', 'Blocks', 'SHOP-2')`: the first blocks the second. */
export function linkIssues(workspace: Workspace, from: string, typeName: string, to: string): void {
  const [source, target] = [issueOf(workspace, from), issueOf(workspace, to)];
  const typeId = named(LINK_TYPES, typeName).id;
  const updated = beginEdit(workspace);
  const id = nextId(workspace);
  const add = (issue: Issue, otherId: string, direction: 'inward' | 'outward') =>
    put(workspace, 'issues', issue.id, {
      ...issue,
      updated,
      links: [...issue.links, { id, typeId, otherId, direction }],
    });
  add(source, target.id, 'outward');
  add(target, source.id, 'inward');
}

/**
 * Sets the security level (its id), or removes it with null. Sub-tasks inherit it, without a word in their own history
 * (https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-security-schemes/).
 */
export function secureIssue(workspace: Workspace, idOrKey: string, levelId: string | null): void {
  const issue = issueOf(workspace, idOrKey);
  const name = (id: string | null) => (id === null ? null : (workspace.levels.get(id)?.name ?? null));
  change(workspace, issue, { levelId }, [item('security', name(issue.levelId), name(levelId))], undefined);
  for (const each of [...workspace.issues.values()]) {
    if (each.parentId === issue.id && each.typeName === 'Sub-task')
      put(workspace, 'issues', each.id, { ...each, levelId });
  }
}

/** Watching is no change of the issue: `updated` stays. */
export function watchIssue(workspace: Workspace, idOrKey: string, accountId = workspace.accountId): void {
  const issue = issueOf(workspace, idOrKey);
  beginEdit(workspace);
  const watchers = [...new Set([...issue.watchers, accountId])];
  put(workspace, 'issues', issue.id, { ...issue, watchers });
}

export function unwatchIssue(workspace: Workspace, idOrKey: string, accountId = workspace.accountId): void {
  const issue = issueOf(workspace, idOrKey);
  beginEdit(workspace);
  const watchers = issue.watchers.filter((watcher) => watcher !== accountId);
  put(workspace, 'issues', issue.id, { ...issue, watchers });
}

export interface NewIssueAttachment {
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: () => Uint8Array;
  readonly by?: string;
}

export function attachToIssue(workspace: Workspace, idOrKey: string, file: NewIssueAttachment): string {
  const issue = issueOf(workspace, idOrKey);
  const id = nextId(workspace);
  const { filename, mimeType, bytes } = file;
  const authorId = file.by ?? workspace.accountId;
  const created = new Date(workspace.now).toISOString();
  const attachments = [...issue.attachments, { id, filename, mimeType, bytes, authorId, created }];
  change(workspace, issue, { attachments }, [item('Attachment', null, filename, [undefined, id])], file.by);
  return id;
}

export function detachFromIssue(workspace: Workspace, idOrKey: string, id: string): void {
  const issue = issueOf(workspace, idOrKey);
  const attachments = issue.attachments.filter((each) => each.id !== id);
  const name = issue.attachments.find((each) => each.id === id)?.filename ?? null;
  change(workspace, issue, { attachments }, [item('Attachment', name, null, [id, undefined])], undefined);
}
