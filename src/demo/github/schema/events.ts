const EVENT = 'id: ID!  actor: Actor  createdAt: DateTime!';

/** What happens to issues and pull requests, beside comments, reviews and commits. */
export const EVENTS = `
type MergedEvent implements Node & UniformResourceLocatable {
  ${EVENT}  commit: Commit  mergeRefName: String!  url: URI!
}
type ClosedEvent implements Node & UniformResourceLocatable {
  ${EVENT}  stateReason: IssueStateReason  closer: Closer  url: URI!
}
type ReopenedEvent implements Node { ${EVENT}  stateReason: IssueStateReason }
type RenamedTitleEvent implements Node { ${EVENT}  previousTitle: String!  currentTitle: String! }
type LabeledEvent implements Node { ${EVENT}  label: Label! }
type UnlabeledEvent implements Node { ${EVENT}  label: Label! }
type AssignedEvent implements Node { ${EVENT}  assignee: Assignee }
type UnassignedEvent implements Node { ${EVENT}  assignee: Assignee }
type MilestonedEvent implements Node { ${EVENT}  milestoneTitle: String! }
type DemilestonedEvent implements Node { ${EVENT}  milestoneTitle: String! }
type ReviewRequestedEvent implements Node { ${EVENT}  requestedReviewer: RequestedReviewer }
type ReviewRequestRemovedEvent implements Node { ${EVENT}  requestedReviewer: RequestedReviewer }
type ReviewDismissedEvent implements Node & UniformResourceLocatable {
  ${EVENT}  databaseId: Int  dismissalMessage: String  previousReviewState: PullRequestReviewState!
  review: PullRequestReview  url: URI!
}
type HeadRefForcePushedEvent implements Node {
  ${EVENT}  beforeCommit: Commit  afterCommit: Commit  ref: Ref
}
type HeadRefDeletedEvent implements Node { ${EVENT}  headRefName: String! }
type HeadRefRestoredEvent implements Node { ${EVENT} }
type BaseRefChangedEvent implements Node {
  ${EVENT}  databaseId: Int  previousRefName: String!  currentRefName: String!
}
type CrossReferencedEvent implements Node & UniformResourceLocatable {
  ${EVENT}  referencedAt: DateTime!  isCrossRepository: Boolean!  willCloseTarget: Boolean!
  source: ReferencedSubject!  target: ReferencedSubject!  url: URI!
}
type ReadyForReviewEvent implements Node & UniformResourceLocatable { ${EVENT}  url: URI! }
type ConvertToDraftEvent implements Node & UniformResourceLocatable { ${EVENT}  url: URI! }
type LockedEvent implements Node { ${EVENT}  lockReason: LockReason }
type UnlockedEvent implements Node { ${EVENT} }
type TransferredEvent implements Node { ${EVENT}  fromRepository: Repository }
type CommentDeletedEvent implements Node { ${EVENT}  databaseId: Int  deletedCommentAuthor: Actor }
`;
