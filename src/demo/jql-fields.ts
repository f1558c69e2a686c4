import { type Clause, QuerySyntaxError, type Value } from './query-language.ts';
import { ISSUE_TYPES, named, PRIORITIES, RESOLUTIONS, STATUSES } from './workspace/jira-scheme.ts';
import type { AdfNode, Issue, Workspace } from './workspace/model.ts';

type Facts = (workspace: Workspace, issue: Issue) => readonly (string | null | undefined)[];

const ids = (scheme: readonly { readonly id: string; readonly name: string }[], name: string): string[] => [
  name,
  scheme.find((entry) => entry.name === name)?.id ?? '',
];

/** A user is called by account id or, as in Jira's own search, by display name or address. */
function person(workspace: Workspace, accountId: string | null): string[] {
  if (accountId === null) return [];
  const { displayName, email } = workspace.people.get(accountId) ?? { displayName: '', email: '' };
  return [accountId, displayName, email];
}

const key: Facts = (_, issue) => [issue.key, ...issue.formerKeys, issue.id];
const parent: Facts = (workspace, issue) =>
  issue.parentId === null ? [] : [workspace.issues.get(issue.parentId)?.key, issue.parentId];
const text: Facts = (_, issue) => [
  issue.summary,
  plainText(typeof issue.description === 'function' ? issue.description() : issue.description),
  ...issue.comments.map((comment) => plainText(comment.body)),
];

const FIELDS: Record<string, Facts> = {
  project: (workspace, issue) => {
    const project = workspace.projects.get(issue.projectId);
    return [project?.key, project?.id, project?.name];
  },
  key,
  issuekey: key,
  id: key,
  issue: key,
  assignee: (workspace, issue) => person(workspace, issue.assigneeId),
  reporter: (workspace, issue) => person(workspace, issue.reporterId),
  creator: (workspace, issue) => person(workspace, issue.reporterId),
  watcher: (workspace, issue) => issue.watchers.flatMap((id) => person(workspace, id)),
  status: (_, issue) => ids(STATUSES, issue.statusName),
  statuscategory: (_, issue) => {
    const { category } = named(STATUSES, issue.statusName);
    return [category.name, category.key, String(category.id)];
  },
  resolution: (_, issue) => (issue.resolutionName === null ? [] : ids(RESOLUTIONS, issue.resolutionName)),
  level: (workspace, issue) =>
    issue.levelId === null ? [] : [workspace.levels.get(issue.levelId)?.name, issue.levelId],
  priority: (_, issue) => ids(PRIORITIES, issue.priorityName),
  labels: (_, issue) => issue.labels,
  component: (_, issue) => issue.components,
  fixversion: (_, issue) => issue.fixVersions,
  issuetype: (_, issue) => ids(ISSUE_TYPES, issue.typeName),
  type: (_, issue) => ids(ISSUE_TYPES, issue.typeName),
  parent,
  'epic link': parent,
  sprint: (workspace, issue) =>
    issue.sprintIds.flatMap((id) => [String(id), workspace.sprints.get(id)?.name]),
  summary: (_, issue) => [issue.summary],
  text,
  description: text,
  created: (_, issue) => [issue.created],
  updated: (_, issue) => [issue.updated],
  resolved: (_, issue) => [issue.resolved],
  resolutiondate: (_, issue) => [issue.resolved],
  due: (_, issue) => [issue.due],
  duedate: (_, issue) => [issue.due],
};

export const isKnownField = (field: string): boolean => field in FIELDS;

export function factsOf(workspace: Workspace, issue: Issue, field: string): string[] {
  const facts = FIELDS[field]?.(workspace, issue) ?? [];
  return facts.filter((fact): fact is string => fact !== null && fact !== undefined && fact !== '');
}

export function momentOf(issue: Issue, field: string): number | undefined {
  const dates: Record<string, string | null> = {
    created: issue.created,
    updated: issue.updated,
    resolved: issue.resolved,
    resolutiondate: issue.resolved,
    due: issue.due,
    duedate: issue.due,
  };
  const date = dates[field] ?? null;
  return date === null ? undefined : Date.parse(date);
}

/** Unquoted milliseconds, a date with or without time (read as UTC), or an offset such as `-90d`. */
export function readMoment(workspace: Workspace, value: Value): number {
  if (value.kind === 'function') {
    if (value.name === 'now') return workspace.now;
    if (value.name === 'startofday') return Math.floor(workspace.now / 86_400_000) * 86_400_000;
    throw new QuerySyntaxError(`Unable to find JQL function '${value.name}()'.`);
  }
  if (!value.quoted && /^\d{10,}$/.test(value.text)) return Number(value.text);
  const offset = /^([-+]?\d+)([mhdw])$/.exec(value.text);
  if (offset !== null) {
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }[offset[2] ?? 'm'] ?? 0;
    return workspace.now + Number(offset[1]) * unit;
  }
  const date = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d))?$/.exec(value.text);
  if (date === null) {
    throw new QuerySyntaxError(
      `Date value '${value.text}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  }
  const [, year, month, day, hour = '0', minute = '0'] = date;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

/** `EMPTY`, or the name that only the empty resolution has: `resolution = Unresolved`. */
export function meansEmpty(field: string, value: Value): boolean {
  if (value.kind === 'function') return false;
  if (field === 'resolution' && value.text.toLowerCase() === 'unresolved') return true;
  return !value.quoted && /^(empty|null)$/i.test(value.text);
}

const FUNCTIONS = new Set(['currentuser', 'opensprints', 'now', 'startofday']);

/** What Jira would complain of: unknown fields, functions and values. */
export function validate(workspace: Workspace, clause: Clause): string[] {
  if (!isKnownField(clause.field)) {
    return [`Field '${clause.field}' does not exist or you do not have permission to view it.`];
  }
  return clause.values.flatMap((value) => {
    if (value.kind === 'function') {
      return FUNCTIONS.has(value.name) ? [] : [`Unable to find JQL function '${value.name}()'.`];
    }
    const known = knownValues(workspace, clause.field);
    if (known === undefined || meansEmpty(clause.field, value) || known.has(value.text.toLowerCase()))
      return [];
    return [`The value '${value.text}' does not exist for the field '${clause.field}'.`];
  });
}

function knownValues(workspace: Workspace, field: string): Set<string> | undefined {
  const of = (...lists: readonly (readonly { readonly id: string; readonly name: string }[])[]) =>
    new Set(lists.flat().flatMap(({ id, name }) => [id, name.toLowerCase()]));
  if (field === 'status') return of(STATUSES);
  if (field === 'issuetype' || field === 'type') return of(ISSUE_TYPES);
  if (field === 'priority') return of(PRIORITIES);
  if (field === 'resolution') return of(RESOLUTIONS);
  if (field !== 'project') return undefined;
  return new Set(
    [...workspace.projects.values()].flatMap(({ id, key, name }) => [
      id,
      key.toLowerCase(),
      name.toLowerCase(),
    ]),
  );
}

/** The words of an ADF text, for `text ~` searches. */
function plainText(node: AdfNode | null): string {
  if (node === null) return '';
  return [node.text ?? '', ...(node.content ?? []).map(plainText)].join(' ');
}
