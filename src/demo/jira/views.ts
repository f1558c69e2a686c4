import { maySeeIssue } from '../workspace/access.ts';
import {
  ISSUE_TYPES,
  LINK_TYPES,
  named,
  PRIORITIES,
  RESOLUTIONS,
  SEVERITIES,
  STATUSES,
} from '../workspace/jira-scheme.ts';
import type {
  Change,
  Issue,
  IssueAttachment,
  IssueComment,
  IssueLink,
  Project,
  SecurityLevel,
  Sprint,
  Workspace,
} from '../workspace/model.ts';

const API = '@@SITE@@/rest/api/3';

/** Jira writes times with an offset that lacks its colon. */
export const jiraTime = (iso: string): string => iso.replace(/Z$/, '+0000');

const avatars = (path: string) =>
  Object.fromEntries(
    ['16x16', '24x24', '32x32', '48x48'].map((size) => [size, `@@SITE@@${path}/${size}.png`]),
  );

export function showUser(workspace: Workspace, accountId: string) {
  const person = workspace.people.get(accountId);
  return {
    self: `${API}/user?accountId=${accountId}`,
    accountId,
    accountType: person?.accountType ?? 'atlassian',
    ...(accountId === workspace.accountId && person ? { emailAddress: person.email } : {}),
    avatarUrls: avatars(`/avatars/${accountId}`),
    displayName: person?.displayName ?? 'Former user',
    active: person?.active ?? false,
    timeZone: person?.timeZone ?? 'Etc/UTC',
  };
}

export function showStatus(name: string) {
  const { id, category } = named(STATUSES, name);
  return {
    self: `${API}/status/${id}`,
    description: '',
    iconUrl: '@@SITE@@/images/icons/status.png',
    name,
    id,
    statusCategory: {
      self: `${API}/statuscategory/${category.id}`,
      id: category.id,
      key: category.key,
      colorName: category.colorName,
      name: category.name,
    },
  };
}

export function showIssueType(name: string) {
  const { id, subtask, hierarchyLevel } = named(ISSUE_TYPES, name);
  return {
    self: `${API}/issuetype/${id}`,
    id,
    description: '',
    iconUrl: `@@SITE@@/images/icons/${id}.svg`,
    name,
    subtask,
    hierarchyLevel,
  };
}

export function showPriority(name: string) {
  const { id } = named(PRIORITIES, name);
  return { self: `${API}/priority/${id}`, iconUrl: `@@SITE@@/images/icons/p${id}.svg`, name, id };
}

export function showResolution(name: string | null) {
  if (name === null) return null;
  const { id, description } = named(RESOLUTIONS, name);
  return { self: `${API}/resolution/${id}`, id, description, name };
}

export function showProject(project: Project) {
  return {
    self: `${API}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: 'software',
    simplified: false,
    avatarUrls: avatars(`/projectavatar/${project.id}`),
  };
}

export function showSprint(sprint: Sprint) {
  const { id, name, state, boardId, goal } = sprint;
  return { id, name, state, boardId, goal, startDate: sprint.startDate, endDate: sprint.endDate };
}

export function showSecurity(level: SecurityLevel | undefined) {
  if (level === undefined) return null;
  const { id, name, description } = level;
  return { self: `${API}/securitylevel/${id}`, id, description, name };
}

export function showSeverity(value: string | null) {
  if (value === null) return null;
  const id = SEVERITIES.find((each) => each.value === value)?.id ?? '';
  return { self: `${API}/customFieldOption/${id}`, value, id };
}

/** An issue as it appears inside another one: a parent, a sub-task, the other end of a link. */
export function showReference(issue: Issue) {
  return {
    id: issue.id,
    key: issue.key,
    self: `${API}/issue/${issue.id}`,
    fields: {
      summary: issue.summary,
      status: showStatus(issue.statusName),
      priority: showPriority(issue.priorityName),
      issuetype: showIssueType(issue.typeName),
    },
  };
}

/** Links to issues that the account may not see are left out. */
export function showLinks(workspace: Workspace, links: readonly IssueLink[]) {
  return links.flatMap((link) => {
    const other = workspace.issues.get(link.otherId);
    if (other === undefined || !maySeeIssue(workspace, other)) return [];
    const type = LINK_TYPES.find((each) => each.id === link.typeId);
    return [
      {
        id: link.id,
        self: `${API}/issueLink/${link.id}`,
        type: { ...type, self: `${API}/issueLinkType/${link.typeId}` },
        [link.direction === 'inward' ? 'inwardIssue' : 'outwardIssue']: showReference(other),
      },
    ];
  });
}

export function showComment(workspace: Workspace, issue: Issue, comment: IssueComment) {
  return {
    self: `${API}/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author: showUser(workspace, comment.authorId),
    body: comment.body,
    updateAuthor: showUser(workspace, comment.authorId),
    created: jiraTime(comment.created),
    updated: jiraTime(comment.updated),
    jsdPublic: true,
  };
}

export function showAttachment(workspace: Workspace, attachment: IssueAttachment) {
  return {
    self: `${API}/attachment/${attachment.id}`,
    id: attachment.id,
    filename: attachment.filename,
    author: showUser(workspace, attachment.authorId),
    created: jiraTime(attachment.created),
    size: attachment.bytes().length,
    mimeType: attachment.mimeType,
    content: `${API}/attachment/content/${attachment.id}`,
  };
}

export function showChange(workspace: Workspace, change: Change) {
  return {
    id: change.id,
    author: showUser(workspace, change.authorId),
    created: jiraTime(change.created),
    items: change.items,
  };
}
