import { accountId, nodeId } from '../ids.ts';
import { avatarUrl } from '../urls.ts';
import { type Account, type Login, REACTIONS, type Reaction } from '../workspace.ts';
import { connect } from './connection.ts';
import type { Context } from './context.ts';
import { repositoriesOf } from './repositories.ts';

/** An actor; null for an account that is gone. */
export function actorNode(context: Context, login: Login | undefined): object | null {
  const account = login == null ? undefined : context.workspace.accounts.get(login);
  return account === undefined ? null : accountNode(context, account);
}

export function accountNode(context: Context, account: Account): object {
  const { kind, login, databaseId, name } = account;
  return {
    __typename: kind,
    id: accountId(account),
    databaseId,
    login,
    name,
    description: null,
    email: kind === 'Mannequin' ? null : '',
    url: `${context.web}/${kind === 'Bot' ? 'apps/' : ''}${login}`,
    avatarUrl: avatarUrl(context.web, databaseId),
    repositories: repositoriesOf(login),
  };
}

/** Only people: teams and bots are not among assignees and participants. */
export function usersOf(context: Context, logins: readonly Login[]): object[] {
  return [...new Set(logins)].flatMap((login) => {
    const account = login === null ? undefined : context.workspace.accounts.get(login);
    return account?.kind === 'User' ? [accountNode(context, account)] : [];
  });
}

/** A user, a bot, or a team that is named `team:SLUG`. */
export function reviewerNode(context: Context, owner: string, reviewer: string): object | null {
  const slug = /^team:(.+)$/.exec(reviewer)?.[1];
  if (slug === undefined) return actorNode(context, reviewer);
  return {
    __typename: 'Team',
    id: nodeId('Team', owner, slug),
    databaseId: null,
    name: slug,
    slug,
    combinedSlug: `${owner}/${slug}`,
    url: `${context.web}/orgs/${owner}/teams/${slug}`,
  };
}

/** All eight, also those that nobody gave. */
export function reactionGroups(context: Context, reactions: readonly Reaction[] = []): object[] {
  return REACTIONS.map((content) => {
    const users = reactions.find((each) => each.content === content)?.users ?? [];
    const people = connect(() => ({ items: usersOf(context, users), view: (user) => user }));
    return { content, createdAt: null, reactors: people, users: people };
  });
}

export function authorAssociation({ workspace }: Context, login: Login): string {
  const kind = login === null ? undefined : workspace.accounts.get(login)?.kind;
  return kind === 'User' ? 'MEMBER' : kind === 'Mannequin' ? 'MANNEQUIN' : 'NONE';
}
