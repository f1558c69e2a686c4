import type { RootContent } from 'mdast';
import type { Facts } from '../../core/document.ts';
import type { Plain } from '../../core/plain.ts';
import { bulletList, link, text } from '../nodes.ts';
import { readableSize } from '../readable-size.ts';
import { checkBlocks, digestOf, failedChecks } from './checks.ts';
import type { CompleteDiscussion, CompleteIssue, CompletePull, CompleteRelease } from './complete.ts';
import { fileBlocks } from './files.ts';
import { TYPES } from './model.ts';
import type { Issue, PullRequest, Reference } from './schema.ts';
import { threadBlocks, withoutDrafts } from './threads.ts';
import { timelineBlocks } from './timeline.ts';
import { note, present, type Rendered, section, siteOf, Writing } from './writing.ts';

export interface RenderOptions {
  readonly source: string;
  readonly comments: boolean;
  /** The views that found it, in the order of the configuration. */
  readonly views: readonly string[];
  /** Whether its repository is not read, but for what searches find. */
  readonly isOnlyInViews: boolean;
}

type Fields = Record<string, Plain>;

export function renderPull(
  { node, timeline, commits, files, threads, checks }: CompletePull,
  options: RenderOptions,
): Rendered {
  const writing = writingOf(node, options);
  const isOpen = node.state === 'OPEN';
  const failing = isOpen ? failedChecks(checks) : [];
  const shown = threads.map(withoutDrafts).filter(({ comments }) => comments.length > 0);
  const closes = namesOf(present(node.closingIssuesReferences), writing);
  const state = { node, threads: threads.map(({ thread }) => thread), checks };
  const fields = {
    draft: node.isDraft || null,
    base: node.baseRefName,
    head: headOf(node),
    head_commit: node.headRefOid,
    merged: node.mergedAt ?? null,
    merged_by: node.mergedBy ? writing.name(node.mergedBy) : null,
    merge_commit: node.mergeCommit?.oid ?? null,
    reviewers: reviewersOf(node, writing),
    review_decision: node.reviewDecision?.toLowerCase() ?? null,
    closes,
    commits: commits.length,
    files: node.changedFiles,
    additions: node.additions,
    deletions: node.deletions,
    threads: shown.length,
    unresolved_threads: shown.filter(({ thread }) => !thread.isResolved).length,
    ...(isOpen && {
      checks: node.statusCheckRollup?.state.toLowerCase() ?? null,
      failing_checks: [...new Set(failing.map(({ name }) => name))],
      digest: digestOf(state),
    }),
  };
  const children = [
    ...writing.read(node.body, 1),
    ...writing.reactions(node.reactionGroups),
    ...section('Commits', commitList(commits, writing)),
    ...section('Files', fileBlocks(files, node.changedFiles, writing)),
    ...section('Checks', checkBlocks(failing)),
    ...section('Timeline', timelineBlocks(timeline, writing, options)),
    ...section('Review threads', options.comments ? threadBlocks(shown, writing) : []),
  ];
  const facts = itemFacts(node, TYPES.pulls, { ...itemFields(node, timeline, writing), ...fields }, writing);
  return writing.document({ ...facts, ...viewFacts(facts, options) }, children);
}

export function renderIssue({ node, timeline }: CompleteIssue, options: RenderOptions): Rendered {
  const writing = writingOf(node, options);
  const [parent] = namesOf(node.parent ? [node.parent] : [], writing);
  const fields = {
    ...itemFields(node, timeline, writing),
    state_reason: node.stateReason?.toLowerCase() ?? null,
    parent_issue: parent ?? null,
    sub_issues: namesOf(present(node.subIssues), writing),
  };
  const children = [
    ...writing.read(node.body, 1),
    ...writing.reactions(node.reactionGroups),
    ...section('Parent', referenceList(node.parent ? [node.parent] : [], writing)),
    ...section('Sub-issues', referenceList(present(node.subIssues), writing)),
    ...section('Timeline', timelineBlocks(timeline, writing, options)),
  ];
  const facts = itemFacts(node, TYPES.issues, fields, writing);
  return writing.document({ ...facts, ...viewFacts(facts, options) }, children);
}

export function renderDiscussion({ node, comments }: CompleteDiscussion, options: RenderOptions): Rendered {
  const writing = writingOf(node, options);
  const count = comments.reduce((sum, { replies }) => sum + 1 + replies.length, 0);
  const fields = {
    ...placeFields(node),
    category: node.category.name,
    answered: node.isAnswered ?? null,
    state_reason: node.stateReason?.toLowerCase() ?? null,
    closed: node.closedAt ?? null,
    locked: node.locked || null,
    comments: count,
  };
  const blocks = comments.flatMap(({ comment, replies }) => [
    ...(comment.deletedAt
      ? [note('This comment was deleted.')]
      : writing.comment(comment, 3, comment.isAnswer ? ' answered' : '')),
    ...replies.filter(({ deletedAt }) => !deletedAt).flatMap((reply) => writing.comment(reply, 4)),
  ]);
  const children = [
    ...writing.read(node.body, 1),
    ...writing.reactions(node.reactionGroups, node.upvoteCount),
    ...section('Comments', options.comments ? blocks : []),
  ];
  const { id, title, url, createdAt, updatedAt, labels } = node;
  const facts = {
    ...{ id, type: TYPES.discussions, title: title || id, url, created: createdAt, updated: updatedAt },
    ...{ author: writing.name(node.author), status: node.closed ? 'closed' : 'open', key: keyOf(node) },
    ...{ labels: present(labels).map(({ name }) => name), fields },
  };
  return writing.document(facts, children);
}

