import { factsOf, isKnownField, meansEmpty, momentOf, readMoment, validate } from './jql-fields.ts';
import {
  type Clause,
  clausesOf,
  type Expression,
  evaluate,
  type Order,
  parseQuery,
  QuerySyntaxError,
} from './query-language.ts';
import type { Issue, Workspace } from './workspace/model.ts';

export type JqlAnswer = { readonly issues: readonly Issue[] } | { readonly problems: readonly string[] };

const DATES = new Set(['created', 'updated', 'resolved', 'resolutiondate', 'due', 'duedate']);
const UNBOUNDED =
  'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.';

/** The issues that a JQL query finds, newest first unless it orders them; a subset of the language. */
export function matchJql(workspace: Workspace, jql: string, candidates: Iterable<Issue>): JqlAnswer {
  try {
    const { where, orderBy } = parseQuery(jql);
    if (where === undefined) return { problems: [UNBOUNDED] };
    const problems = clausesOf(where).flatMap((clause) => validate(workspace, clause));
    for (const { field } of orderBy) if (!isKnownField(field)) problems.push(unknownField(field));
    if (problems.length > 0) return { problems };
    const issues = [...candidates].filter((issue) => matches(workspace, issue, where));
    return { issues: order(workspace, issues, orderBy) };
  } catch (error) {
    if (error instanceof QuerySyntaxError) return { problems: [`Error in the JQL Query: ${error.message}`] };
    throw error;
  }
}

const unknownField = (field: string) =>
  `Field '${field}' does not exist or you do not have permission to view it.`;

const matches = (workspace: Workspace, issue: Issue, where: Expression) =>
  evaluate(where, (clause) => test(workspace, issue, clause));

function test(workspace: Workspace, issue: Issue, clause: Clause): boolean {
  if (DATES.has(clause.field) && !clause.operator.startsWith('is'))
    return testMoment(workspace, issue, clause);
  const actual = factsOf(workspace, issue, clause.field).map((fact) => fact.toLowerCase());
  const wanted = clause.values.flatMap((value) => {
    if (meansEmpty(clause.field, value)) return [];
    if (value.kind === 'text') return [value.text.toLowerCase()];
    return value.name === 'currentuser' ? [workspace.accountId.toLowerCase()] : openSprints(workspace);
  });
  const orEmpty = clause.values.some((value) => meansEmpty(clause.field, value));
  const isWanted = actual.some((fact) => wanted.includes(fact)) || (orEmpty && actual.length === 0);
  switch (clause.operator) {
    case 'is':
      return actual.length === 0;
    case 'is not':
      return actual.length > 0;
    case '=':
    case 'in':
      return isWanted;
    case '!=':
    case 'not in':
      // As in Jira, an empty field is not "unequal": only `is EMPTY` finds it.
      return actual.length > 0 && !isWanted;
    case '~':
      return actual.some((fact) => wanted.some((text) => containsWords(fact, text)));
    case '!~':
      return !actual.some((fact) => wanted.some((text) => containsWords(fact, text)));
    default:
      return compareNumbers(actual[0], clause.operator, wanted[0]);
  }
}

function openSprints(workspace: Workspace): string[] {
  return [...workspace.sprints.values()]
    .filter((each) => each.state === 'active')
    .map((each) => String(each.id));
}

function containsWords(fact: string, text: string): boolean {
  return text.split(/\s+/).every((word) => fact.includes(word.replace(/\*$/, '')));
}

function compareNumbers(actual: string | undefined, operator: string, wanted: string | undefined): boolean {
  const left = numberIn(actual);
  const right = numberIn(wanted);
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  return compare(left, operator, right);
}

/** Keys compare by their number, as in `key > SHOP-20`. */
const numberIn = (text: string | undefined): number => Number(/(\d+)$/.exec(text ?? '')?.[1] ?? Number.NaN);

function compare(left: number, operator: string, right: number): boolean {
  if (operator === '>=') return left >= right;
  if (operator === '<=') return left <= right;
  if (operator === '>') return left > right;
  if (operator === '<') return left < right;
  return operator === '=' ? left === right : left !== right;
}

function testMoment(workspace: Workspace, issue: Issue, clause: Clause): boolean {
  const actual = momentOf(issue, clause.field);
  const [value] = clause.values;
  if (actual === undefined || value === undefined) return false;
  return compare(actual, clause.operator, readMoment(workspace, value));
}

function order(workspace: Workspace, issues: readonly Issue[], orders: readonly Order[]): Issue[] {
  const key = (issue: Issue, field: string): string | number => {
    if (DATES.has(field)) return momentOf(issue, field) ?? 0;
    if (field === 'key' || field === 'issuekey') return numberIn(issue.key) + projectRank(workspace, issue);
    if (field === 'id' || field === 'issue') return Number(issue.id);
    return factsOf(workspace, issue, field)[0] ?? '';
  };
  return issues.toSorted((a, b) => {
    for (const { field, descending } of orders) {
      const [left, right] = [key(a, field), key(b, field)];
      if (left !== right) return (left < right ? -1 : 1) * (descending ? -1 : 1);
    }
    return Number(b.id) - Number(a.id);
  });
}

const projectRank = (workspace: Workspace, issue: Issue): number =>
  [...workspace.projects.keys()].indexOf(issue.projectId) * 1e7;
