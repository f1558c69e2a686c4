import { closedBy, referToOthers } from './edit-new-items.ts';
import {
  beginEdit,
  type Change,
  type Edit,
  eraseItem,
  itemOf,
  nextId,
  repositoryNamed,
  touchItem,
} from './journal.ts';
import type { GithubWorkspace, Issue, Item, LockReason, Repository } from './workspace.ts';

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
