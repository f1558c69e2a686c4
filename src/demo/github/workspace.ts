import type { Text } from '../workspace/model.ts';
import type { Shelf } from './shelf.ts';

/** Names of accounts. `null` stands for somebody who deleted theirs: GraphQL says null, REST says `ghost`. */
export type Login = string | null;

export interface Account {
  readonly kind: 'User' | 'Bot' | 'Mannequin' | 'Organization';
  /** Without the `[bot]` that REST appends. */
  readonly login: string;
  readonly databaseId: number;
  readonly name: string | null;
}

export const REACTIONS = [
  'THUMBS_UP',
  'THUMBS_DOWN',
  'LAUGH',
  'HOORAY',
  'CONFUSED',
  'HEART',
  'ROCKET',
  'EYES',
] as const;

export interface Reaction {
  readonly content: (typeof REACTIONS)[number];
  readonly users: readonly string[];
}

/** What people write. All times are ISO 8601 in whole seconds, `2026-02-16T09:00:00Z`. */
export interface Written {
  readonly id: number;
  readonly author: Login;
  readonly body: Text;
  readonly createdAt: string;
  readonly editedAt?: string;
  readonly editor?: Login;
  readonly reactions?: readonly Reaction[];
  /** Why it is hidden: `spam`, `outdated`, `resolved`, `off-topic`… */
  readonly minimized?: string;
}

export interface Label {
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

export interface Milestone {
  readonly number: number;
  readonly title: string;
  readonly description: string | null;
  readonly state: 'OPEN' | 'CLOSED';
  readonly dueOn: string | null;
  readonly createdAt: string;
}

/** One fact of a timeline that is neither comment, review nor commit; `kind` is the type's name in GraphQL. */
export interface TimelineEvent {
  readonly id: number;
  readonly kind: string;
  readonly actor: Login;
  readonly at: string;
  /** What this kind of event tells: plain values, and references that the views resolve. */
  readonly about?: EventDetails;
}

export interface EventDetails {
  readonly label?: string;
  readonly assignee?: string;
  readonly reviewer?: string;
  readonly milestone?: string;
  readonly stateReason?: Issue['stateReason'];
  readonly previousTitle?: string;
  readonly currentTitle?: string;
  readonly before?: string;
  readonly after?: string;
  readonly oid?: string;
  readonly ref?: string;
  readonly previousRef?: string;
  readonly lockReason?: LockReason | null;
  readonly deletedAuthor?: Login;
  readonly review?: number;
  readonly message?: string;
  readonly previousState?: Review['state'];
  /** Of a pull request or an issue, for `CrossReferencedEvent`, and what closed an issue. */
  readonly source?: Reference;
  readonly willClose?: boolean;
  /** Of a repository, for `TransferredEvent`. */
  readonly from?: number;
}

export interface Reference {
  readonly repository: number;
  readonly number: number;
}

export type LockReason = 'OFF_TOPIC' | 'RESOLVED' | 'SPAM' | 'TOO_HEATED';

/** What issues and pull requests have in common. */
interface Thread {
  readonly number: number;
  readonly title: string;
  readonly body: Text;
  readonly author: Login;
  readonly createdAt: string;
  /** Not touched by what the service does not count as activity: resolving a thread, the end of a check. */
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly editedAt: string | null;
  readonly editor: Login;
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
  readonly milestone: number | null;
  readonly locked: boolean;
  readonly lockReason: LockReason | null;
  readonly reactions: readonly Reaction[];
  readonly comments: readonly Written[];
  readonly events: readonly TimelineEvent[];
}

export interface Issue extends Thread {
  readonly kind: 'issue';
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | 'REOPENED' | null;
  /** The number of the issue that it is a part of. */
  readonly parent: number | null;
  readonly subIssues: readonly number[];
}

export interface PullRequest extends Thread {
  readonly kind: 'pull';
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly mergedAt: string | null;
  readonly mergedBy: Login;
  readonly mergeOid: string | null;
  readonly baseRef: string;
  readonly headRef: string;
  /** The owner of the fork that it comes from; null for a fork that is gone. Undefined: the repository itself. */
  readonly headOwner?: string | null;
  readonly commits: readonly Commit[];
  readonly files: FileList;
  readonly reviews: readonly Review[];
  readonly threads: readonly ReviewThread[];
  /** Logins, and `team:SLUG`. */
  readonly reviewRequests: readonly string[];
  /** Issues of this repository that its merge closes. */
  readonly closes: readonly number[];
}

export type Item = Issue | PullRequest;

export interface Commit {
  readonly oid: string;
  readonly message: string;
  /** Of an account, or of somebody without one. */
  readonly author: { readonly name: string; readonly email: string; readonly login: Login };
  readonly committedAt: string;
  readonly checks?: readonly Check[];
}

export type Check =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly name: string;
      readonly status: 'COMPLETED' | 'IN_PROGRESS' | 'QUEUED';
      readonly conclusion:
        | 'SUCCESS'
        | 'FAILURE'
        | 'NEUTRAL'
        | 'CANCELLED'
        | 'SKIPPED'
        | 'TIMED_OUT'
        | 'ACTION_REQUIRED'
        | null;
      readonly startedAt: string;
      readonly completedAt: string | null;
    }
  | {
      readonly kind: 'status';
      readonly id: number;
      readonly context: string;
      readonly state: 'SUCCESS' | 'FAILURE' | 'ERROR' | 'PENDING';
      readonly description: string | null;
      readonly createdAt: string;
    };

