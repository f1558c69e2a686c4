/** The texts of the GraphQL queries. Field for field: https://docs.github.com/en/graphql/reference/objects */

import { LISTED_AT_ONCE } from './schema.ts';

const ACTOR = '{ __typename login ... on Node { id } }';
const REVIEWER = '{ __typename ... on Node { id } ... on Actor { login } ... on Team { combinedSlug } }';
const ASSIGNEE = '{ __typename ... on Node { id } ... on Actor { login } }';
const OTHER = 'number url repository { id nameWithOwner isPrivate }';
const REPOSITORY = 'repository { id nameWithOwner url }';
/** Lists that nobody has more of. */
const AT_ONCE = `first: ${LISTED_AT_ONCE}`;
const REACTIONS = 'reactionGroups { content reactors(first: 1) { totalCount } }';

const page = (field: string, args: string, selection: string) =>
  `${field}(${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { ${selection} } }`;

const WRITTEN = `id author ${ACTOR} body url createdAt lastEditedAt isMinimized minimizedReason`;
const EVENT = `id createdAt actor ${ACTOR}`;

/** What timelines of both kinds have. Pushes are told by the list of commits. */
const COMMON_EVENTS = `
  ... on IssueComment { ${WRITTEN} }
  ... on ClosedEvent { ${EVENT} stateReason closer { __typename
    ... on Commit { abbreviatedOid } ... on PullRequest { ${OTHER} } } }
  ... on ReopenedEvent { ${EVENT} }
  ... on RenamedTitleEvent { ${EVENT} previousTitle currentTitle }
  ... on LabeledEvent { ${EVENT} label { name } }
  ... on UnlabeledEvent { ${EVENT} label { name } }
  ... on AssignedEvent { ${EVENT} assignee ${ASSIGNEE} }
  ... on UnassignedEvent { ${EVENT} assignee ${ASSIGNEE} }
  ... on MilestonedEvent { ${EVENT} milestoneTitle }
  ... on DemilestonedEvent { ${EVENT} milestoneTitle }
  ... on CrossReferencedEvent { ${EVENT} willCloseTarget source { ... on Issue { ${OTHER} } ... on PullRequest { ${OTHER} } } }
  ... on LockedEvent { ${EVENT} lockReason }
  ... on UnlockedEvent { ${EVENT} }
  ... on TransferredEvent { ${EVENT} fromRepository { nameWithOwner isPrivate } }
`;
const COMMON_TYPES =
  'ISSUE_COMMENT CLOSED_EVENT REOPENED_EVENT RENAMED_TITLE_EVENT LABELED_EVENT UNLABELED_EVENT ASSIGNED_EVENT UNASSIGNED_EVENT MILESTONED_EVENT DEMILESTONED_EVENT CROSS_REFERENCED_EVENT LOCKED_EVENT UNLOCKED_EVENT TRANSFERRED_EVENT';

const PULL_EVENTS = `${COMMON_EVENTS}
  ... on PullRequestReview { id author ${ACTOR} body url state submittedAt createdAt lastEditedAt
    isMinimized minimizedReason comments(first: 1) { totalCount } }
  ... on MergedEvent { ${EVENT} mergeRefName commit { abbreviatedOid } }
  ... on ReviewRequestedEvent { ${EVENT} requestedReviewer ${REVIEWER} }
  ... on ReviewRequestRemovedEvent { ${EVENT} requestedReviewer ${REVIEWER} }
  ... on ReviewDismissedEvent { ${EVENT} dismissalMessage }
  ... on ReadyForReviewEvent { ${EVENT} }
  ... on ConvertToDraftEvent { ${EVENT} }
  ... on HeadRefForcePushedEvent { ${EVENT} beforeCommit { abbreviatedOid } afterCommit { abbreviatedOid } }
  ... on HeadRefDeletedEvent { ${EVENT} headRefName }
  ... on HeadRefRestoredEvent { ${EVENT} }
  ... on BaseRefChangedEvent { ${EVENT} previousRefName currentRefName }
`;
const PULL_TYPES = `${COMMON_TYPES} PULL_REQUEST_REVIEW MERGED_EVENT REVIEW_REQUESTED_EVENT REVIEW_REQUEST_REMOVED_EVENT REVIEW_DISMISSED_EVENT READY_FOR_REVIEW_EVENT CONVERT_TO_DRAFT_EVENT HEAD_REF_FORCE_PUSHED_EVENT HEAD_REF_DELETED_EVENT HEAD_REF_RESTORED_EVENT BASE_REF_CHANGED_EVENT`;

const CONTEXT = `__typename
  ... on CheckRun { name status conclusion title detailsUrl }
  ... on StatusContext { context state description targetUrl }`;
