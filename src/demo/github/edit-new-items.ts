import { type Text, textOf } from '../workspace/model.ts';
import {
  beginEdit,
  type Change,
  type Edit,
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

/** The issues that a text says it closes. */
export const closedBy = (text: string): number[] =>
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
