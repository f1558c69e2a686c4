import type { Account, Repository } from './workspace.ts';

/** What a global id of GraphQL names. Each kind begins in its own way, as https://docs.github.com/en/graphql/guides/using-global-node-ids shows. */
export const PREFIXES = {
  User: 'U',
  Bot: 'BOT',
  Mannequin: 'M',
  Organization: 'O',
  Team: 'T',
  Repository: 'R',
  Issue: 'I',
  PullRequest: 'PR',
  IssueComment: 'IC',
  PullRequestReview: 'PRR',
  PullRequestReviewThread: 'PRRT',
  PullRequestReviewComment: 'PRRC',
  PullRequestCommit: 'PURC',
  Commit: 'C',
  Event: 'EV',
  Check: 'CR',
  Discussion: 'D',
  DiscussionComment: 'DC',
  DiscussionCategory: 'DIC',
  Release: 'RE',
  ReleaseAsset: 'RA',
  Label: 'LA',
  Milestone: 'MI',
} as const;

export type NodeKind = keyof typeof PREFIXES;

export interface NodeName {
  readonly kind: NodeKind;
  /** Of the repository, the number in it, and what it is within that. */
  readonly parts: readonly string[];
}

export function nodeId(kind: NodeKind, ...parts: readonly (string | number)[]): string {
  return `${PREFIXES[kind]}_${Buffer.from(['kw', ...parts].join(':')).toString('base64url')}`;
}

export function readNodeId(id: string): NodeName | undefined {
  const [prefix, rest = ''] = id.split(/_(.*)/s);
  const kind = (Object.keys(PREFIXES) as NodeKind[]).find((each) => PREFIXES[each] === prefix);
  const [mark, ...parts] = Buffer.from(rest, 'base64url').toString().split(':');
  return kind === undefined || mark !== 'kw' ? undefined : { kind, parts };
}

export const accountId = ({ kind, login }: Account): string => nodeId(kind, login);

/** What an issue is called by REST, and a pull request where it is shown as an issue. */
export const itemDatabaseId = ({ databaseId }: Repository, number: number): number =>
  (databaseId % 1_000) * 1_000_000 + 1_000_000_000 + number;

/** A pull request by itself has another: https://docs.github.com/en/rest/issues/issues#list-repository-issues */
export const pullDatabaseId = (repository: Repository, number: number): number =>
  itemDatabaseId(repository, number) + 500_000;