const REVIEW_COMMENT = `${WRITTEN} state diffHunk`;
const THREAD = `id path line originalLine startLine originalStartLine subjectType isResolved isOutdated
  resolvedBy { __typename id login } ${page('comments', 'first: 20', REVIEW_COMMENT)}`;
const THREAD_STATE = 'id isResolved isOutdated';
const COMMIT =
  'commit { oid url messageHeadline committedDate author { name user { __typename id login } } }';
const FILE = 'path additions deletions changeType';
const REPLY = `${WRITTEN} deletedAt`;
const DISCUSSION_COMMENT = `${REPLY} isAnswer upvoteCount ${page('replies', 'first: 20', REPLY)}`;
const ASSET = 'name size contentType downloadUrl updatedAt';

const UNSTAMPED = `headRefOid additions deletions changedFiles reviewDecision
  statusCheckRollup { id state ${page('contexts', 'first: 100', CONTEXT)} }
  closingIssuesReferences(${AT_ONCE}) { totalCount nodes { ${OTHER} } }
  reviewRequests(${AT_ONCE}) { totalCount nodes { requestedReviewer ${REVIEWER} } }`;

const ITEM = `id number title body url createdAt updatedAt closedAt lastEditedAt state locked author ${ACTOR}
  labels(${AT_ONCE}) { totalCount nodes { name } } assignees(${AT_ONCE}) { totalCount nodes { __typename id login } } milestone { title }
  ${REACTIONS} ${REPOSITORY}`;

const documents = (name: string, type: string, selection: string) => ({
  text: `query ${name}($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ${type} { ${selection} } } }`,
  name,
});

/** Documents of one kind by their ids. Types whose fields differ in their values can't be asked for together. */
export const DOCUMENTS = {
  pulls: documents(
    'PullRequests',
    'PullRequest',
    `${ITEM} ${UNSTAMPED} isDraft mergedAt mergedBy ${ACTOR} mergeCommit { oid } baseRefName headRefName
    headRepository { nameWithOwner } isCrossRepository
    latestReviews(${AT_ONCE}) { totalCount nodes { author ${ACTOR} state } }
    ${page('commits', 'first: 100', COMMIT)}
    ${page('files', 'first: 100', FILE)}
    ${page('reviewThreads', 'first: 50', THREAD)}
    ${page('timelineItems', `first: 100, itemTypes: [${PULL_TYPES}]`, `__typename ${PULL_EVENTS}`)}`,
  ),
  issues: documents(
    'Issues',
    'Issue',
    `${ITEM} stateReason parent { ${OTHER} } subIssues(${AT_ONCE}) { totalCount nodes { ${OTHER} } }
    ${page('timelineItems', `first: 100, itemTypes: [${COMMON_TYPES}]`, `__typename ${COMMON_EVENTS}`)}`,
  ),
  discussions: documents(
    'Discussions',
    'Discussion',
    `id number title body url createdAt updatedAt closedAt lastEditedAt author ${ACTOR} closed stateReason locked
    isAnswered upvoteCount category { name } labels(${AT_ONCE}) { totalCount nodes { name } } ${REACTIONS} ${REPOSITORY}
    ${page('comments', 'first: 50', DISCUSSION_COMMENT)}`,
  ),
  releases: documents(
    'Releases',
    'Release',
    `id tagName name description url createdAt publishedAt updatedAt isDraft isPrerelease
    author { __typename id login } ${REPOSITORY} ${page('releaseAssets', 'first: 100', ASSET)}`,
  ),
} as const;

/** What of pull requests changes without a new `updatedAt`. */
export const PULL_STATES = `query PullStates($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest {
  id updatedAt state isDraft ${UNSTAMPED} ${page('reviewThreads', 'first: 100', THREAD_STATE)} } } }`;

/** What people and bots are called now. */
export const ACCOUNTS =
  'query Accounts($ids: [ID!]!) { nodes(ids: $ids) { ... on Node { id } ... on Actor { login } } }';

const more = (name: string, type: string, field: string) =>
  `query ${name}($id: ID!, $after: String) { node(id: $id) { ... on ${type} { ${field} } } }`;
const next = (field: string, selection: string, args = '') =>
  page(field, `first: 100, after: $after${args}`, selection);