export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly change: 'ADDED' | 'MODIFIED' | 'DELETED' | 'RENAMED';
  readonly additions: number;
  readonly deletions: number;
  /** Absent for binary files and for what is too large. */
  readonly patch?: string;
}

/** Files are made when they are asked for: there may be many. */
export interface FileList {
  readonly count: number;
  readonly additions: number;
  readonly deletions: number;
  readonly at: (index: number) => ChangedFile;
}

export interface Review extends Written {
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly oid: string;
}

export interface ReviewThread {
  readonly id: number;
  readonly path: string;
  /** null once it is outdated. */
  readonly line: number | null;
  readonly originalLine: number;
  readonly startLine: number | null;
  readonly originalStartLine: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly subject: 'LINE' | 'FILE';
  readonly outdated: boolean;
  /** Who resolved it; undefined for one that is open. */
  readonly resolvedBy?: Login;
  readonly diffHunk: string;
  /** The first opened it; each belongs to a review. */
  readonly comments: readonly ReviewComment[];
}

export interface ReviewComment extends Written {
  readonly review: number;
  /** The head when it was written. */
  readonly oid: string;
}

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly emoji: string;
  readonly description: string;
  readonly answerable: boolean;
}

export interface Discussion {
  readonly number: number;
  readonly title: string;
  readonly body: Text;
  readonly author: Login;
  readonly category: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly editedAt: string | null;
  readonly closedAt: string | null;
  readonly stateReason: 'DUPLICATE' | 'OUTDATED' | 'REOPENED' | 'RESOLVED' | null;
  readonly locked: boolean;
  readonly labels: readonly string[];
  readonly upvotes: number;
  readonly reactions: readonly Reaction[];
  readonly comments: readonly DiscussionComment[];
  /** The id of the comment that is the answer, who chose it and when. */
  readonly answer?: { readonly comment: number; readonly by: Login; readonly at: string };
}

export interface DiscussionComment extends Written {
  readonly upvotes: number;
  readonly replies: readonly DiscussionComment[];
  /** A comment with replies leaves its place when it is deleted. */
  readonly deletedAt?: string;
}

export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string | null;
  readonly body: Text;
  readonly author: Login;
  readonly createdAt: string;
  /** null for a draft. */
  readonly publishedAt: string | null;
  readonly prerelease: boolean;
  readonly target: string;
  readonly assets: readonly Asset[];
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
}

export interface Repository {
  readonly databaseId: number;
  readonly owner: string;
  readonly name: string;
  /** `owner/name`, each of which still leads here. */
  readonly formerNames: readonly string[];
  readonly description: string | null;
  readonly homepage: string | null;
  readonly topics: readonly string[];
  readonly language: string | null;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Whether the token's owner may see it. */
  readonly readable: boolean;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly pushedAt: string;
  readonly labels: readonly Label[];
  readonly milestones: readonly Milestone[];
  readonly categories: readonly Category[];
  readonly releases: readonly Release[];
  /** By path, at the head of the default branch. */
  readonly files: ReadonlyMap<string, Text>;
  readonly items: Shelf;
  readonly discussions: Map<number, Discussion>;
  /** Issues that were transferred, by the number that they had here. */
  readonly moved: Map<number, Reference>;
  readonly deleted: Set<number>;
  /** Issues, pull requests and discussions count together. */
  lastNumber: number;
}

/** What an item was before an edit. */
export interface JournalEntry {
  readonly revision: number;
  readonly repository: number;
  readonly number: number;
  readonly before: Item | undefined;
}

export interface GithubWorkspace {
  /** As whom the token acts. */
  readonly viewer: string;
  readonly accounts: Map<string, Account>;
  readonly repositories: Map<number, Repository>;
  /** In milliseconds; each edit advances it by a minute. */
  now: number;
  revision: number;
  readonly journal: JournalEntry[];
  lastId: number;
}

export const nameOf = ({ owner, name }: Repository): string => `${owner}/${name}`;

/** In whole seconds, as the service writes times. */
export const isoOf = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, -'.000Z'.length)}Z`;

export const headOf = ({ commits }: PullRequest): string => commits.at(-1)?.oid ?? '0'.repeat(40);
