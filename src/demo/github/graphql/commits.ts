import { nodeId } from '../ids.ts';
import { rollupState } from '../lookup.ts';
import { commitUrl } from '../urls.ts';
import type { Check, Commit, PullRequest } from '../workspace.ts';
import { connect } from './connection.ts';
import type { Scope } from './context.ts';
import { actorNode } from './people.ts';

/** A commit of a pull request; one that is not among its commits any more, or never was, is known by its id alone. */
export function commitNode(scope: Scope, pull: PullRequest, oid: string): object {
  const commit = pull.commits.find((each) => each.oid === oid) ?? unknownCommit(pull, oid);
  const { context, repository } = scope;
  const [headline = '', ...rest] = commit.message.split('\n');
  const isHead = commit.oid === pull.commits.at(-1)?.oid;
  const actor = () => ({
    name: commit.author.name,
    email: commit.author.email,
    date: commit.committedAt,
    user: commit.author.login === null ? null : userOrNull(scope, commit.author.login),
  });
  return {
    __typename: 'Commit',
    id: nodeId('Commit', repository.databaseId, pull.number, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    url: commitUrl(context.web, repository, oid),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    committedDate: commit.committedAt,
    authoredDate: commit.committedAt,
    author: actor,
    committer: actor,
    additions: isHead ? pull.files.additions : 0,
    deletions: isHead ? pull.files.deletions : 0,
    changedFilesIfAvailable: isHead ? pull.files.count : 0,
    statusCheckRollup: () => rollupNode(scope, pull, commit),
  };
}

function unknownCommit(pull: PullRequest, oid: string): Commit {
  const author = { name: 'GitHub', email: 'noreply@github.example', login: null };
  const message = oid === pull.mergeOid ? `${pull.title} (#${pull.number})` : 'Work in progress';
  return { oid, message, author, committedAt: pull.mergedAt ?? pull.createdAt };
}

/** Bots are no users: a commit of theirs names nobody. */
function userOrNull({ context }: Scope, login: string): object | null {
  return context.workspace.accounts.get(login)?.kind === 'User' ? actorNode(context, login) : null;
}

export function rollupNode(scope: Scope, pull: PullRequest, commit: Commit | undefined): object | null {
  const checks = commit?.checks ?? [];
  if (commit === undefined || checks.length === 0) return null;
  return {
    id: nodeId('Check', scope.repository.databaseId, pull.number, commit.oid),
    state: rollupState(checks),
    contexts: connect(() => ({ items: checks, view: (check) => checkNode(scope, pull, check) })),
  };
}

function checkNode(scope: Scope, pull: PullRequest, check: Check): object {
  const { context, repository } = scope;
  const id = (what: string) => nodeId('Check', repository.databaseId, pull.number, check.id, what);
  const url = `${context.web}/${repository.owner}/${repository.name}/actions/runs/${check.id}`;
  const isRequired = false;
  if (check.kind === 'status') {
    const { state, description, createdAt } = check;
    return {
      ...{ __typename: 'StatusContext', id: id('status'), context: check.context, state, description },
      ...{ targetUrl: url, createdAt, creator: null, isRequired },
    };
  }
  const { name, status, conclusion, startedAt, completedAt } = check;
  const workflow = { id: id('workflow'), name: 'CI' };
  return {
    ...{ __typename: 'CheckRun', id: id('run'), databaseId: check.id, name, status, conclusion, startedAt },
    ...{ completedAt, detailsUrl: url, url, title: null, summary: null, isRequired },
    checkSuite: {
      id: id('suite'),
      app: { id: id('app'), name: 'GitHub Actions', slug: 'github-actions' },
      workflowRun: { id: id('workflow-run'), url, workflow, event: 'pull_request', runNumber: check.id },
    },
  };
}
