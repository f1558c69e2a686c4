/** Scalars, enumerations, inputs and unions. */
export const ENUMS = `
scalar DateTime
scalar URI
scalar GitObjectID
scalar GitTimestamp
scalar BigInt
enum SearchType { DISCUSSION ISSUE REPOSITORY USER }
input RepositoryOrder { direction: OrderDirection!  field: RepositoryOrderField! }
enum RepositoryVisibility { INTERNAL PRIVATE PUBLIC }
input IssueOrder { direction: OrderDirection!  field: IssueOrderField! }
enum IssueState { CLOSED OPEN }
input IssueFilters {
  assignee: String  createdBy: String  labels: [String!]  mentioned: String  milestone: String
  since: DateTime  states: [IssueState!]
}
enum PullRequestState { CLOSED MERGED OPEN }
input DiscussionOrder { direction: OrderDirection!  field: DiscussionOrderField! }
enum DiscussionState { CLOSED OPEN }
input ReleaseOrder { direction: OrderDirection!  field: ReleaseOrderField! }
enum MilestoneState { CLOSED OPEN }
enum RepositoryPermission { ADMIN MAINTAIN READ TRIAGE WRITE }
enum StatusState { ERROR EXPECTED FAILURE PENDING SUCCESS }
enum CheckStatusState { COMPLETED IN_PROGRESS PENDING QUEUED REQUESTED WAITING }
enum CheckConclusionState {
  ACTION_REQUIRED  CANCELLED  FAILURE  NEUTRAL  SKIPPED  STALE  STARTUP_FAILURE  SUCCESS  TIMED_OUT
}
enum IssueStateReason { COMPLETED DUPLICATE NOT_PLANNED REOPENED }
enum CommentAuthorAssociation {
  COLLABORATOR  CONTRIBUTOR  FIRST_TIMER  FIRST_TIME_CONTRIBUTOR  MANNEQUIN  MEMBER  NONE  OWNER
}
enum LockReason { OFF_TOPIC RESOLVED SPAM TOO_HEATED }
input IssueCommentOrder { direction: OrderDirection!  field: IssueCommentOrderField! }
enum IssueTimelineItemsItemType {
  ASSIGNED_EVENT  CLOSED_EVENT  COMMENT_DELETED_EVENT  CROSS_REFERENCED_EVENT  DEMILESTONED_EVENT
  ISSUE_COMMENT  LABELED_EVENT  LOCKED_EVENT  MILESTONED_EVENT  RENAMED_TITLE_EVENT  REOPENED_EVENT
  TRANSFERRED_EVENT  UNASSIGNED_EVENT  UNLABELED_EVENT  UNLOCKED_EVENT
}
enum PullRequestReviewState { APPROVED CHANGES_REQUESTED COMMENTED DISMISSED PENDING }
enum PullRequestTimelineItemsItemType {
  ASSIGNED_EVENT  BASE_REF_CHANGED_EVENT  CLOSED_EVENT  COMMENT_DELETED_EVENT  CONVERT_TO_DRAFT_EVENT
  CROSS_REFERENCED_EVENT  DEMILESTONED_EVENT  HEAD_REF_DELETED_EVENT  HEAD_REF_FORCE_PUSHED_EVENT
  HEAD_REF_RESTORED_EVENT  ISSUE_COMMENT  LABELED_EVENT  LOCKED_EVENT  MERGED_EVENT  MILESTONED_EVENT
  PULL_REQUEST_COMMIT  PULL_REQUEST_REVIEW  PULL_REQUEST_REVIEW_THREAD  READY_FOR_REVIEW_EVENT
  RENAMED_TITLE_EVENT  REOPENED_EVENT  REVIEW_DISMISSED_EVENT  REVIEW_REQUESTED_EVENT
  REVIEW_REQUEST_REMOVED_EVENT  TRANSFERRED_EVENT  UNASSIGNED_EVENT  UNLABELED_EVENT  UNLOCKED_EVENT
}
enum PullRequestReviewDecision { APPROVED CHANGES_REQUESTED REVIEW_REQUIRED }
enum MergeableState { CONFLICTING MERGEABLE UNKNOWN }
enum PatchStatus { ADDED CHANGED COPIED DELETED MODIFIED RENAMED }
enum DiffSide { LEFT RIGHT }
enum PullRequestReviewThreadSubjectType { FILE LINE }
enum PullRequestReviewCommentState { PENDING SUBMITTED }
enum ReactionContent { CONFUSED EYES HEART HOORAY LAUGH ROCKET THUMBS_DOWN THUMBS_UP }
enum DiscussionStateReason { DUPLICATE OUTDATED REOPENED RESOLVED }
enum OrderDirection { ASC DESC }
enum RepositoryOrderField { CREATED_AT NAME PUSHED_AT STARGAZERS UPDATED_AT }
enum IssueOrderField { COMMENTS CREATED_AT UPDATED_AT }
enum DiscussionOrderField { CREATED_AT UPDATED_AT }
enum ReleaseOrderField { CREATED_AT NAME }
enum IssueCommentOrderField { UPDATED_AT }
union IssueOrPullRequest = Issue | PullRequest
union RequestedReviewer = Bot | Mannequin | Team | User
union Closer = Commit | PullRequest
union Assignee = Bot | Mannequin | Organization | User
union ReferencedSubject = Issue | PullRequest
union SearchResultItem = App | Discussion | Issue | Organization | PullRequest | Repository | User
union StatusCheckRollupContext = CheckRun | StatusContext
union IssueTimelineItems =
  AssignedEvent  | ClosedEvent  | CommentDeletedEvent  | CrossReferencedEvent  | DemilestonedEvent
  | IssueComment  | LabeledEvent  | LockedEvent  | MilestonedEvent  | RenamedTitleEvent  | ReopenedEvent
  | TransferredEvent  | UnassignedEvent  | UnlabeledEvent  | UnlockedEvent
union PullRequestTimelineItems =
  AssignedEvent  | BaseRefChangedEvent  | ClosedEvent  | CommentDeletedEvent  | ConvertToDraftEvent
  | CrossReferencedEvent  | DemilestonedEvent  | HeadRefDeletedEvent  | HeadRefForcePushedEvent
  | HeadRefRestoredEvent  | IssueComment  | LabeledEvent  | LockedEvent  | MergedEvent  | MilestonedEvent
  | PullRequestCommit  | PullRequestReview  | PullRequestReviewThread  | ReadyForReviewEvent
  | RenamedTitleEvent  | ReopenedEvent  | ReviewDismissedEvent  | ReviewRequestRemovedEvent
  | ReviewRequestedEvent  | TransferredEvent  | UnassignedEvent  | UnlabeledEvent  | UnlockedEvent
union Reactor = Bot | Mannequin | Organization | User
`;