export function renderRelease({ node, assets }: CompleteRelease, options: RenderOptions): Rendered {
  const writing = writingOf(node, options);
  const { repository, id, tagName: tag, name, url, createdAt, updatedAt } = node;
  const fields = {
    ...{ repository: repository.nameWithOwner, repository_id: repository.id, tag },
    published: node.publishedAt ?? null,
    prerelease: node.isPrerelease || null,
    assets: assets.length,
  };
  const items = assets.map((asset) => {
    const details = [readableSize(asset.size), asset.contentType].filter(Boolean).join(' · ');
    return [link(asset.downloadUrl, asset.name), ...(details ? [text(` · ${details}`)] : [])];
  });
  const children = [
    ...writing.read(node.description, 1),
    ...section('Assets', items.length === 0 ? [] : [bulletList(items)]),
  ];
  return writing.document(
    {
      ...{ id, type: TYPES.releases, title: name || tag, url, created: createdAt, updated: updatedAt },
      ...(node.author && { author: writing.name(node.author) }),
      fields,
    },
    children,
  );
}

function writingOf(
  { repository: { id, nameWithOwner, url } }: { readonly repository: PullRequest['repository'] },
  { source }: RenderOptions,
): Writing {
  return new Writing({ source, site: siteOf(url), repository: nameWithOwner, repositoryId: id });
}

type Numbered = Pick<PullRequest, 'number' | 'repository'>;

const keyOf = ({ repository, number }: Numbered): string => `${repository.nameWithOwner}#${number}`;

function placeFields({ repository, number }: Numbered): Fields {
  return { repository: repository.nameWithOwner, repository_id: repository.id, number };
}

/** What pull requests and issues have in common. */
function itemFacts(
  node: PullRequest | Issue,
  type: string,
  fields: Fields,
  writing: Writing,
): Omit<Facts, 'source' | 'people'> {
  const { id, title, url, createdAt, updatedAt, labels } = node;
  return {
    ...{ id, type, title: title || id, url, created: createdAt, updated: updatedAt },
    ...{ author: writing.name(node.author), status: node.state.toLowerCase(), key: keyOf(node) },
    ...{ labels: present(labels).map(({ name }) => name) },
    fields: { ...placeFields(node), ...fields },
  };
}

function itemFields(
  node: PullRequest | Issue,
  timeline: CompleteIssue['timeline'],
  writing: Writing,
): Fields {
  return {
    closed: node.closedAt ?? null,
    milestone: node.milestone?.title ?? null,
    assignees: present(node.assignees).map((actor) => writing.name(actor)),
    locked: node.locked || null,
    comments: timeline.filter(({ __typename: type }) => type === 'IssueComment').length,
  };
}

function viewFacts(
  { fields = {} }: Pick<Facts, 'fields'>,
  { views, isOnlyInViews }: RenderOptions,
): Pick<Facts, 'views' | 'fields'> {
  return {
    ...(views.length > 0 && { views }),
    ...(isOnlyInViews && { fields: { ...fields, only_in_views: true } }),
  };
}

function namesOf(references: readonly Reference[], writing: Writing): string[] {
  return references.flatMap((reference) => writing.referenceName(reference) ?? []);
}

function referenceList(references: readonly Reference[], writing: Writing): RootContent[] {
  const items = references.flatMap((reference) => {
    const shown = writing.reference(reference);
    return shown ? [[shown]] : [];
  });
  return items.length === 0 ? [] : [bulletList(items)];
}

/** A branch of a fork is told with its repository. */
function headOf({ headRefName, headRepository, isCrossRepository }: PullRequest): string {
  return isCrossRepository ? `${headRepository?.nameWithOwner ?? 'unknown'}:${headRefName}` : headRefName;
}

/** Who was asked for a review, and who gave one. */
function reviewersOf(node: PullRequest, writing: Writing): string[] {
  const asked = present(node.reviewRequests).map(({ requestedReviewer }) => writing.name(requestedReviewer));
  const given = present(node.latestReviews)
    .filter(({ state }) => state !== 'PENDING')
    .map(({ author }) => writing.name(author));
  return [...new Set([...given, ...asked])].sort();
}

function commitList(commits: CompletePull['commits'], writing: Writing): RootContent[] {
  const items = commits.map(({ commit: { oid, url, messageHeadline, author } }) => {
    const who = author?.user ? writing.name(author.user) : author?.name || 'Someone';
    return [link(url, oid.slice(0, 7)), text(` ${messageHeadline} · ${who}`)];
  });
  return items.length === 0 ? [] : [bulletList(items)];
}
