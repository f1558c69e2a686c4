import { z } from 'zod';
import { ctxError } from '../../core/errors/index.ts';

/**
 * What is used of Jira's answers (https://developer.atlassian.com/cloud/jira/platform/rest/v3/). Unknown members
 * pass, and everything that a site, a project or a privacy setting may leave out is optional: a failure here means
 * that the service changed.
 */

/** Ids and keys stand in addresses, and keys in names of files. */
const id = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .pipe(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/));
const key = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,254}-\d{1,18}$/);
const optionalText = z.string().nullish();
const named = z.looseObject({ name: z.string() });
const optionalNamed = named.nullish();
const listOfNamed = z.array(named).nullish();

/** ISO 8601 as `2026-01-02T03:04:05.678+0000`, or milliseconds since the epoch; comes out in UTC. */
export const timestamp = z.union([z.string(), z.number()]).transform((value, context) => {
  const text = typeof value === 'string' ? value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : value;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    context.addIssue({ code: 'custom', message: 'not a date' });
    return z.NEVER;
  }
  return date.toISOString();
});

export const user = z.looseObject({
  accountId: optionalText,
  displayName: optionalText,
});

const issueReference = z.looseObject({ id: id.nullish(), key });

const comment = z.looseObject({
  id,
  author: user.nullish(),
  updateAuthor: user.nullish(),
  body: z.unknown().optional(),
  created: timestamp.nullish(),
  updated: timestamp.nullish(),
  /** Present when only a role or a group may read the comment. */
  visibility: z.looseObject({}).nullish(),
});

export const commentPage = z.looseObject({ comments: z.array(comment), total: z.number().nullish() });

/** `to` is called `toString` in the answer, which every object has by inheritance: only an own one counts. */
const change = z
  .looseObject({
    field: z.string(),
    fieldId: optionalText,
    from: optionalText,
    fromString: optionalText,
    to: optionalText,
  })
  .transform((item) => ({
    ...{ field: item.field, fieldId: item.fieldId ?? undefined },
    // In words; the ids are of what these call, such as an account or a version.
    ...{ from: item.fromString ?? '', to: ownText(item, 'toString') },
    ...{ fromId: item.from ?? undefined, toId: item.to ?? undefined },
  }));

function ownText(item: object, name: string): string {
  const value: unknown = Object.getOwnPropertyDescriptor(item, name)?.value;
  return typeof value === 'string' ? value : '';
}

const history = z.looseObject({
  id: id.nullish(),
  author: user.nullish(),
  created: timestamp.nullish(),
  items: z.array(change).nullish(),
});

/** The texts of an issue as HTML: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
const renderedFields = z.looseObject({
  comment: z.looseObject({ comments: z.array(z.looseObject({ id, body: optionalText })) }).nullish(),
});

export const renderedIssue = z.looseObject({ renderedFields });

const attachment = z.looseObject({
  id,
  filename: z.string(),
  size: z.number().nullish(),
  mimeType: optionalText,
  created: timestamp.nullish(),
});

const issueLink = z.looseObject({
  type: z.looseObject({ name: optionalText, inward: optionalText, outward: optionalText }).nullish(),
  inwardIssue: issueReference.nullish(),
  outwardIssue: issueReference.nullish(),
});

const fields = z.looseObject({
  summary: optionalText,
  description: z.unknown().optional(),
  environment: z.unknown().optional(),
  created: timestamp.nullish(),
  updated: timestamp.nullish(),
  resolutiondate: timestamp.nullish(),
  duedate: optionalText,
  status: optionalNamed,
  issuetype: optionalNamed,
  priority: optionalNamed,
  resolution: optionalNamed,
  /** `simplified` is said of team-managed projects. */
  project: z.looseObject({ key: z.string(), simplified: z.boolean().nullish() }).nullish(),
  labels: z.array(z.string()).nullish(),
  components: listOfNamed,
  fixVersions: listOfNamed,
  versions: listOfNamed,
  assignee: user.nullish(),
  reporter: user.nullish(),
  creator: user.nullish(),
  parent: issueReference.nullish(),
  subtasks: z.array(issueReference).nullish(),
  issuelinks: z.array(issueLink).nullish(),
  attachment: z.array(attachment).nullish(),
  comment: commentPage.nullish(),
  /** Set when an issue security level narrows who may see the issue; absent where the project hides the field. */
  security: z.unknown().optional(),
  /** The same in team-managed projects, by kind of those who may, such as `projectrole`. */
  issuerestriction: z
    .looseObject({ issuerestrictions: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
});

export const issue = z.looseObject({
  id,
  key,
  fields,
  /** Custom field id to display name, when asked for by `expand`. */
  names: z.record(z.string(), z.string()).nullish(),
  changelog: z.looseObject({ histories: z.array(history), total: z.number().nullish() }).nullish(),
});

/** What tells who may see an issue. */
export const issueAccess = z.looseObject({
  fields: fields.pick({ security: true, issuerestriction: true, project: true }).nullish(),
});

export const bulkIssues = z.looseObject({
  /** Each is checked by itself, so that one bad issue fails alone. */
  issues: z.array(z.looseObject({ id })),
  issueErrors: z.array(z.looseObject({ id: id.nullish(), errorMessage: optionalText })).nullish(),
});

export const searchPage = z.looseObject({
  issues: z.array(z.looseObject({ id, fields: z.looseObject({ updated: timestamp.nullish() }).nullish() })),
  nextPageToken: optionalText,
});

export const myself = z.looseObject({ displayName: z.string() });

export const projectPage = z.looseObject({
  values: z.array(z.looseObject({ key: z.string(), name: optionalText })),
  isLast: z.boolean().nullish(),
  total: z.number().nullish(),
});

export const bulkChangelogs = z.looseObject({
  issueChangeLogs: z.array(z.looseObject({ issueId: id, changeHistories: z.array(history).nullish() })),
  nextPageToken: optionalText,
});

export const fieldList = z.array(
  z.looseObject({
    id: z.string(),
    name: z.string(),
    custom: z.boolean().nullish(),
    schema: z.looseObject({ custom: optionalText }).nullish(),
  }),
);

export const userPage = z.looseObject({
  values: z.array(user),
  isLast: z.boolean().nullish(),
  total: z.number().nullish(),
});

export type User = z.output<typeof user>;
export type Comment = z.output<typeof comment>;
export type History = z.output<typeof history>;
export type IssueAttachment = z.output<typeof attachment>;
export type Issue = z.output<typeof issue>;
export type IssueAccess = NonNullable<z.output<typeof issueAccess>['fields']>;
export type RenderedFields = z.output<typeof renderedFields>;
export type FieldList = z.output<typeof fieldList>;

/** Checks an answer; the error names the place and what was expected there, never the value. */
export function parse<S extends z.ZodType>(
  schema: S,
  answer: unknown,
  source: string,
  what: string,
): z.output<S> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const place = first?.path.join('.') || 'the answer';
  const problem = `${place} is not as documented (${first?.code ?? 'invalid'})`;
  throw ctxError('source.unexpected-answer', { source, what, problem });
}
