import { accountId, nodeId } from '../ids.ts';
import { avatarUrl } from '../urls.ts';
import type { Account, Login } from '../workspace.ts';
import type { RestCall } from './call.ts';

const GHOST: Account = { kind: 'User', login: 'ghost', databaseId: 10_137, name: 'Deleted user' };

/** An account within something else. Who deleted theirs is `ghost`; bots have a suffix. */
export function simpleUser({ workspace, web, api }: RestCall, login: Login): object {
  const account = (login === null ? undefined : workspace.accounts.get(login)) ?? GHOST;
  const { kind, databaseId } = account;
  const name = kind === 'Bot' ? `${account.login}[bot]` : account.login;
  const url = `${api}/users/${encodeURIComponent(name)}`;
  return {
    login: name,
    id: databaseId,
    node_id: accountId(account),
    avatar_url: avatarUrl(web, databaseId),
    gravatar_id: '',
    url,
    html_url: `${web}/${kind === 'Bot' ? 'apps/' : ''}${account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: kind,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** Whom a token acts for. */
export function ownUser(call: RestCall, account: Account): object {
  const since = '2025-09-01T07:00:00Z';
  return {
    ...simpleUser(call, account.login),
    ...{
      name: account.name,
      company: null,
      blog: '',
      location: null,
      email: null,
      hireable: null,
      bio: null,
    },
    ...{ twitter_username: null, public_repos: 0, public_gists: 0, followers: 0, following: 0 },
    ...{ created_at: since, updated_at: since },
  };
}

export function teamView({ web, api }: RestCall, owner: string, slug: string): object {
  const url = `${api}/orgs/${owner}/teams/${slug}`;
  return {
    ...{ id: 1, node_id: nodeId('Team', owner, slug), url, html_url: `${web}/orgs/${owner}/teams/${slug}` },
    ...{
      name: slug,
      slug,
      description: null,
      privacy: 'closed',
      permission: 'pull',
      parent: null,
      type: 'organization',
    },
    ...{ notification_setting: 'notifications_enabled' },
    ...{ members_url: `${url}/members{/member}`, repositories_url: `${url}/repos` },
  };
}
