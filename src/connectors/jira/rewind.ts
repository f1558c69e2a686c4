import type { CompleteIssue } from './complete.ts';
import { isObject } from './fields.ts';
import type { Comment, History, Issue } from './schema.ts';

type Fields = Issue['fields'];
type Item = NonNullable<History['items']>[number];

/**
 * An issue as it was right after a moment (ISO 8601): the changes since are taken back, the latest first. What the
 * changelog does not hold is as it is now: texts of comments, names of people, relations to sub-tasks.
 */
export function issueAt(complete: CompleteIssue, moment: string): CompleteIssue {
  const { issue, comments, histories } = complete;
  let { key } = issue;
  const fields: Fields = { ...issue.fields, updated: moment };
  for (const { created, items } of histories.toReversed()) {
    if ((created ?? '') <= moment) continue;
    for (const item of (items ?? []).toReversed()) {
      if (item.field === 'Key') key = item.from || key;
      else takeBack(fields, item);
    }
  }
  if (fields.resolution == null) fields.resolutiondate = null;
  if (key !== issue.key && fields.project)
    fields.project = { ...fields.project, key: key.replace(/-\d+$/, '') };
  return {
    ...complete,
    issue: { ...issue, key, fields },
    comments: comments
      .filter((comment) => (comment.created ?? '') <= moment)
      .map((each) => asOf(each, moment)),
    histories: histories.filter(({ created }) => (created ?? '') <= moment),
  };
}

/** Its text is today's; that it was edited is not known before it was. */
function asOf(comment: Comment, moment: string): Comment {
  return (comment.updated ?? '') > moment ? { ...comment, updated: comment.created } : comment;
}

/** Where an answer holds what the changelog calls by these names. */
const PLAIN = new Set(['summary', 'description', 'environment']);
const NAMED: Readonly<Record<string, string>> = {
  status: 'status',
  priority: 'priority',
  resolution: 'resolution',
  issuetype: 'issuetype',
};
const PEOPLE = new Set(['assignee', 'reporter']);
const LISTS: Readonly<Record<string, 'components' | 'fixVersions' | 'versions'>> = {
  component: 'components',
  'fix version': 'fixVersions',
  version: 'versions',
};

function takeBack(fields: Fields, item: Item): void {
  const name = item.field.toLowerCase();
  const list = LISTS[name];
  if (PLAIN.has(name)) Object.assign(fields, { [name]: item.from || null });
  else if (NAMED[name]) Object.assign(fields, { [NAMED[name]]: item.from ? { name: item.from } : null });
  else if (PEOPLE.has(name)) {
    const person = item.fromId ? { accountId: item.fromId, displayName: item.from } : null;
    Object.assign(fields, { [name]: person });
  } else if (name === 'labels') fields.labels = item.from.split(' ').filter(Boolean);
  else if (name === 'duedate') fields.duedate = item.fromId || item.from.slice(0, 10) || null;
  else if (list) {
    const kept = (fields[list] ?? []).filter((each) => each.name !== item.to);
    fields[list] = item.from ? [...kept, { name: item.from }] : kept;
  } else if (name === 'link') takeBackLink(fields, item);
  else if (name === 'attachment') takeBackFile(fields, item);
  else if (name === 'issueparentassociation' || name === 'parent') takeBackParent(fields, item);
  else if (item.fieldId?.startsWith('customfield_'))
    Object.assign(fields, { [item.fieldId]: formerValue(fields[item.fieldId], item.from) });
}

/** A link that was there before has no type in the changelog but its words, such as `This issue blocks ACME-1`. */
function takeBackLink(fields: Fields, { from, fromId, toId }: Item): void {
  const kept = (fields.issuelinks ?? []).filter(
    ({ inwardIssue, outwardIssue }) => (inwardIssue?.key ?? outwardIssue?.key) !== toId,
  );
  const relation = /^This (?:issue|work item) (.+) \S+$/.exec(from)?.[1];
  const former = fromId && relation ? [{ type: { outward: relation }, outwardIssue: { key: fromId } }] : [];
  fields.issuelinks = [...kept, ...former];
}

/** Of a file that is gone nothing can be had but its name: it is not shown. */
function takeBackFile(fields: Fields, { toId }: Item): void {
  fields.attachment = (fields.attachment ?? []).filter(({ id }) => id !== toId);
}

function takeBackParent(fields: Fields, { from, fromId }: Item): void {
  fields.parent = fromId && /^\S+-\d+$/.test(from) ? { id: fromId, key: from } : null;
}

/** In the shape that the field's value has now, which its documents are rendered from. */
function formerValue(now: unknown, former: string): unknown {
  if (former === '') return null;
  if (typeof now === 'number') return Number(former);
  if (Array.isArray(now)) return former.split(', ').map((name) => (isObject(now[0]) ? { name } : name));
  if (isObject(now) && now.type !== 'doc') return { name: former };
  return former;
}
