import { z } from 'zod';

/**
 * What is used of GitHub's answers (https://docs.github.com/en/graphql/reference, https://docs.github.com/en/rest). Unknown members
 * pass. What stands in names of files or in addresses has a shape: an answer of another is refused.
 */

export const id = z.string().regex(/^[\w=+/-]{1,200}$/);
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
export const count = z.number().int().nonnegative();
export const address = z.string().regex(/^https?:\/\//);
export const optionalText = z.string().nullish();
const optionalTime = time.nullish();

/** An owner and a name. */
export const repositoryName = z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/);

const pageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: optionalText });

/** One page of a connection; what of it may not be seen is null. */
export const connection = <S extends z.ZodType>(item: S) =>
  z.looseObject({ totalCount: count.nullish(), pageInfo, nodes: z.array(item.nullable()) });

export interface Connection<T> {
  readonly totalCount?: number | null | undefined;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
  readonly nodes: readonly (T | null)[];
}

/** How many of a list are asked for where nobody has more. */
export const LISTED_AT_ONCE = 100;

/** Such a list. One that is shorter than it says of itself is no answer. */
const some = <S extends z.ZodType>(item: S) =>
  z
    .looseObject({ totalCount: count, nodes: z.array(item.nullable()) })
    .refine(({ totalCount, nodes }) => nodes.length >= Math.min(totalCount, LISTED_AT_ONCE))
    .nullish();

/** A person, a bot or a team; null of somebody who left. */
const actor = z
  .looseObject({
    __typename: optionalText,
    id: id.nullish(),
    login: optionalText,
    combinedSlug: optionalText,
    name: optionalText,
  })
  .nullish();
export type Actor = z.output<typeof actor>;

const reactions = z
  .array(z.looseObject({ content: z.string(), reactors: z.looseObject({ totalCount: count }) }))
  .nullish();
export type Reactions = z.output<typeof reactions>;

/** Another issue or pull request. */
const reference = z.looseObject({
  number: count.nullish(),
  url: address.nullish(),
  repository: z.looseObject({ id, nameWithOwner: repositoryName, isPrivate: z.boolean() }).nullish(),
});
export type Reference = z.output<typeof reference>;

const written = {
  id,
  author: actor,
  body: z.string(),
  url: address.nullish(),
  createdAt: time,
  lastEditedAt: optionalTime,
  isMinimized: z.boolean().nullish(),
  minimizedReason: optionalText,
};

const timelineItem = z.looseObject({
  __typename: z.string(),
  id: id.nullish(),
  createdAt: optionalTime,
  actor,
  author: actor,
  body: optionalText,
  url: optionalText,
  lastEditedAt: optionalTime,
  isMinimized: z.boolean().nullish(),
  minimizedReason: optionalText,
  state: optionalText,
  submittedAt: optionalTime,
  comments: z.looseObject({ totalCount: count }).nullish(),
  stateReason: optionalText,
  previousTitle: optionalText,
  currentTitle: optionalText,
  label: z.looseObject({ name: z.string() }).nullish(),
  milestoneTitle: optionalText,
  assignee: actor,
  requestedReviewer: actor,
  beforeCommit: z.looseObject({ abbreviatedOid: z.string() }).nullish(),
  afterCommit: z.looseObject({ abbreviatedOid: z.string() }).nullish(),
  commit: z.looseObject({ abbreviatedOid: z.string() }).nullish(),
  mergeRefName: optionalText,
  headRefName: optionalText,
  previousRefName: optionalText,
  currentRefName: optionalText,
  lockReason: optionalText,
  dismissalMessage: optionalText,
  willCloseTarget: z.boolean().nullish(),
  source: reference.nullish(),
  closer: z
    .looseObject({ __typename: z.string(), abbreviatedOid: optionalText, ...reference.shape })
    .nullish(),
  fromRepository: z.looseObject({ nameWithOwner: repositoryName, isPrivate: z.boolean() }).nullish(),
});
export type TimelineItem = z.output<typeof timelineItem>;

const reviewComment = z.looseObject({ ...written, state: optionalText, diffHunk: optionalText });
export type ReviewComment = z.output<typeof reviewComment>;

const reviewThread = z.looseObject({
  id,
  path: z.string(),
  line: count.nullish(),
  originalLine: count.nullish(),
  startLine: count.nullish(),
  originalStartLine: count.nullish(),
  subjectType: optionalText,
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  resolvedBy: actor,
  comments: connection(reviewComment),
});
export type ReviewThread = z.output<typeof reviewThread>;

const checkContext = z.looseObject({
  __typename: z.string(),
  name: optionalText,
  status: optionalText,
  conclusion: optionalText,
  title: optionalText,
  detailsUrl: optionalText,
  context: optionalText,
  state: optionalText,
  description: optionalText,
  targetUrl: optionalText,
});
export type CheckContext = z.output<typeof checkContext>;

const rollup = z.looseObject({ id, state: z.string(), contexts: connection(checkContext) }).nullish();

const changedFile = z.looseObject({
  path: z.string(),
  additions: count,
  deletions: count,
  changeType: z.string(),
});
export type ChangedFile = z.output<typeof changedFile>;

