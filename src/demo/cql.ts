import {
  type Clause,
  clausesOf,
  evaluate,
  type Order,
  parseQuery,
  QuerySyntaxError,
  type Value,
} from './query-language.ts';
import { currentVersion, isPage, titleOf } from './workspace/access.ts';
import { type Comment, type Content, textOf, type Workspace } from './workspace/model.ts';

type Item = Content | Comment;
export type CqlAnswer = { readonly results: readonly Item[] } | { readonly problem: string };

const FIELDS = [
  'space',
  'type',
  'id',
  'content',
  'label',
  'lastmodified',
  'created',
  'title',
  'text',
  'parent',
];
const TYPES = ['page', 'blogpost', 'folder', 'comment', 'attachment'];

/** What a CQL query finds among current content: a subset of the language, 400 for anything beyond. */
export function matchCql(
  workspace: Workspace,
  cql: string,
  maySee: (content: Content) => boolean,
): CqlAnswer {
  try {
    const { where, orderBy } = parseQuery(cql);
    if (where === undefined) return { problem: 'a query needs at least one clause' };
    for (const clause of clausesOf(where)) check(workspace, clause);
    const types = new Set(
      clausesOf(where).flatMap((clause) => (clause.field === 'type' ? texts(clause) : [])),
    );
    const items: Item[] = [];
    for (const content of workspace.content.values()) {
      if (content.status === 'current' && maySee(content)) items.push(content);
    }
    if (types.has('comment')) items.push(...findableComments(workspace, maySee));
    const results = items.filter((item) => evaluate(where, (clause) => test(workspace, item, clause)));
    return { results: order(results, orderBy) };
  } catch (error) {
    if (error instanceof QuerySyntaxError) return { problem: error.message };
    throw error;
  }
}

function findableComments(workspace: Workspace, maySee: (content: Content) => boolean): Comment[] {
  return [...workspace.comments.values()].filter((comment) => {
    const page = workspace.content.get(comment.pageId);
    return page?.status === 'current' && maySee(page);
  });
}

const textOfValue = (value: Value): string => (value.kind === 'text' ? value.text : value.name);
const texts = (clause: Clause): string[] => clause.values.map(textOfValue);

function check(workspace: Workspace, clause: Clause): void {
  if (!FIELDS.includes(clause.field))
    throw new QuerySyntaxError(`No field exists with name: ${clause.field}`);
  if (clause.field === 'type') {
    const unknown = texts(clause).find((type) => !TYPES.includes(type.toLowerCase()));
    if (unknown !== undefined) throw new QuerySyntaxError(`Unsupported type ${unknown}`);
  }
  if (clause.field === 'lastmodified' || clause.field === 'created') {
    for (const value of clause.values) readMoment(workspace, value);
  }
}

/** Minutes are as fine as CQL gets: seconds of stored times are cut off before they are compared. */
function readMoment(workspace: Workspace, value: Value): number {
  if (value.kind === 'function' && value.name === 'now') {
    const offset = /^(-?\d+)([mhdw])$/.exec(value.args[0] ?? '0m');
    if (offset === null) throw new QuerySyntaxError(`now() does not take ${value.args[0]}`);
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }[offset[2] ?? 'm'] ?? 0;
    return workspace.now + Number(offset[1]) * unit;
  }
  const text = textOfValue(value);
  const match = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d))?$/.exec(text);
  if (match === null) throw new QuerySyntaxError(`The date '${text}' should have the form yyyy-MM-dd HH:mm`);
  const [, year, month, day, hour = '0', minute = '0'] = match;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

function test(workspace: Workspace, item: Item, clause: Clause): boolean {
  if (clause.field === 'lastmodified' || clause.field === 'created')
    return testMoment(workspace, item, clause);
  const actual = factsOf(workspace, item, clause.field).map((fact) => fact.toLowerCase());
  const wanted = texts(clause).map((text) => text.toLowerCase());
  switch (clause.operator) {
    case '=':
    case 'in':
      return actual.some((fact) => wanted.includes(fact));
    case '!=':
    case 'not in':
      return !actual.some((fact) => wanted.includes(fact));
    case '~':
      return actual.some((fact) => wanted.some((word) => fact.includes(word)));
    case '!~':
      return !actual.some((fact) => wanted.some((word) => fact.includes(word)));
    default:
      throw new QuerySyntaxError(`The operator '${clause.operator}' does not fit the field ${clause.field}`);
  }
}

function factsOf(workspace: Workspace, item: Item, field: string): string[] {
  const isComment = 'pageId' in item;
  const content = isComment ? workspace.content.get(item.pageId) : item;
  switch (field) {
    case 'space':
      return [workspace.spaces.get(content?.spaceId ?? '')?.key ?? ''];
    case 'type':
      return [isComment ? 'comment' : item.kind];
    case 'id':
    case 'content':
      return [item.id];
    case 'label':
      return !isComment && isPage(item) ? item.labels.map((label) => label.name) : [];
    case 'parent':
      return item.parentId === null ? [] : [item.parentId];
    case 'title':
      return [isComment ? currentVersion(item).title : titleOf(item)];
    default:
      return isComment || isPage(item) ? [currentVersion(item).title, textOf(currentVersion(item).body)] : [];
  }
}

const createdAt = (item: Item): string =>
  'pageId' in item ? (item.versions[0]?.createdAt ?? '') : item.createdAt;
const modifiedAt = (item: Item): string =>
  'versions' in item ? currentVersion(item).createdAt : item.createdAt;

function testMoment(workspace: Workspace, item: Item, clause: Clause): boolean {
  const minute = 60_000;
  const written = Date.parse(clause.field === 'created' ? createdAt(item) : modifiedAt(item));
  const actual = Math.floor(written / minute) * minute;
  const wanted = clause.values.map((value) => readMoment(workspace, value))[0] ?? 0;
  switch (clause.operator) {
    case '>=':
      return actual >= wanted;
    case '>':
      return actual > wanted;
    case '<=':
      return actual <= wanted;
    case '<':
      return actual < wanted;
    case '=':
      return actual === wanted;
    default:
      throw new QuerySyntaxError(`The operator '${clause.operator}' does not fit a date`);
  }
}

function order(items: readonly Item[], orders: readonly Order[]): Item[] {
  const key = (item: Item, field: string): string | number => {
    if (field === 'lastmodified') return modifiedAt(item);
    if (field === 'created') return createdAt(item);
    if (field === 'title') return 'pageId' in item ? '' : titleOf(item);
    if (field === 'id') return Number(item.id);
    throw new QuerySyntaxError(`Results can't be ordered by ${field}`);
  };
  return items.toSorted((a, b) => {
    for (const { field, descending } of orders) {
      const [left, right] = [key(a, field), key(b, field)];
      if (left !== right) return (left < right ? -1 : 1) * (descending ? -1 : 1);
    }
    return Number(a.id) - Number(b.id);
  });
}
