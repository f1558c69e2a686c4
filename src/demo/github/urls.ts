import { type Discussion, type Item, nameOf, type Repository } from './workspace.ts';

/** Where people see things; `web` is the address of the site, without a slash at its end. */
export const repositoryUrl = (web: string, repository: Repository): string => `${web}/${nameOf(repository)}`;

export const itemUrl = (web: string, repository: Repository, { kind, number }: Item): string =>
  `${repositoryUrl(web, repository)}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`;

export const discussionUrl = (web: string, repository: Repository, { number }: Discussion): string =>
  `${repositoryUrl(web, repository)}/discussions/${number}`;

export const commitUrl = (web: string, repository: Repository, oid: string): string =>
  `${repositoryUrl(web, repository)}/commit/${oid}`;

export const avatarUrl = (web: string, databaseId: number): string => `${web}/avatars/u/${databaseId}?v=4`;
