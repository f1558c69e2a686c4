import type { Text } from '../workspace/model.ts';
import { beginEdit, type Edit, nextId, repositoryNamed, writeRepository } from './journal.ts';
import { createShelf, type Shelf } from './shelf.ts';
import {
  type Account,
  type Asset,
  type Category,
  type GithubWorkspace,
  isoOf,
  type Label,
  type Milestone,
  nameOf,
  type Repository,
} from './workspace.ts';

/** A workspace of nothing but accounts; the token acts for `viewer`. */
export function emptyGithub(viewer: string, accounts: readonly Account[], now: string): GithubWorkspace {
  return {
    viewer,
    accounts: new Map(accounts.map((account) => [account.login, account])),
    repositories: new Map(),
    now: Date.parse(now),
    revision: 0,
    journal: [],
    lastId: 50_000,
  };
}

export interface NewRepository {
  /** `owner/name`. */
  readonly name: string;
  readonly description?: string;
  readonly topics?: readonly string[];
  readonly language?: string;
  readonly isPrivate?: boolean;
  readonly labels?: readonly Label[];
  readonly milestones?: readonly Omit<Milestone, 'createdAt' | 'number'>[];
  readonly categories?: readonly Omit<Category, 'id'>[];
  readonly files?: Readonly<Record<string, Text>>;
  readonly items?: Shelf;
}

export function createRepository(
  workspace: GithubWorkspace,
  { name: fullName, description, topics, language, isPrivate, files, ...more }: NewRepository,
): Repository {
  const [owner = '', name = ''] = fullName.split('/');
  const createdAt = isoOf(workspace.now);
  const repository: Repository = {
    ...{ databaseId: nextId(workspace), owner, name, formerNames: [], homepage: null, topics: topics ?? [] },
    ...{ description: description ?? null, language: language ?? null, isPrivate: isPrivate ?? true },
    ...{ isArchived: false, readable: true, defaultBranch: 'main' },
    ...{ createdAt, updatedAt: createdAt, pushedAt: createdAt },
    labels: more.labels ?? [],
    milestones: (more.milestones ?? []).map((each, index) => ({ ...each, number: index + 1, createdAt })),
    categories: (more.categories ?? []).map((each, index) => ({ ...each, id: index + 1 })),
    releases: [],
    files: new Map(Object.entries(files ?? {})),
    items: more.items ?? createShelf(),
    discussions: new Map(),
    moved: new Map(),
    deleted: new Set(),
    lastNumber: more.items?.facts().length ?? 0,
  };
  writeRepository(workspace, repository);
  return repository;
}

/** Changes a repository. Returns the time of it. */
function change(workspace: GithubWorkspace, name: string, part: Partial<Repository>): string {
  const repository = repositoryNamed(workspace, name);
  const { at } = beginEdit(workspace, {});
  writeRepository(workspace, { ...repository, ...part, updatedAt: at });
  return at;
}

/** The old name leads to the repository until another takes it. */
export function renameRepository(workspace: GithubWorkspace, name: string, newName: string): void {
  const repository = repositoryNamed(workspace, name);
  const [owner = repository.owner, ownName = ''] = newName.includes('/')
    ? newName.split('/')
    : [repository.owner, newName];
  const formerNames = [...repository.formerNames, nameOf(repository)];
  change(workspace, name, { owner, name: ownName, formerNames });
}

/** Makes a repository private or public. */
export function setPrivate(workspace: GithubWorkspace, name: string, isPrivate: boolean): void {
  change(workspace, name, { isPrivate });
}

/** The token does not see the repository any more: everything of it is answered with 404. */
export function loseAccess(workspace: GithubWorkspace, name: string): void {
  change(workspace, name, { readable: false });
}

export function regainAccess(workspace: GithubWorkspace, name: string): void {
  change(workspace, name, { readable: true });
}

export function archiveRepository(workspace: GithubWorkspace, name: string): void {
  change(workspace, name, { isArchived: true });
}

/** Writes a file to the default branch; undefined removes it. */
export function writeFile(
  workspace: GithubWorkspace,
  name: string,
  path: string,
  text: Text | undefined,
): void {
  const files = new Map(repositoryNamed(workspace, name).files);
  if (text === undefined) files.delete(path);
  else files.set(path, text);
  const pushedAt = change(workspace, name, { files });
  writeRepository(workspace, { ...repositoryNamed(workspace, name), pushedAt });
}

export interface NewRelease extends Edit {
  readonly tag: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly target?: string;
  readonly assets?: readonly Omit<Asset, 'id'>[];
}

export function publishRelease(workspace: GithubWorkspace, name: string, release: NewRelease): number {
  const repository = repositoryNamed(workspace, name);
  const { at, by } = beginEdit(workspace, release);
  const id = nextId(workspace);
  const made = {
    ...{ id, tag: release.tag, name: release.name ?? null, body: release.body ?? '', author: by },
    ...{ createdAt: at, publishedAt: release.draft === true ? null : at },
    ...{ prerelease: release.prerelease ?? false, target: release.target ?? repository.defaultBranch },
    assets: (release.assets ?? []).map((asset) => ({ ...asset, id: nextId(workspace) })),
  };
  writeRepository(workspace, { ...repository, releases: [...repository.releases, made] });
  return id;
}

export function editRelease(
  workspace: GithubWorkspace,
  name: string,
  tag: string,
  part: { readonly name?: string; readonly body?: string },
): void {
  const { releases } = repositoryNamed(workspace, name);
  const edited = releases.map((release) => (release.tag === tag ? { ...release, ...part } : release));
  change(workspace, name, { releases: edited });
}

export function deleteRelease(workspace: GithubWorkspace, name: string, tag: string): void {
  const { releases } = repositoryNamed(workspace, name);
  change(workspace, name, { releases: releases.filter((release) => release.tag !== tag) });
}
