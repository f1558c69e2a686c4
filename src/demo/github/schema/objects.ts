/** The arguments of every connection. */
export const PAGE = 'first: Int, after: String, last: Int, before: String';

/** Objects and interfaces, as https://docs.github.com/en/graphql/reference/objects names and types them. */
export const OBJECTS = `
type Query {
  viewer: User!  rateLimit(dryRun: Boolean = false): RateLimit  node(id: ID!): Node  nodes(ids: [ID!]!): [Node]!
  repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
  search(query: String!, type: SearchType!, ${PAGE}): SearchResultItemConnection!
  organization(login: String!): Organization  user(login: String!): User
}
type RateLimit { cost: Int!  limit: Int!  nodeCount: Int!  remaining: Int!  resetAt: DateTime!  used: Int! }
type Organization implements Actor & Node & RepositoryOwner & UniformResourceLocatable {
  id: ID!  databaseId: Int  login: String!  name: String  url: URI!  avatarUrl: URI!  description: String
  repositories(${PAGE}, orderBy: RepositoryOrder, isArchived: Boolean): RepositoryConnection!
}
type User implements Actor & Node & RepositoryOwner & UniformResourceLocatable {
  id: ID!  databaseId: Int  login: String!  name: String  url: URI!  avatarUrl: URI!  email: String!
  repositories(${PAGE}, orderBy: RepositoryOrder, isArchived: Boolean): RepositoryConnection!
}
type Bot implements Actor & Node & UniformResourceLocatable {
  id: ID!  databaseId: Int  login: String!  url: URI!  avatarUrl: URI!
}
type Mannequin implements Actor & Node & UniformResourceLocatable {
  id: ID!  databaseId: Int  login: String!  url: URI!  avatarUrl: URI!  email: String
}
type Team implements Node {
  id: ID!  databaseId: Int  name: String!  slug: String!  combinedSlug: String!  url: URI!
}
type Repository implements Node & UniformResourceLocatable {
  id: ID!  databaseId: Int  name: String!  nameWithOwner: String!  owner: RepositoryOwner!  url: URI!
  description: String  homepageUrl: URI  isPrivate: Boolean!  isArchived: Boolean!  isFork: Boolean!
  isEmpty: Boolean!  visibility: RepositoryVisibility!  createdAt: DateTime!  updatedAt: DateTime!
  pushedAt: DateTime  hasWikiEnabled: Boolean!  hasDiscussionsEnabled: Boolean!
  hasIssuesEnabled: Boolean!  primaryLanguage: Language  defaultBranchRef: Ref
  repositoryTopics(${PAGE}): RepositoryTopicConnection!
  issues(${PAGE}, orderBy: IssueOrder, states: [IssueState!], labels: [String!], filterBy: IssueFilters): IssueConnection!
  pullRequests(${PAGE}, orderBy: IssueOrder, states: [PullRequestState!], labels: [String!], baseRefName: String, headRefName: String): PullRequestConnection!
  discussions(
    ${PAGE}, categoryId: ID = null, answered: Boolean = null, states: [DiscussionState!] = []
    orderBy: DiscussionOrder = {field: UPDATED_AT, direction: DESC}
  ): DiscussionConnection!
  releases(${PAGE}, orderBy: ReleaseOrder): ReleaseConnection!
  discussionCategories(${PAGE}): DiscussionCategoryConnection!
  milestones(${PAGE}, states: [MilestoneState!]): MilestoneConnection  labels(${PAGE}): LabelConnection
  issue(number: Int!): Issue  pullRequest(number: Int!): PullRequest
  issueOrPullRequest(number: Int!): IssueOrPullRequest  discussion(number: Int!): Discussion
  release(tagName: String!): Release  latestRelease: Release  viewerPermission: RepositoryPermission
}
type Language { name: String! }
type Ref implements Node { id: ID!  name: String!  prefix: String! }
type RepositoryTopic implements UniformResourceLocatable { topic: Topic!  url: URI! }
type Topic { name: String! }
type Commit implements Node & UniformResourceLocatable {
  id: ID!  oid: GitObjectID!  abbreviatedOid: String!  url: URI!  message: String!
  messageHeadline: String!  messageBody: String!  committedDate: DateTime!  authoredDate: DateTime!
  author: GitActor  committer: GitActor  additions: Int!  deletions: Int!  changedFilesIfAvailable: Int
  statusCheckRollup: StatusCheckRollup
}
type GitActor { name: String  email: String  date: GitTimestamp  user: User }
type StatusCheckRollup implements Node {
  id: ID!  state: StatusState!  contexts(${PAGE}): StatusCheckRollupContextConnection!
}
type CheckRun implements Node & RequirableByPullRequest & UniformResourceLocatable {
  id: ID!  databaseId: Int  name: String!  status: CheckStatusState!  conclusion: CheckConclusionState
  startedAt: DateTime  completedAt: DateTime  detailsUrl: URI  url: URI!  title: String  summary: String
  checkSuite: CheckSuite!  isRequired(pullRequestNumber: Int): Boolean!
}
type CheckSuite implements Node { id: ID!  app: App  workflowRun: WorkflowRun }
type App implements Node { id: ID!  name: String!  slug: String! }
type WorkflowRun implements Node & UniformResourceLocatable {
  id: ID!  url: URI!  workflow: Workflow!  event: String!  runNumber: Int!
}
type Workflow implements Node { id: ID!  name: String! }
type StatusContext implements Node & RequirableByPullRequest {
  id: ID!  context: String!  state: StatusState!  description: String  targetUrl: URI
  createdAt: DateTime!  creator: Actor  isRequired(pullRequestNumber: Int): Boolean!
}
type Issue implements Lockable & Node & Reactable & UniformResourceLocatable {
  id: ID!  databaseId: Int  number: Int!  title: String!  body: String!  url: URI!  state: IssueState!
  stateReason: IssueStateReason  author: Actor  authorAssociation: CommentAuthorAssociation!
  editor: Actor  createdAt: DateTime!  updatedAt: DateTime!  closedAt: DateTime  lastEditedAt: DateTime
  includesCreatedEdit: Boolean!  locked: Boolean!  activeLockReason: LockReason
  assignees(${PAGE}): UserConnection!  labels(${PAGE}): LabelConnection  milestone: Milestone
  comments(${PAGE}, orderBy: IssueCommentOrder): IssueCommentConnection!
  participants(${PAGE}): UserConnection!  reactionGroups: [ReactionGroup!]
  timelineItems(${PAGE}, itemTypes: [IssueTimelineItemsItemType!], since: DateTime): IssueTimelineItemsConnection!
  parent: Issue  subIssues(${PAGE}): IssueConnection!  subIssuesSummary: SubIssuesSummary!
  closedByPullRequestsReferences(${PAGE}, includeClosedPrs: Boolean = false): PullRequestConnection
  repository: Repository!  isPinned: Boolean
}
type SubIssuesSummary { total: Int!  completed: Int!  percentCompleted: Int! }
type PullRequest implements Lockable & Node & Reactable & UniformResourceLocatable {
  id: ID!  databaseId: Int  number: Int!  title: String!  body: String!  url: URI!
  state: PullRequestState!  isDraft: Boolean!  merged: Boolean!  mergedAt: DateTime  mergedBy: Actor
  mergeCommit: Commit  author: Actor  authorAssociation: CommentAuthorAssociation!  editor: Actor
  createdAt: DateTime!  updatedAt: DateTime!  closedAt: DateTime  lastEditedAt: DateTime
  includesCreatedEdit: Boolean!  locked: Boolean!  activeLockReason: LockReason
  assignees(${PAGE}): UserConnection!  labels(${PAGE}): LabelConnection  milestone: Milestone
  baseRefName: String!  baseRefOid: GitObjectID!  headRefName: String!  headRefOid: GitObjectID!
  headRepository: Repository  headRepositoryOwner: RepositoryOwner  isCrossRepository: Boolean!
  additions: Int!  deletions: Int!  changedFiles: Int!  files(${PAGE}): PullRequestChangedFileConnection
  commits(${PAGE}): PullRequestCommitConnection!
  reviews(${PAGE}, states: [PullRequestReviewState!], author: String): PullRequestReviewConnection
  latestReviews(${PAGE}): PullRequestReviewConnection
  reviewThreads(${PAGE}): PullRequestReviewThreadConnection!
  reviewRequests(${PAGE}): ReviewRequestConnection
  comments(${PAGE}, orderBy: IssueCommentOrder): IssueCommentConnection!
  participants(${PAGE}): UserConnection!
  timelineItems(${PAGE}, itemTypes: [PullRequestTimelineItemsItemType!], since: DateTime): PullRequestTimelineItemsConnection!
  closingIssuesReferences(${PAGE}): IssueConnection  reactionGroups: [ReactionGroup!]
  reviewDecision: PullRequestReviewDecision  mergeable: MergeableState!  repository: Repository!
  totalCommentsCount: Int  statusCheckRollup: StatusCheckRollup  baseRepository: Repository
}
type PullRequestChangedFile { path: String!  additions: Int!  deletions: Int!  changeType: PatchStatus! }
type PullRequestCommit implements Node & UniformResourceLocatable {
  id: ID!  commit: Commit!  url: URI!  pullRequest: PullRequest!
}
type PullRequestReview implements Minimizable & Node & Reactable {
  id: ID!  databaseId: Int  fullDatabaseId: BigInt  author: Actor
  authorAssociation: CommentAuthorAssociation!  body: String!  state: PullRequestReviewState!
  submittedAt: DateTime  createdAt: DateTime!  updatedAt: DateTime!  lastEditedAt: DateTime  url: URI!
  commit: Commit  comments(${PAGE}): PullRequestReviewCommentConnection!
  reactionGroups: [ReactionGroup!]  isMinimized: Boolean!  minimizedReason: String
  pullRequest: PullRequest!  editor: Actor
}
type PullRequestReviewThread implements Node {
  id: ID!  path: String!  line: Int  originalLine: Int  startLine: Int  originalStartLine: Int
  diffSide: DiffSide!  startDiffSide: DiffSide  subjectType: PullRequestReviewThreadSubjectType!
  isResolved: Boolean!  isOutdated: Boolean!  isCollapsed: Boolean!  resolvedBy: User
  comments(${PAGE}): PullRequestReviewCommentConnection!  pullRequest: PullRequest!
}
type PullRequestReviewComment implements Comment & Minimizable & Node & Reactable {
  id: ID!  databaseId: Int  fullDatabaseId: BigInt  author: Actor
  authorAssociation: CommentAuthorAssociation!  body: String!  diffHunk: String!  path: String!
  line: Int  originalLine: Int  startLine: Int  originalStartLine: Int
  subjectType: PullRequestReviewThreadSubjectType!  createdAt: DateTime!  updatedAt: DateTime!
  publishedAt: DateTime  lastEditedAt: DateTime  editor: Actor  outdated: Boolean!  isMinimized: Boolean!
  minimizedReason: String  replyTo: PullRequestReviewComment  pullRequestReview: PullRequestReview
  reactionGroups: [ReactionGroup!]  url: URI!  state: PullRequestReviewCommentState!  commit: Commit
  originalCommit: Commit
}
type ReviewRequest implements Node { id: ID!  requestedReviewer: RequestedReviewer  asCodeOwner: Boolean! }
type IssueComment implements Comment & Minimizable & Node & Reactable {
  id: ID!  databaseId: Int  fullDatabaseId: BigInt  author: Actor
  authorAssociation: CommentAuthorAssociation!  body: String!  createdAt: DateTime!  updatedAt: DateTime!
  publishedAt: DateTime  lastEditedAt: DateTime  editor: Actor  url: URI!  isMinimized: Boolean!
  minimizedReason: String  reactionGroups: [ReactionGroup!]  issue: Issue!
}
type Label implements Node { id: ID!  name: String!  color: String!  description: String }
type Milestone implements Node & UniformResourceLocatable {
  id: ID!  number: Int!  title: String!  description: String  state: MilestoneState!  dueOn: DateTime
  url: URI!  closedAt: DateTime  createdAt: DateTime!  updatedAt: DateTime!
}
type ReactorConnection { nodes: [Reactor]  pageInfo: PageInfo!  totalCount: Int! }
type ReactionGroup {
  content: ReactionContent!  createdAt: DateTime  reactors(${PAGE}): ReactorConnection!
  users(${PAGE}): ReactingUserConnection!
}
type Discussion implements Closable & Comment & Lockable & Node & Reactable {
  id: ID!  databaseId: Int  number: Int!  title: String!  body: String!  url: URI!  author: Actor
  authorAssociation: CommentAuthorAssociation!  category: DiscussionCategory!  createdAt: DateTime!
  updatedAt: DateTime!  lastEditedAt: DateTime  publishedAt: DateTime  editor: Actor  closed: Boolean!
  closedAt: DateTime  stateReason: DiscussionStateReason  isAnswered: Boolean  answer: DiscussionComment
  answerChosenAt: DateTime  answerChosenBy: Actor  comments(${PAGE}): DiscussionCommentConnection!
  labels(${PAGE}): LabelConnection  locked: Boolean!  activeLockReason: LockReason  upvoteCount: Int!
  reactionGroups: [ReactionGroup!]  repository: Repository!
}
type DiscussionCategory implements Node {
  id: ID!  name: String!  slug: String!  emoji: String!  description: String  isAnswerable: Boolean!
  createdAt: DateTime!
}
type DiscussionComment implements Comment & Minimizable & Node & Reactable {
  id: ID!  databaseId: Int  author: Actor  authorAssociation: CommentAuthorAssociation!  body: String!
  createdAt: DateTime!  updatedAt: DateTime!  publishedAt: DateTime  lastEditedAt: DateTime
  editor: Actor  url: URI!  isAnswer: Boolean!  isMinimized: Boolean!  minimizedReason: String
  deletedAt: DateTime  replyTo: DiscussionComment  replies(${PAGE}): DiscussionCommentConnection!
  upvoteCount: Int!  reactionGroups: [ReactionGroup!]  discussion: Discussion
}
type Release implements Node & Reactable & UniformResourceLocatable {
  id: ID!  databaseId: Int  name: String  tagName: String!  description: String  url: URI!  author: User
  createdAt: DateTime!  publishedAt: DateTime  updatedAt: DateTime!  isDraft: Boolean!
  isPrerelease: Boolean!  isLatest: Boolean!
  releaseAssets(${PAGE}, name: String): ReleaseAssetConnection!  reactionGroups: [ReactionGroup!]
  tagCommit: Commit  repository: Repository!
}
type ReleaseAsset implements Node {
  id: ID!  name: String!  url: URI!  downloadUrl: URI!  size: Int!  contentType: String!
  downloadCount: Int!  createdAt: DateTime!  updatedAt: DateTime!
}
type PageInfo { hasNextPage: Boolean!  hasPreviousPage: Boolean!  startCursor: String  endCursor: String }
interface Node { id: ID! }
interface Actor { login: String!  url: URI!  avatarUrl: URI! }
interface RepositoryOwner { id: ID!  login: String!  url: URI!  avatarUrl: URI! }
interface Comment {
  id: ID!  author: Actor  authorAssociation: CommentAuthorAssociation!  body: String!
  createdAt: DateTime!  updatedAt: DateTime!  publishedAt: DateTime  lastEditedAt: DateTime
  editor: Actor
}
interface Reactable { id: ID!  databaseId: Int  reactionGroups: [ReactionGroup!] }
interface RequirableByPullRequest { isRequired(pullRequestNumber: Int): Boolean! }
interface UniformResourceLocatable { url: URI! }
interface Minimizable { isMinimized: Boolean!  minimizedReason: String }
interface Lockable { locked: Boolean!  activeLockReason: LockReason }
interface Closable { closed: Boolean!  closedAt: DateTime }
type SearchResultItemConnection {
  discussionCount: Int!  issueCount: Int!  nodes: [SearchResultItem]  pageInfo: PageInfo!
}
type IssueTimelineItemsConnection {
  filteredCount: Int!  nodes: [IssueTimelineItems]  pageInfo: PageInfo!  totalCount: Int!
}
type PullRequestTimelineItemsConnection {
  filteredCount: Int!  nodes: [PullRequestTimelineItems]  pageInfo: PageInfo!  totalCount: Int!
}
type ReactingUserConnection { nodes: [User]  pageInfo: PageInfo!  totalCount: Int! }
`;
