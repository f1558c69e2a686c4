/** A text, or a recipe for it: generated workspaces render their bodies only when they are asked for. */
export type Text = string | (() => string);

export const textOf = (text: Text): string => (typeof text === 'string' ? text : text());

export interface Person {
  readonly accountId: string;
  readonly accountType: 'atlassian' | 'app';
  readonly active: boolean;
  readonly displayName: string;
  readonly email: string;
  readonly timeZone: string;
  /** Names of groups. */
  readonly groups: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly name: string;
}

export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'global' | 'personal';
  readonly status: 'current' | 'archived';
  readonly homepageId: string;
  readonly authorId: string;
  readonly createdAt: string;
}

export interface Version {
  readonly number: number;
  readonly createdAt: string;
  readonly authorId: string;
  readonly message: string;
  readonly title: string;
  /** Storage format. `@@SITE@@` stands for the address under which the workspace is served. */
  readonly body: Text;
}

export interface Readers {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export interface Label {
  readonly id: string;
  readonly name: string;
}

export type ContentStatus = 'current' | 'archived' | 'trashed' | 'deleted';

/** A page or a blog post; the newest version, the last one, carries its title and body. */
export interface Page {
  readonly kind: 'page' | 'blogpost';
  readonly id: string;
  readonly status: ContentStatus;
  readonly spaceId: string;
  readonly parentId: string | null;
  readonly position: number;
  readonly authorId: string;
  readonly createdAt: string;
  readonly versions: readonly Version[];
  readonly labels: readonly Label[];
  /** Who may read it; both lists empty means everyone. */
  readonly readers: Readers;
}

export interface Folder {
  readonly kind: 'folder';
  readonly id: string;
  readonly status: ContentStatus;
  readonly spaceId: string;
  readonly parentId: string | null;
  readonly position: number;
  readonly authorId: string;
  readonly createdAt: string;
  readonly title: string;
}

export type Content = Page | Folder;

export interface Comment {
  readonly kind: 'footer' | 'inline';
  readonly id: string;
  readonly status: 'current' | 'deleted';
  readonly pageId: string;
  /** The comment it answers; null for the first of a thread. */
  readonly parentId: string | null;
  readonly versions: readonly Version[];
  /** Inline threads only: the text they hang on, and whether they are settled. */
  readonly marker?: { readonly ref: string; readonly selection: string };
  readonly resolution?: {
    readonly status: 'open' | 'resolved' | 'reopened';
    readonly by: string;
    readonly at: string;
  };
}

export interface Attachment {
  readonly id: string;
  readonly pageId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly fileId: string;
  readonly comment: string;
  readonly version: number;
  readonly authorId: string;
  readonly createdAt: string;
  readonly bytes: () => Uint8Array;
}

/** An ADF document or node, as JSON. */
export interface AdfNode {
  readonly type: string;
  readonly version?: number;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly Omit<AdfNode, 'content'>[];
  readonly content?: readonly AdfNode[];
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly leadId: string;
}

export interface Sprint {
  readonly id: number;
  readonly name: string;
  readonly state: 'active' | 'closed' | 'future';
  readonly boardId: number;
  readonly goal: string;
  readonly startDate: string;
  readonly endDate: string;
}

export interface SecurityLevel {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly members: readonly string[];
}

export interface IssueComment {
  readonly id: string;
  readonly authorId: string;
  readonly created: string;
  readonly updated: string;
  readonly body: AdfNode;
}

export interface IssueLink {
  readonly id: string;
  readonly typeId: string;
  /** The issue at the other end, and from which side this one sees it. */
  readonly otherId: string;
  readonly direction: 'inward' | 'outward';
}

export interface IssueAttachment {
  readonly id: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly authorId: string;
  readonly created: string;
  readonly bytes: () => Uint8Array;
}

export interface ChangeItem {
  readonly field: string;
  readonly fieldId: string;
  readonly fieldtype: 'jira' | 'custom';
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}

export interface Change {
  readonly id: string;
  readonly authorId: string;
  readonly created: string;
  readonly items: readonly ChangeItem[];
}

export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly formerKeys: readonly string[];
  readonly projectId: string;
  readonly summary: string;
  readonly description: AdfNode | null | (() => AdfNode);
  readonly typeName: string;
  readonly statusName: string;
  readonly resolutionName: string | null;
  readonly priorityName: string;
  readonly assigneeId: string | null;
  readonly reporterId: string;
  readonly created: string;
  readonly updated: string;
  readonly resolved: string | null;
  readonly due: string | null;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly fixVersions: readonly string[];
  readonly parentId: string | null;
  readonly sprintIds: readonly number[];
  readonly storyPoints: number | null;
  readonly severity: string | null;
  readonly watchers: readonly string[];
  readonly links: readonly IssueLink[];
  readonly comments: readonly IssueComment[];
  readonly attachments: readonly IssueAttachment[];
  readonly changes: readonly Change[];
  readonly levelId: string | null;
}

/** The tables that edits change; the others are set up once. */
export interface Tables {
  readonly content: Map<string, Content>;
  readonly comments: Map<string, Comment>;
  readonly attachments: Map<string, Attachment>;
  readonly issues: Map<string, Issue>;
}

/** What a table held for `id` before the edit with that revision; undefined when the edit created it. */
export interface JournalEntry {
  readonly revision: number;
  readonly table: keyof Tables;
  readonly id: string;
  readonly before: Content | Comment | Attachment | Issue | undefined;
}

/**
 * A whole site. Records are never changed in place: an edit replaces them, so that a record taken before an
 * edit still shows the state before it.
 */
export interface Workspace extends Tables {
  readonly company: string;
  /** The account that the credentials belong to. */
  readonly accountId: string;
  readonly people: Map<string, Person>;
  readonly groups: readonly Group[];
  readonly spaces: Map<string, Space>;
  readonly projects: Map<string, Project>;
  readonly sprints: Map<number, Sprint>;
  readonly levels: Map<string, SecurityLevel>;
  readonly journal: JournalEntry[];
  /** The workspace's own clock, in milliseconds since the epoch; only edits move it. */
  now: number;
  /** The number of edits so far. */
  revision: number;
  lastId: number;
}

export function emptyWorkspace(company: string, accountId: string, start: string): Workspace {
  return {
    company,
    accountId,
    people: new Map(),
    groups: [],
    spaces: new Map(),
    content: new Map(),
    comments: new Map(),
    attachments: new Map(),
    projects: new Map(),
    issues: new Map(),
    sprints: new Map(),
    levels: new Map(),
    journal: [],
    now: Date.parse(start),
    revision: 0,
    lastId: 1_048_576,
  };
}
