/**
 * The query without its `ORDER BY`, so that it can stand in parentheses. The words inside quotes are text
 * (https://support.atlassian.com/jira-software-cloud/docs/jql-keywords/).
 */
export function withoutOrder(jql: string): string {
  for (const match of jql.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\border\s+by\b/giu)) {
    if (!/^["']/.test(match[0])) return jql.slice(0, match.index).trim();
  }
  return jql.trim();
}

/**
 * The issues of a query that changed at or after `since`, in milliseconds since the epoch. A bare date would be read
 * in the account's time zone, unquoted milliseconds are not. There is no upper bound: clocks differ.
 */
export function changedSince(jql: string, since: number): string {
  const bound = `updated >= ${since}`;
  const condition = withoutOrder(jql);
  return condition === '' ? bound : `(${condition}) AND ${bound}`;
}

/** The issues of a query, the one that changed last first. */
export function newestFirst(jql: string): string {
  return `${withoutOrder(jql)} ORDER BY updated DESC`.trim();
}

/** Those of the issues that the query finds. All of them must exist: Jira refuses a query that names one that does not. */
export function among(jql: string, ids: readonly string[]): string {
  const condition = withoutOrder(jql);
  const named = `id in (${ids.join(', ')})`;
  return condition === '' ? named : `(${condition}) AND ${named}`;
}

/** Those that have one of these issues above them. All of these must exist. */
export function childrenOf(ids: readonly string[]): string {
  return `parent in (${ids.join(', ')})`;
}
