import { nodeId } from '../ids.ts';
import { repositoryUrl } from '../urls.ts';
import { nameOf, type Repository } from '../workspace.ts';
import type { RestCall } from './call.ts';
import { simpleUser } from './people.ts';

/** The addresses of what belongs to a repository, by the names of its fields. */
const PLACES: Readonly<Record<string, string>> = {
  archive_url: '{archive_format}{/ref}',
  assignees_url: 'assignees{/user}',
  blobs_url: 'git/blobs{/sha}',
  branches_url: 'branches{/branch}',
  collaborators_url: 'collaborators{/collaborator}',
  comments_url: 'comments{/number}',
  commits_url: 'commits{/sha}',
  compare_url: 'compare/{base}...{head}',
  contents_url: 'contents/{+path}',
  contributors_url: 'contributors',
  deployments_url: 'deployments',
  downloads_url: 'downloads',
  events_url: 'events',
  forks_url: 'forks',
  git_commits_url: 'git/commits{/sha}',
  git_refs_url: 'git/refs{/sha}',
  git_tags_url: 'git/tags{/sha}',
  hooks_url: 'hooks',
  issue_comment_url: 'issues/comments{/number}',
  issue_events_url: 'issues/events{/number}',
  issues_url: 'issues{/number}',
  keys_url: 'keys{/key_id}',
  labels_url: 'labels{/name}',
  languages_url: 'languages',
  merges_url: 'merges',
  milestones_url: 'milestones{/number}',
  notifications_url: 'notifications{?since,all,participating}',
  pulls_url: 'pulls{/number}',
  releases_url: 'releases{/id}',
  stargazers_url: 'stargazers',
  statuses_url: 'statuses/{sha}',
  subscribers_url: 'subscribers',
  subscription_url: 'subscription',
  tags_url: 'tags',
  teams_url: 'teams',
  trees_url: 'git/trees{/sha}',
};

export function repositoryView(call: RestCall, repository: Repository): object {
  const { databaseId, name, owner, description, isPrivate, isArchived, homepage, topics } = repository;
  const { language, defaultBranch, createdAt, updatedAt, pushedAt } = repository;
  const url = `${call.api}/repos/${nameOf(repository)}`;
  const web = repositoryUrl(call.web, repository);
  const places = Object.entries(PLACES).map(([field, place]) => [field, `${url}/${place}`]);
  const open = repository.items.facts().filter(({ state }) => state === 'OPEN').length;
  return {
    ...{ id: databaseId, node_id: nodeId('Repository', databaseId), name, full_name: nameOf(repository) },
    ...{ private: isPrivate, owner: simpleUser(call, owner), html_url: web, description, fork: false, url },
    ...Object.fromEntries(places),
    ...{ git_url: `git:${web.replace(/^https?:/, '')}.git`, clone_url: `${web}.git`, svn_url: web, homepage },
    ...{
      ssh_url: `git@${new URL(web).host}:${nameOf(repository)}.git`,
      mirror_url: null,
      size: 108,
      language,
    },
    ...{ created_at: createdAt, updated_at: updatedAt, pushed_at: pushedAt, stargazers_count: 0 },
    ...{
      watchers_count: 0,
      watchers: 0,
      forks_count: 0,
      forks: 0,
      open_issues_count: open,
      open_issues: open,
    },
    ...{ has_issues: true, has_projects: false, has_wiki: true, has_pages: false, has_downloads: true },
    ...{ has_discussions: repository.categories.length > 0, archived: isArchived, disabled: false },
    ...{ license: null, allow_forking: true, is_template: false, web_commit_signoff_required: false, topics },
    ...{ visibility: isPrivate ? 'private' : 'public', default_branch: defaultBranch },
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
  };
}

/** A repository by itself. */
export const fullRepositoryView = (call: RestCall, repository: Repository): object => ({
  ...repositoryView(call, repository),
  ...{ organization: simpleUser(call, repository.owner), network_count: 0, subscribers_count: 0 },
});
