import type { Text } from '../workspace/model.ts';
import { textOf } from '../workspace/model.ts';
import {
  beginEdit,
  type Change,
  type Edit,
  eraseItem,
  itemOf,
  nextId,
  repositoryNamed,
  touchItem,
  writeItem,
} from './journal.ts';
import { findRepository } from './lookup.ts';
import type {
  Commit,
  EventDetails,
  FileList,
  GithubWorkspace,
  Issue,
  Item,
  LockReason,
  PullRequest,
  Repository,
  TimelineEvent,
} from './workspace.ts';

export interface NewItem extends Edit {
  readonly title: string;
  readonly body?: Text;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly milestone?: number | null;
}

export interface NewIssue extends NewItem {
  /** The number of the issue that it is a part of. */
  readonly parent?: number;
}

/** Returns the number. */
export function createIssue(workspace: GithubWorkspace, name: string, issue: NewIssue): number {
  const repository = repositoryNamed(workspace, name);
  const change = beginEdit(workspace, issue);
  const common = threadOf(workspace, repository, issue, change);
  const parent = issue.parent ?? null;
  writeItem(workspace, repository, {
    ...common,
    ...{ kind: 'issue', state: 'OPEN', stateReason: null, parent, subIssues: [] },
  });
  const above = parent === null ? undefined : itemOf(repository, parent);
  if (above?.kind === 'issue')
    touchItem(workspace, repository, { ...above, subIssues: [...above.subIssues, common.number] }, change);
  referToOthers(workspace, repository, common.number, { text: textOf(common.body), ...change });
  return common.number;
}

export interface NewPullRequest extends NewItem {
  readonly base?: string;
  readonly head: string;
  readonly headOwner?: string | null;
  readonly commits: readonly Commit[];
  readonly files: FileList;
  readonly draft?: boolean;
  /** Logins, and `team:SLUG`. */
  readonly reviewers?: readonly string[];
}

/** Returns the number. Closes with its merge what its text says: `Closes #12`. */
export function createPullRequest(workspace: GithubWorkspace, name: string, pull: NewPullRequest): number {
  const repository = repositoryNamed(workspace, name);
  const change = beginEdit(workspace, pull);
  const common = threadOf(workspace, repository, pull, change);
  const made: PullRequest = {
    ...common,
    ...{ kind: 'pull', state: 'OPEN', isDraft: pull.draft ?? false },
    ...{ mergedAt: null, mergedBy: null, mergeOid: null, baseRef: pull.base ?? 'main', headRef: pull.head },
    ...(pull.headOwner === undefined ? {} : { headOwner: pull.headOwner }),
    ...{ commits: pull.commits, files: pull.files, reviews: [], threads: [] },
    ...{ reviewRequests: pull.reviewers ?? [], closes: closedBy(textOf(common.body)) },
  };
  const requests = (pull.reviewers ?? []).map((reviewer) => ({
    kind: 'ReviewRequestedEvent',
    about: { reviewer },
  }));
  touchItem(workspace, repository, made, change, ...requests);
  referToOthers(workspace, repository, common.number, { text: textOf(common.body), ...change });
  return common.number;
}

type Common = Omit<Issue, 'kind' | 'state' | 'stateReason' | 'parent' | 'subIssues'>;

function threadOf(
  workspace: GithubWorkspace,
  repository: Repository,
  { title, body = '', labels = [], assignees = [], milestone = null }: NewItem,
  { at, by }: Change,
): Common {
  repository.lastNumber += 1;
  const told = (kind: string, about: EventDetails): TimelineEvent => ({
    ...{ id: nextId(workspace), kind, actor: by, at, about },
  });
  const due = repository.milestones.find(({ number }) => number === milestone)?.title;
  return {
    ...{ number: repository.lastNumber, title, body, author: by, labels, assignees, milestone },
    ...{ createdAt: at, updatedAt: at, closedAt: null, editedAt: null, editor: null },
    ...{ locked: false, lockReason: null, reactions: [], comments: [] },
    events: [
      ...labels.map((label) => told('LabeledEvent', { label })),
      ...assignees.map((assignee) => told('AssignedEvent', { assignee })),
      ...(due === undefined ? [] : [told('MilestonedEvent', { milestone: due })]),
    ],
  };
}

const closedBy = (text: string): number[] =>
  [...text.matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?) #(\d+)/gi)].map(([, number]) =>
    Number(number),
  );

/**
 * What a text names by `#12` or `owner/name#12` shows that it was named, once for each item that names it. Nothing says whether
 * that counts as activity, so that it does not here: clients must not depend on it.
 */
