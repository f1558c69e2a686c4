import type { CustomField, FieldValue } from './fields.ts';
import { compare, compareKeys, fieldValue } from './fields.ts';
import type { Cast } from './people.ts';
import type { Comment, History, Issue, IssueAttachment } from './schema.ts';

/** Everything that one document is made of, read completely. Comments that are not for everyone are left out. */
export interface IssueReading {
  readonly source: string;
  readonly siteUrl: string;
  readonly issue: Issue;
  readonly comments: readonly Comment[];
  /** Oldest first. */
  readonly histories: readonly History[];
  /** The views that list the issue, in the order of the configuration. */
  readonly views: readonly string[];
  readonly customFields: readonly CustomField[];
  readonly cast: Cast;
  /** The attachments that texts show without naming them, by the media service's ids. */
  readonly media: ReadonlyMap<string, string>;
}

export interface Relation {
  /** How this issue stands to the other, such as `blocks` or `parent`. */
  readonly relation: string;
  readonly key: string;
}

/** The address people open an issue at. */
export function browseUrl(siteUrl: string, key: string): string {
  return `${siteUrl}/browse/${key}`;
}

/** The issue's links by relation and key. Nothing else of the other issue: that changes without this one. */
export function linksOf({ issue }: IssueReading): Relation[] {
  const links = (issue.fields.issuelinks ?? []).flatMap(({ type, inwardIssue, outwardIssue }) => {
    const name = type?.name ?? 'relates to';
    return [
      ...(outwardIssue ? [{ relation: type?.outward ?? name, key: outwardIssue.key }] : []),
      ...(inwardIssue ? [{ relation: type?.inward ?? name, key: inwardIssue.key }] : []),
    ];
  });
  return links.sort((a, b) => compare(a.relation, b.relation) || compareKeys(a.key, b.key));
}

/** The key of the issue's epic where a field of its own holds it; elsewhere an epic is the parent. */
export function epicOf({ issue, customFields }: IssueReading): string | undefined {
  const values = [
    issue.fields.epic,
    ...customFields.filter(({ role }) => role === 'epic').map(({ id }) => issue.fields[id]),
  ];
  for (const value of values) {
    const key = typeof value === 'object' && value !== null ? (value as { key?: unknown }).key : value;
    if (typeof key === 'string' && key !== '') return key;
  }
  return undefined;
}

export function subtasksOf({ issue }: IssueReading): string[] {
  return (issue.fields.subtasks ?? []).map(({ key }) => key).sort(compareKeys);
}

export function attachmentsOf({ issue }: IssueReading): IssueAttachment[] {
  const byTime = (a: IssueAttachment, b: IssueAttachment) =>
    compare(a.created ?? '', b.created ?? '') || compareKeys(a.id, b.id);
  return [...(issue.fields.attachment ?? [])].sort(byTime);
}

/** Where the API has a file's content: the address in texts too, which no new name of the file changes. */
export function attachmentUrl(siteUrl: string, { id }: IssueAttachment): string {
  return `${siteUrl}/rest/api/3/attachment/content/${encodeURIComponent(id)}`;
}

/** The keys that the issue had before, as its changelog tells, latest first. */
export function formerKeysOf({ issue, histories }: IssueReading): string[] {
  const keys = histories
    .toReversed()
    .flatMap(({ items }) => (items ?? []).filter(({ field }) => field === 'Key').map((item) => item.from));
  return [...new Set(keys)].filter((key) => key !== '' && key !== issue.key);
}

/** The custom fields that have a value, in the order of their keys. */
export function customValues({ issue, customFields, cast }: IssueReading) {
  return customFields
    .filter(({ role }) => role === 'shown')
    .flatMap((field) => {
      const value: FieldValue = fieldValue(issue.fields[field.id], cast.nameOf);
      return value === undefined ? [] : [{ field, value }];
    });
}
