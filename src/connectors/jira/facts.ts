import type { Facts } from '../../core/document.ts';
import type { Plain } from '../../core/plain.ts';
import { sprintNames } from './fields.ts';
import {
  browseUrl,
  customValues,
  epicOf,
  formerKeysOf,
  type IssueReading,
  linksOf,
  subtasksOf,
} from './reading.ts';

/**
 * The facts of an issue. Names are as of now; `people` lists whoever the body names too, so the
 * body is rendered first.
 */
export function factsOf(reading: IssueReading): Facts {
  const { issue, cast, siteUrl, source, views } = reading;
  const { fields } = issue;
  const own = ownFields(reading);
  return defined<Facts>({
    id: issue.id,
    source,
    type: 'ticket',
    title: titleOf(reading),
    url: browseUrl(siteUrl, issue.key),
    created: fields.created ?? undefined,
    updated: fields.updated ?? undefined,
    author: cast.nameOf(fields.reporter ?? fields.creator),
    status: fields.status?.name,
    labels: fields.labels?.length ? [...fields.labels].sort() : undefined,
    project: fields.project?.key ?? issue.key.replace(/-\d+$/, ''),
    key: issue.key,
    parent: fields.parent?.id ?? undefined,
    views,
    aliases: [issue.key, ...formerKeysOf(reading)],
    people: cast.named(),
    fields: own,
  });
}

function titleOf({ issue }: IssueReading): string {
  return issue.fields.summary?.replace(/\s+/g, ' ').trim() || issue.key;
}

function ownFields(reading: IssueReading): Record<string, Plain> {
  const { issue, cast } = reading;
  const { fields } = issue;
  const shown: Record<string, Plain | undefined> = {
    issue_type: fields.issuetype?.name,
    priority: fields.priority?.name,
    resolution: fields.resolution?.name,
    resolved: fields.resolutiondate ?? undefined,
    due: fields.duedate ?? undefined,
    assignee: cast.nameOf(fields.assignee),
    reporter: cast.nameOf(fields.reporter),
    components: namesOf(fields.components),
    fix_versions: namesOf(fields.fixVersions),
    affects_versions: namesOf(fields.versions),
    sprint: sprintNames(sprintValues(reading)),
    epic: epicOf(reading),
    parent_key: fields.parent?.key,
    subtasks: subtasksOf(reading),
    links: linksOf(reading).map(({ relation, key }) => `${relation} ${key}`),
  };
  for (const { field, value } of customValues(reading)) {
    if (value && 'plain' in value) shown[field.key] = value.plain;
  }
  shown.comments = reading.comments.length || undefined;
  for (const [name, value] of Object.entries(shown)) {
    if (Array.isArray(value) && value.length === 0) shown[name] = undefined;
  }
  return defined<Record<string, Plain>>(shown);
}

/** Of the sprint field, or of the shape that Jira's agile answers have. */
function sprintValues({ issue, customFields }: IssueReading): unknown[] {
  const own = customFields.filter(({ role }) => role === 'sprint').map(({ id }) => issue.fields[id]);
  return [...own, issue.fields.closedSprints, issue.fields.sprint].flat();
}

function namesOf(list: readonly { readonly name: string }[] | null | undefined): string[] {
  return (list ?? []).map(({ name }) => name).sort();
}

/** Without the members that have no value. */
function defined<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