export function referToOthers(
  workspace: GithubWorkspace,
  repository: Repository,
  number: number,
  { text, ...change }: Change & { readonly text: string },
): void {
  const source = { repository: repository.databaseId, number };
  const closes = closedBy(text);
  for (const [, owner, name, digits] of text.matchAll(/(?:^|[\s(])(?:([\w-]+)\/([\w.-]+))?#(\d+)\b/g)) {
    const place = owner === undefined ? repository : findRepository(workspace, owner, name ?? '')?.repository;
    const target = place?.items.get(Number(digits));
    if (place === undefined || target === undefined || target === repository.items.get(number)) continue;
    const isKnown = ({ about }: Item['events'][number]) =>
      about?.source?.repository === source.repository && about.source.number === number;
    if (target.number === number && place === repository) continue;
    if (target.events.some((event) => event.kind === 'CrossReferencedEvent' && isKnown(event))) continue;
    const willClose = place === repository && closes.includes(target.number);
    const event = { id: nextId(workspace), kind: 'CrossReferencedEvent', actor: change.by, at: change.at };
    const events = [...target.events, { ...event, about: { source, willClose } }];
    writeItem(workspace, place, { ...target, events });
  }
}

interface ItemEdit extends Change {
  readonly repository: Repository;
  readonly item: Item;
}

function begin(workspace: GithubWorkspace, name: string, number: number, edit: Edit): ItemEdit {
  const repository = repositoryNamed(workspace, name);
  return { repository, item: itemOf(repository, number), ...beginEdit(workspace, edit) };
}

export function retitle(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { title, ...edit }: Edit & { readonly title: string },
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  touchItem(workspace, repository, { ...item, title }, change, {
    kind: 'RenamedTitleEvent',
    about: { previousTitle: item.title, currentTitle: title },
  });
}

export function editBody(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { body, ...edit }: Edit & { readonly body: string },
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const edited = { ...item, body, editedAt: change.at, editor: change.by };
  touchItem(
    workspace,
    repository,
    edited.kind === 'pull' ? { ...edited, closes: closedBy(body) } : edited,
    change,
  );
  referToOthers(workspace, repository, number, { text: body, ...change });
}

export interface Closing extends Edit {
  readonly reason?: 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE';
  /** The pull request of this repository whose merge does it. */
  readonly closer?: number;
}

/** Closes an issue for a reason, or a pull request without merging it. */
export function close(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { reason = 'COMPLETED', closer, ...edit }: Closing = {},
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const closed = { state: 'CLOSED', closedAt: change.at } as const;
  if (item.kind === 'pull') {
    touchItem(workspace, repository, { ...item, ...closed }, change, { kind: 'ClosedEvent' });
    return;
  }
  const source =
    closer === undefined ? {} : { source: { repository: repository.databaseId, number: closer } };
  touchItem(workspace, repository, { ...item, ...closed, stateReason: reason }, change, {
    kind: 'ClosedEvent',
    about: { stateReason: reason, ...source },
  });
}

export function reopen(workspace: GithubWorkspace, name: string, number: number, edit: Edit = {}): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const open = { state: 'OPEN', closedAt: null } as const;
  const reopened =
    item.kind === 'pull' ? { ...item, ...open } : { ...item, ...open, stateReason: 'REOPENED' as const };
  touchItem(workspace, repository, reopened, change, { kind: 'ReopenedEvent' });
}

export interface Labelling extends Edit {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

export function label(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { add = [], remove = [], ...edit }: Labelling,
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const labels = [...new Set([...item.labels.filter((each) => !remove.includes(each)), ...add])];
  const events = [
    ...add.map((each) => ({ kind: 'LabeledEvent', about: { label: each } })),
    ...remove.map((each) => ({ kind: 'UnlabeledEvent', about: { label: each } })),
  ];
  touchItem(workspace, repository, { ...item, labels }, change, ...events);
}

export function assign(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { add = [], remove = [], ...edit }: Labelling,
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const assignees = [...new Set([...item.assignees.filter((each) => !remove.includes(each)), ...add])];
  const events = [
    ...add.map((each) => ({ kind: 'AssignedEvent', about: { assignee: each } })),
    ...remove.map((each) => ({ kind: 'UnassignedEvent', about: { assignee: each } })),
  ];
  touchItem(workspace, repository, { ...item, assignees }, change, ...events);
}

/** `milestone` is a number of the repository's; null takes the item out. */
export function setMilestone(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { milestone, ...edit }: Edit & { readonly milestone: number | null },
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const title =
    repository.milestones.find((each) => each.number === (milestone ?? item.milestone))?.title ?? '';
  const kind = milestone === null ? 'DemilestonedEvent' : 'MilestonedEvent';
  touchItem(workspace, repository, { ...item, milestone }, change, { kind, about: { milestone: title } });
}

export function lock(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { reason, ...edit }: Edit & { readonly reason?: LockReason } = {},
): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const lockReason = reason ?? null;
  touchItem(workspace, repository, { ...item, locked: true, lockReason }, change, {
    kind: 'LockedEvent',
    about: { lockReason },
  });
}

export function unlock(workspace: GithubWorkspace, name: string, number: number, edit: Edit = {}): void {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  const unlocked = { ...item, locked: false, lockReason: null };
  touchItem(workspace, repository, unlocked, change, { kind: 'UnlockedEvent' });
}

/** 410 from then on. Pull requests cannot be deleted. */
export function deleteIssue(workspace: GithubWorkspace, name: string, number: number): void {
  const { repository, item } = begin(workspace, name, number, {});
  if (item.kind === 'pull') throw new Error(`${name}#${number} is a pull request, which nobody can delete`);
  eraseItem(workspace, repository, number);
  repository.deleted.add(number);
}

/** Moves an issue to another repository, where it has a new number, which is returned. */
export function transferIssue(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { to, ...edit }: Edit & { readonly to: string },
): number {
  const { repository, item, ...change } = begin(workspace, name, number, edit);
  if (item.kind === 'pull') throw new Error(`${name}#${number} is a pull request, which nobody can transfer`);
  const target = repositoryNamed(workspace, to);
  target.lastNumber += 1;
  const moved: Issue = {
    ...item,
    number: target.lastNumber,
    labels: item.labels.filter((each) => target.labels.some((label) => label.name === each)),
    ...{ milestone: null, parent: null, subIssues: [] },
    comments: item.comments.map((comment) => ({ ...comment, id: nextId(workspace) })),
  };
  eraseItem(workspace, repository, number);
  repository.moved.set(number, { repository: target.databaseId, number: moved.number });
  touchItem(workspace, target, moved, change, {
    kind: 'TransferredEvent',
    about: { from: repository.databaseId },
  });
  return moved.number;
}
