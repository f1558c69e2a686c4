import { createHash } from 'node:crypto';
import { close } from './edit-items.ts';
import { beginEdit, type Edit, itemOf, nextId, repositoryNamed, touchItem, writeItem } from './journal.ts';
import {
  type ChangedFile,
  type Check,
  type Commit,
  type FileList,
  type GithubWorkspace,
  headOf,
  type PullRequest,
} from './workspace.ts';

/** A commit's id, made of a name: the same each time. */
export const oidOf = (name: string): string => createHash('sha1').update(name).digest('hex');

export function fileList(files: readonly ChangedFile[]): FileList {
  const sum = (field: 'additions' | 'deletions') => files.reduce((total, file) => total + file[field], 0);
  return {
    ...{ count: files.length, additions: sum('additions'), deletions: sum('deletions') },
    at: (index) => files[index] as ChangedFile,
  };
}

/** As many files as asked for, of one new line each. */
export const manyFiles = (count: number): FileList => ({
  ...{ count, additions: count, deletions: 0 },
  at: (index) => ({
    path: `generated/${String(index).padStart(5, '0')}.txt`,
    ...{ change: 'ADDED', additions: 1, deletions: 0, patch: `@@ -0,0 +1 @@\n+${index}` },
  }),
});

export function pullIn(workspace: GithubWorkspace, name: string, number: number) {
  const repository = repositoryNamed(workspace, name);
  const item = itemOf(repository, number);
  if (item.kind === 'issue') throw new Error(`${name}#${number} is no pull request`);
  return { repository, pull: item };
}

/** Merges, and closes the issues that the text says it closes. */
export function merge(workspace: GithubWorkspace, name: string, number: number, edit: Edit = {}): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const { at, by } = beginEdit(workspace, edit);
  const mergeOid = oidOf(`merge ${repository.databaseId} ${number}`);
  const merged = { ...pull, state: 'MERGED', mergedAt: at, mergedBy: by, mergeOid, closedAt: at } as const;
  const events = [{ kind: 'MergedEvent', about: { oid: mergeOid } }, { kind: 'ClosedEvent' }];
  touchItem(workspace, repository, merged, { at, by }, ...events);
  for (const issue of pull.closes)
    if (repository.items.get(issue)?.state === 'OPEN')
      close(workspace, name, issue, { by, at, closer: number });
}

export function setDraft(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { draft, ...edit }: Edit & { readonly draft: boolean },
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const kind = draft ? 'ConvertToDraftEvent' : 'ReadyForReviewEvent';
  touchItem(workspace, repository, { ...pull, isDraft: draft }, beginEdit(workspace, edit), { kind });
}

export function requestReview(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { reviewer, ...edit }: Edit & { readonly reviewer: string },
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const reviewRequests = [...new Set([...pull.reviewRequests, reviewer])];
  const event = { kind: 'ReviewRequestedEvent', about: { reviewer } };
  touchItem(workspace, repository, { ...pull, reviewRequests }, beginEdit(workspace, edit), event);
}

/** The branch that was merged, or given up, is gone. */
export function deleteHeadBranch(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  edit: Edit = {},
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const event = { kind: 'HeadRefDeletedEvent', about: { ref: pull.headRef } };
  touchItem(workspace, repository, pull, beginEdit(workspace, edit), event);
}

export interface Push extends Edit {
  readonly commits: readonly Commit[];
  /** What the pull request changes from now on. Default: what it changed before. */
  readonly files?: FileList;
  /** Paths whose threads do not fit the lines any more. */
  readonly outdates?: readonly string[];
}

export function pushCommits(workspace: GithubWorkspace, name: string, number: number, push: Push): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const commits = [...pull.commits, ...push.commits];
  touchItem(workspace, repository, pushed(pull, commits, push), beginEdit(workspace, push));
}

/** Puts other commits in place of those that there were. */
export function forcePush(workspace: GithubWorkspace, name: string, number: number, push: Push): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const after = pushed(pull, push.commits, push);
  const event = {
    kind: 'HeadRefForcePushedEvent',
    about: { before: headOf(pull), after: headOf(after), ref: pull.headRef },
  };
  touchItem(workspace, repository, after, beginEdit(workspace, push), event);
}

function pushed(pull: PullRequest, commits: readonly Commit[], { files, outdates = [] }: Push): PullRequest {
  const threads = pull.threads.map((thread) =>
    outdates.includes(thread.path) ? { ...thread, outdated: true, line: null, startLine: null } : thread,
  );
  return { ...pull, commits, files: files ?? pull.files, threads };
}

/** Sets the checks of the last commit that have this name, or adds one. It is no activity: `updatedAt` stays. */
export function setCheck(
  workspace: GithubWorkspace,
  name: string,
  number: number,
  { check, conclusion }: { readonly check: string; readonly conclusion: CheckConclusion },
): void {
  const { repository, pull } = pullIn(workspace, name, number);
  const { at } = beginEdit(workspace, {});
  const head = pull.commits.at(-1);
  if (head === undefined) throw new Error(`#${number} has no commits`);
  const before = head.checks ?? [];
  const known = before.find((each) => each.kind === 'run' && each.name === check);
  const run: Check = {
    ...{ kind: 'run', id: known?.id ?? nextId(workspace), name: check },
    ...{ status: conclusion === null ? 'IN_PROGRESS' : 'COMPLETED', conclusion },
    ...{ startedAt: at, completedAt: conclusion === null ? null : at },
  };
  const checks = known === undefined ? [...before, run] : before.map((each) => (each === known ? run : each));
  writeItem(workspace, repository, { ...pull, commits: [...pull.commits.slice(0, -1), { ...head, checks }] });
}

type CheckConclusion = Extract<Check, { kind: 'run' }>['conclusion'];