/** The rest of a connection: by what it is of, the query and the field that holds it. */
export const REST = {
  pullTimeline: {
    text: more(
      'MoreOfTimeline',
      'PullRequest',
      next('timelineItems', `__typename ${PULL_EVENTS}`, `, itemTypes: [${PULL_TYPES}]`),
    ),
    ...{ name: 'MoreOfTimeline', field: 'timelineItems' },
  },
  issueTimeline: {
    text: more(
      'MoreOfTimeline',
      'Issue',
      next('timelineItems', `__typename ${COMMON_EVENTS}`, `, itemTypes: [${COMMON_TYPES}]`),
    ),
    ...{ name: 'MoreOfTimeline', field: 'timelineItems' },
  },
  commits: {
    text: more('MoreCommits', 'PullRequest', next('commits', COMMIT)),
    ...{ name: 'MoreCommits', field: 'commits' },
  },
  files: {
    text: more('MoreFiles', 'PullRequest', next('files', FILE)),
    ...{ name: 'MoreFiles', field: 'files' },
  },
  threads: {
    text: more('MoreThreads', 'PullRequest', page('reviewThreads', 'first: 50, after: $after', THREAD)),
    ...{ name: 'MoreThreads', field: 'reviewThreads' },
  },
  threadStates: {
    text: more('MoreThreadStates', 'PullRequest', next('reviewThreads', THREAD_STATE)),
    ...{ name: 'MoreThreadStates', field: 'reviewThreads' },
  },
  contexts: {
    text: more('MoreChecks', 'StatusCheckRollup', next('contexts', CONTEXT)),
    ...{ name: 'MoreChecks', field: 'contexts' },
  },
  threadComments: {
    text: more('MoreOfThread', 'PullRequestReviewThread', next('comments', REVIEW_COMMENT)),
    ...{ name: 'MoreOfThread', field: 'comments' },
  },
  comments: {
    text: more(
      'MoreComments',
      'Discussion',
      page('comments', 'first: 50, after: $after', DISCUSSION_COMMENT),
    ),
    ...{ name: 'MoreComments', field: 'comments' },
  },
  replies: {
    text: more('MoreReplies', 'DiscussionComment', next('replies', REPLY)),
    ...{ name: 'MoreReplies', field: 'replies' },
  },
  releaseAssets: {
    text: more('MoreAssets', 'Release', next('releaseAssets', ASSET)),
    ...{ name: 'MoreAssets', field: 'releaseAssets' },
  },
  labels: {
    text: more('MoreLabels', 'Repository', next('labels', 'name')),
    ...{ name: 'MoreLabels', field: 'labels' },
  },
  milestones: {
    text: more('MoreMilestones', 'Repository', next('milestones', 'title')),
    ...{ name: 'MoreMilestones', field: 'milestones' },
  },
} as const;

const NEWEST = 'first: 1, orderBy: { field: UPDATED_AT, direction: DESC }';

/** A repository, how much there is of each kind, and what changed last. */
export const OVERVIEW = `query Overview($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
  id databaseId nameWithOwner url description isPrivate hasIssuesEnabled hasDiscussionsEnabled defaultBranchRef { name }
  issues(${NEWEST}) { totalCount nodes { updatedAt } }
  pullRequests(${NEWEST}) { totalCount nodes { updatedAt } }
  discussions(${NEWEST}) { totalCount nodes { updatedAt } }
  ${page('labels', 'first: 100', 'name')} ${page('milestones', 'first: 100', 'title')} } }`;

export const NAMES = `query Names($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository { id nameWithOwner } } }`;

const ORDERS = {
  /** Nothing moves while it is listed. */
  created: '{ field: CREATED_AT, direction: ASC }',
  updated: '{ field: UPDATED_AT, direction: DESC }',
} as const;

const listing = (name: string, field: string, order: keyof typeof ORDERS, selection: string) =>
  `query ${name}($id: ID!, $after: String) { node(id: $id) { ... on Repository {
    ${page(field, `first: 100, after: $after, orderBy: ${ORDERS[order]}`, selection)} } } }`;

const LISTED = 'id number updatedAt';

/** All of a kind, by the order in which they were made, or the last that were updated first. */
export const LISTINGS = {
  issues: {
    text: listing('AllIssues', 'issues', 'created', `${LISTED} state`),
    ...{ name: 'AllIssues', field: 'issues' },
  },
  pulls: {
    text: listing('AllPulls', 'pullRequests', 'created', `${LISTED} state`),
    ...{ name: 'AllPulls', field: 'pullRequests' },
  },
  discussions: {
    text: listing('AllDiscussions', 'discussions', 'created', LISTED),
    ...{ name: 'AllDiscussions', field: 'discussions' },
  },
  changedDiscussions: {
    text: listing('ChangedDiscussions', 'discussions', 'updated', LISTED),
    ...{ name: 'ChangedDiscussions', field: 'discussions' },
  },
  releases: {
    text: listing(
      'AllReleases',
      'releases',
      'created',
      'id updatedAt isDraft tagName name releaseAssets(first: 1) { totalCount }',
    ),
    ...{ name: 'AllReleases', field: 'releases' },
  },
} as const;