const commit = z.looseObject({
  commit: z.looseObject({
    oid: z.string().regex(/^[\da-f]{40,64}$/),
    url: address,
    messageHeadline: z.string(),
    committedDate: time,
    author: z.looseObject({ name: optionalText, user: actor }).nullish(),
  }),
});
export type PullCommit = z.output<typeof commit>;

/** What of an open pull request changes while its `updatedAt` stays. */
const unstamped = {
  headRefOid: z.string(),
  additions: count,
  deletions: count,
  changedFiles: count,
  reviewDecision: optionalText,
  statusCheckRollup: rollup,
  closingIssuesReferences: some(reference),
  reviewRequests: some(z.looseObject({ requestedReviewer: actor })),
};

const threadState = z.looseObject({ id, isResolved: z.boolean(), isOutdated: z.boolean() });

export const pullState = z.looseObject({
  ...{ id, updatedAt: time, state: z.string(), isDraft: z.boolean() },
  ...unstamped,
  reviewThreads: connection(threadState),
});
export type ThreadState = z.output<typeof threadState>;
export type PullState = z.output<typeof pullState>;

const item = {
  id,
  number: count,
  title: z.string(),
  body: z.string(),
  url: address,
  createdAt: time,
  updatedAt: time,
  closedAt: optionalTime,
  lastEditedAt: optionalTime,
  state: z.string(),
  locked: z.boolean(),
  author: actor,
  labels: some(z.looseObject({ name: z.string() })),
  assignees: some(actor),
  milestone: z.looseObject({ title: z.string() }).nullish(),
  reactionGroups: reactions,
  timelineItems: connection(timelineItem),
  repository: z.looseObject({ id, nameWithOwner: repositoryName, url: address }),
};

export const pullRequest = z.looseObject({
  ...item,
  ...unstamped,
  __typename: z.literal('PullRequest'),
  isDraft: z.boolean(),
  mergedAt: optionalTime,
  mergedBy: actor,
  mergeCommit: z.looseObject({ oid: z.string() }).nullish(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRepository: z.looseObject({ nameWithOwner: z.string() }).nullish(),
  isCrossRepository: z.boolean(),
  latestReviews: some(z.looseObject({ author: actor, state: z.string() })),
  commits: connection(commit),
  files: connection(changedFile).nullish(),
  reviewThreads: connection(reviewThread),
});
export type PullRequest = z.output<typeof pullRequest>;

export const issue = z.looseObject({
  ...item,
  __typename: z.literal('Issue'),
  stateReason: optionalText,
  parent: reference.nullish(),
  subIssues: some(reference),
});
export type Issue = z.output<typeof issue>;

const reply = z.looseObject({ ...written, deletedAt: optionalTime });
const discussionComment = z.looseObject({
  ...reply.shape,
  isAnswer: z.boolean(),
  upvoteCount: count,
  replies: connection(reply),
});
export type DiscussionReply = z.output<typeof reply>;
export type DiscussionComment = z.output<typeof discussionComment>;

export const discussion = z.looseObject({
  __typename: z.literal('Discussion'),
  ...{ id, number: count, title: z.string(), body: z.string(), url: address },
  ...{ createdAt: time, updatedAt: time, closedAt: optionalTime, lastEditedAt: optionalTime },
  ...{ author: actor, closed: z.boolean(), stateReason: optionalText, locked: z.boolean() },
  ...{ isAnswered: z.boolean().nullish(), upvoteCount: count, reactionGroups: reactions },
  category: z.looseObject({ name: z.string() }),
  labels: some(z.looseObject({ name: z.string() })),
  comments: connection(discussionComment),
  repository: item.repository,
});
export type Discussion = z.output<typeof discussion>;

const asset = z.looseObject({
  name: z.string(),
  size: count.nullish(),
  contentType: optionalText,
  downloadUrl: address,
  updatedAt: optionalTime,
});
export type Asset = z.output<typeof asset>;

export const release = z.looseObject({
  __typename: z.literal('Release'),
  ...{ id, tagName: z.string(), name: optionalText, description: optionalText, url: address },
  ...{ createdAt: time, publishedAt: optionalTime, updatedAt: time, author: actor },
  ...{ isDraft: z.boolean(), isPrerelease: z.boolean() },
  releaseAssets: connection(asset),
  repository: item.repository,
});
export type Release = z.output<typeof release>;

export const label = z.looseObject({ name: z.string() });
export const milestone = z.looseObject({ title: z.string() });

/** The rest of a connection, by the name of what it is of. */
export const connections = {
  pullTimeline: connection(timelineItem),
  issueTimeline: connection(timelineItem),
  commits: connection(commit),
  files: connection(changedFile),
  threads: connection(reviewThread),
  threadStates: connection(threadState),
  contexts: connection(checkContext),
  threadComments: connection(reviewComment),
  comments: connection(discussionComment),
  replies: connection(reply),
  releaseAssets: connection(asset),
  labels: connection(label),
  milestones: connection(milestone),
};
