import {
  type GithubWorkspace,
  type Item,
  isoOf,
  type Login,
  nameOf,
  type Repository,
  type TimelineEvent,
} from './workspace.ts';

const EDIT_TAKES_MS = 60_000;
const JOURNAL_LIMIT = 1_000;

/** Who makes an edit, and when. */
export interface Edit {
  /** Default: whom the token acts for. */
  readonly by?: Login;
  /** For what happened in the past. Default: now. */
  readonly at?: string;
}

/** Begins one edit: the clock moves by a minute, unless the edit says when it was. */
export function beginEdit(
  workspace: GithubWorkspace,
  { by, at }: Edit,
): { readonly at: string; readonly by: Login } {
  workspace.revision += 1;
  if (at === undefined) workspace.now += EDIT_TAKES_MS;
  return {
    at: isoOf(at === undefined ? workspace.now : Date.parse(at)),
    by: by === undefined ? workspace.viewer : by,
  };
}

/** An id that nothing has yet. */
export function nextId(workspace: GithubWorkspace): number {
  workspace.lastId += 1;
  return workspace.lastId;
}

/** The repository that is called `owner/name`. */
export function repositoryNamed(workspace: GithubWorkspace, name: string): Repository {
  for (const repository of workspace.repositories.values())
    if (nameOf(repository) === name) return repository;
  throw new Error(`the workspace has no repository ${name}`);
}

export function itemOf(repository: Repository, number: number): Item {
  const item = repository.items.get(number);
  if (item === undefined) throw new Error(`${nameOf(repository)} has no #${number}`);
  return item;
}

export function writeItem(workspace: GithubWorkspace, repository: Repository, item: Item): void {
  note(workspace, repository, item.number);
  repository.items.put(item);
}

export function eraseItem(workspace: GithubWorkspace, repository: Repository, number: number): void {
  note(workspace, repository, number);
  repository.items.remove(number);
}

export function writeRepository(workspace: GithubWorkspace, repository: Repository): void {
  workspace.repositories.set(repository.databaseId, repository);
}

function note({ journal, revision }: GithubWorkspace, repository: Repository, number: number): void {
  const before = repository.items.get(number);
  journal.push({ revision, repository: repository.databaseId, number, before });
  if (journal.length > JOURNAL_LIMIT) journal.shift();
}

/** What differs, by `REPOSITORY:NUMBER`, between the items and what they were `lag` edits ago; undefined for none. */
export function changesSince(workspace: GithubWorkspace, lag: number): Map<string, Item | undefined> {
  const changes = new Map<string, Item | undefined>();
  if (lag <= 0) return changes;
  for (const { revision, repository, number, before } of workspace.journal.toReversed()) {
    if (revision <= workspace.revision - lag) break;
    changes.set(`${repository}:${number}`, before);
  }
  return changes;
}

export interface Change {
  readonly at: string;
  readonly by: Login;
}

/** Writes what an edit made of an item, which counts as activity, with the events that tell of it. */
export function touchItem<T extends Item>(
  workspace: GithubWorkspace,
  repository: Repository,
  item: T,
  { at, by }: Change,
  ...events: readonly Omit<TimelineEvent, 'id' | 'actor' | 'at'>[]
): void {
  const told = events.map((event) => ({ id: nextId(workspace), actor: by, at, ...event }));
  const updatedAt = at > item.updatedAt ? at : item.updatedAt;
  writeItem(workspace, repository, { ...item, updatedAt, events: [...item.events, ...told] });
}
