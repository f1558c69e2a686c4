import type { Answer } from '../../answer.ts';
import { textOf } from '../../workspace/model.ts';
import { nodeId } from '../ids.ts';
import { commitUrl, itemUrl } from '../urls.ts';
import { type Commit, type Item, nameOf, type Review, type TimelineEvent } from '../workspace.ts';
import type { InRepository } from './call.ts';
import { associationOf, issueCommentView, issueView, labelView } from './items.ts';
import { listed } from './paging.ts';
import { simpleUser, teamView } from './people.ts';

/** All that happened to an issue or a pull request, in the order of time. */
export function timeline(call: InRepository, item: Item): Answer {
  const pull = item.kind === 'pull' ? item : undefined;
  const entries = [
    ...(pull?.commits ?? []).map((commit) => ({
      at: commit.committedAt,
      view: () => commitView(call, commit),
    })),
    ...item.events.map((event) => ({ at: event.at, view: () => eventView(call, item, event) })),
    ...(pull?.reviews ?? [])
      .filter(({ state }) => state !== 'PENDING')
      .map((review) => ({ at: review.createdAt, view: () => reviewView(call, item, review) })),
    ...item.comments.map((comment) => ({
      at: comment.createdAt,
      view: () => ({
        event: 'commented',
        ...issueCommentView(call, item, comment),
        actor: simpleUser(call, comment.author),
      }),
    })),
  ];
  entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return listed(call, entries, ({ view }) => view());
}

function commitView({ api, web, repository }: InRepository, commit: Commit): object {
  const { oid, message, author, committedAt } = commit;
  const by = { name: author.name, email: author.email, date: committedAt };
  const url = `${api}/repos/${nameOf(repository)}/git/commits/${oid}`;
  return {
    ...{ event: 'committed', sha: oid, node_id: nodeId('Commit', repository.databaseId, 0, oid), url },
    ...{ html_url: commitUrl(web, repository, oid), author: by, committer: by, message, parents: [] },
    tree: { sha: oid, url },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

function reviewView(call: InRepository, item: Item, review: Review): object {
  const { id, author, body, state, createdAt, oid } = review;
  const html = `${itemUrl(call.web, call.repository, item)}#pullrequestreview-${id}`;
  const pull = `${call.api}/repos/${nameOf(call.repository)}/pulls/${item.number}`;
  return {
    ...{ event: 'reviewed', id, user: simpleUser(call, author), body: textOf(body), commit_id: oid },
    node_id: nodeId('PullRequestReview', call.repository.databaseId, item.number, id),
    ...{ submitted_at: createdAt, state: state.toLowerCase(), html_url: html, pull_request_url: pull },
    ...{ author_association: associationOf(call, author) },
    _links: { html: { href: html }, pull_request: { href: pull } },
  };
}

/** What the two APIs call differently, beside the form: `HeadRefForcePushedEvent`, `head_ref_force_pushed`. */
const NAMES: Readonly<Record<string, string>> = {
  CrossReferencedEvent: 'cross-referenced',
  RenamedTitleEvent: 'renamed',
};

function eventView(call: InRepository, item: Item, event: TimelineEvent): object {
  const { api, repository } = call;
  const { id, kind, actor, at, about = {} } = event;
  const name =
    NAMES[kind] ??
    kind
      .replace(/Event$/, '')
      .replaceAll(/(?<!^)([A-Z])/g, '_$1')
      .toLowerCase();
  const by = simpleUser(call, actor);
  if (name === 'cross-referenced')
    return { event: name, actor: by, created_at: at, updated_at: at, source: sourceView(call, event) };
  const isTeam = about.reviewer?.startsWith('team:');
  return {
    ...{ id, node_id: nodeId('Event', repository.databaseId, item.number, id), event: name, actor: by },
    url: `${api}/repos/${nameOf(repository)}/issues/events/${id}`,
    ...{ commit_id: about.oid ?? about.after ?? null, commit_url: null, created_at: at },
    performed_via_github_app: null,
    ...(about.label === undefined ? {} : { label: labelName(call, about.label) }),
    ...(about.assignee === undefined ? {} : { assignee: simpleUser(call, about.assignee) }),
    ...(about.milestone === undefined ? {} : { milestone: { title: about.milestone } }),
    ...(kind === 'RenamedTitleEvent'
      ? { rename: { from: about.previousTitle, to: about.currentTitle } }
      : {}),
    ...(kind === 'LockedEvent'
      ? { lock_reason: about.lockReason?.toLowerCase().replace('_', ' ') ?? null }
      : {}),
    ...(kind === 'ClosedEvent' ? { state_reason: about.stateReason?.toLowerCase() ?? null } : {}),
    ...(about.reviewer === undefined ? {} : { review_requester: by }),
    ...(about.reviewer !== undefined && !isTeam
      ? { requested_reviewer: simpleUser(call, about.reviewer) }
      : {}),
    ...(about.reviewer !== undefined && isTeam
      ? { requested_team: teamView(call, repository.owner, about.reviewer.slice(5)) }
      : {}),
  };
}

function labelName(call: InRepository, label: string): object {
  const { name, color } = labelView(call, label) as { readonly name: string; readonly color: string };
  return { name, color };
}

function sourceView(call: InRepository, { about }: TimelineEvent): object {
  const repository = call.workspace.repositories.get(about?.source?.repository ?? 0);
  const item = repository?.items.get(about?.source?.number ?? 0);
  if (repository === undefined || item === undefined || !repository.readable) return { type: 'issue' };
  return { type: 'issue', issue: issueView({ ...call, repository }, item) };
}
