import type { Settings } from '../answer.ts';
import { maySeeIssue } from '../workspace/access.ts';
import { SEVERITY_FIELD, SPRINT_FIELD, STORY_POINTS_FIELD } from '../workspace/jira-scheme.ts';
import type { Issue, Workspace } from '../workspace/model.ts';
import {
  jiraTime,
  showAttachment,
  showComment,
  showIssueType,
  showLinks,
  showPriority,
  showProject,
  showReference,
  showResolution,
  showSecurity,
  showSeverity,
  showSprint,
  showStatus,
  showUser,
} from './views.ts';

interface Field {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly items?: string;
  /** The plugin type of a custom field. */
  readonly custom?: string;
  readonly clauseNames?: readonly string[];
  /** Left out of `*navigable`, as in Jira. */
  readonly hidden?: boolean;
  readonly show: (workspace: Workspace, issue: Issue, settings: Settings) => unknown;
}

const user = (workspace: Workspace, accountId: string | null) =>
  accountId === null ? null : showUser(workspace, accountId);

const byName = (names: readonly string[]) =>
  names.map((name) => ({ self: `@@SITE@@/rest/api/3/component/${name}`, id: name, name }));

const GREENHOPPER = 'com.pyxis.greenhopper.jira';
const CUSTOM = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** Every field of the site, in the order in which answers show them. */
export const FIELDS: readonly Field[] = [
  { id: 'summary', name: 'Summary', type: 'string', show: (_, issue) => issue.summary },
  {
    id: 'issuetype',
    name: 'Issue Type',
    type: 'issuetype',
    clauseNames: ['issuetype', 'type'],
    show: (_, issue) => showIssueType(issue.typeName),
  },
  {
    id: 'project',
    name: 'Project',
    type: 'project',
    show: (workspace, issue) => {
      const project = workspace.projects.get(issue.projectId);
      return project === undefined ? null : showProject(project);
    },
  },
  { id: 'status', name: 'Status', type: 'status', show: (_, issue) => showStatus(issue.statusName) },
  {
    id: 'priority',
    name: 'Priority',
    type: 'priority',
    show: (_, issue) => showPriority(issue.priorityName),
  },
  {
    id: 'resolution',
    name: 'Resolution',
    type: 'resolution',
    show: (_, issue) => showResolution(issue.resolutionName),
  },
  {
    id: 'resolutiondate',
    name: 'Resolved',
    type: 'datetime',
    show: (_, issue) => (issue.resolved === null ? null : jiraTime(issue.resolved)),
  },
  {
    id: 'assignee',
    name: 'Assignee',
    type: 'user',
    show: (workspace, issue) => user(workspace, issue.assigneeId),
  },
  {
    id: 'reporter',
    name: 'Reporter',
    type: 'user',
    show: (workspace, issue) => user(workspace, issue.reporterId),
  },
  {
    id: 'creator',
    name: 'Creator',
    type: 'user',
    show: (workspace, issue) => user(workspace, issue.reporterId),
  },
  { id: 'created', name: 'Created', type: 'datetime', show: (_, issue) => jiraTime(issue.created) },
  { id: 'updated', name: 'Updated', type: 'datetime', show: (_, issue) => jiraTime(issue.updated) },
  { id: 'duedate', name: 'Due date', type: 'date', show: (_, issue) => issue.due },
  { id: 'labels', name: 'Labels', type: 'array', items: 'string', show: (_, issue) => issue.labels },
  {
    id: 'components',
    name: 'Components',
    type: 'array',
    items: 'component',
    show: (_, issue) => byName(issue.components),
  },
  {
    id: 'fixVersions',
    name: 'Fix versions',
    type: 'array',
    items: 'version',
    show: (_, issue) => byName(issue.fixVersions),
  },
  {
    id: 'description',
    name: 'Description',
    type: 'string',
    show: (_, issue) => (typeof issue.description === 'function' ? issue.description() : issue.description),
  },
  {
    id: 'parent',
    name: 'Parent',
    type: 'issuelink',
    show: (workspace, issue) => {
      const parent = issue.parentId === null ? undefined : workspace.issues.get(issue.parentId);
      return parent === undefined || !maySeeIssue(workspace, parent) ? undefined : showReference(parent);
    },
  },
  {
    id: 'subtasks',
    name: 'Sub-tasks',
    type: 'array',
    items: 'issuelinks',
    show: (workspace, issue) =>
      [...workspace.issues.values()]
        .filter((each) => each.parentId === issue.id && each.typeName === 'Sub-task')
        .filter((each) => maySeeIssue(workspace, each))
        .map(showReference),
  },
  {
    id: 'issuelinks',
    name: 'Linked Issues',
    type: 'array',
    items: 'issuelinks',
    show: (workspace, issue) => showLinks(workspace, issue.links),
  },
  {
    id: 'security',
    name: 'Security Level',
    type: 'securitylevel',
    show: (workspace, issue) => showSecurity(workspace.levels.get(issue.levelId ?? '')),
  },
  {
    id: 'watches',
    name: 'Watchers',
    type: 'watches',
    show: (workspace, issue) => ({
      self: `@@SITE@@/rest/api/3/issue/${issue.key}/watchers`,
      watchCount: issue.watchers.length,
      isWatching: issue.watchers.includes(workspace.accountId),
    }),
  },
  {
    id: 'attachment',
    name: 'Attachment',
    type: 'array',
    items: 'attachment',
    hidden: true,
    show: (workspace, issue) => issue.attachments.map((file) => showAttachment(workspace, file)),
  },
  {
    id: 'comment',
    name: 'Comment',
    type: 'comments-page',
    hidden: true,
    // The service keeps the newest and drops the oldest, and tells it only by `total`.
    show: (workspace, issue, { embeddedComments }) => ({
      comments: issue.comments.slice(-embeddedComments).map((each) => showComment(workspace, issue, each)),
      self: `@@SITE@@/rest/api/3/issue/${issue.id}/comment`,
      maxResults: embeddedComments,
      total: issue.comments.length,
      startAt: 0,
    }),
  },
  {
    id: STORY_POINTS_FIELD,
    name: 'Story point estimate',
    type: 'number',
    custom: `${GREENHOPPER}:jsw-story-points`,
    show: (_, issue) => issue.storyPoints,
  },
  {
    id: SPRINT_FIELD,
    name: 'Sprint',
    type: 'array',
    items: 'json',
    custom: `${GREENHOPPER}:gh-sprint`,
    show: (workspace, issue) => {
      const sprints = issue.sprintIds.flatMap((id) => workspace.sprints.get(id) ?? []);
      return sprints.length === 0 ? null : sprints.map(showSprint);
    },
  },
  {
    id: SEVERITY_FIELD,
    name: 'Severity',
    type: 'option',
    custom: `${CUSTOM}:select`,
    show: (_, issue) => showSeverity(issue.severity),
  },
];

export function describeField(field: Field) {
  const customId = Number(field.id.replace('customfield_', ''));
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    custom: field.custom !== undefined,
    orderable: true,
    navigable: field.hidden !== true,
    searchable: true,
    clauseNames: field.custom ? [`cf[${customId}]`, field.name] : (field.clauseNames ?? [field.id]),
    schema: {
      type: field.type,
      ...(field.items === undefined ? {} : { items: field.items }),
      ...(field.custom === undefined ? { system: field.id } : { custom: field.custom, customId }),
    },
  };
}

/** The fields that a list such as `['summary', '*navigable', '-comment']` means. */
export function selectFields(asked: readonly string[]): readonly Field[] {
  const has = (name: string) => asked.includes(name);
  return FIELDS.filter((field) => {
    if (has(`-${field.id}`)) return false;
    return has('*all') || has(field.id) || (has('*navigable') && field.hidden !== true);
  });
}
