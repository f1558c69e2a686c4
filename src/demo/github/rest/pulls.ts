import { createHash } from 'node:crypto';
import type { Answer } from '../../answer.ts';
import { textOf } from '../../workspace/model.ts';
import { nodeId } from '../ids.ts';
import { LISTED_FILES } from '../lookup.ts';
import { itemUrl, repositoryUrl } from '../urls.ts';
import {
  type ChangedFile,
  headOf,
  nameOf,
  type PullRequest,
  type ReviewComment,
  type ReviewThread,
} from '../workspace.ts';
import type { InRepository } from './call.ts';
import { associationOf, reactionsView } from './items.ts';
import { linkHeader, listed, pageAsked } from './paging.ts';
import { simpleUser } from './people.ts';

/** Made page by page: a pull request may change very many files. */
export function files(call: InRepository, pull: PullRequest): Answer {
  const page = pageAsked(call);
  const count = Math.min(pull.files.count, LISTED_FILES);
  const start = (page.number - 1) * page.size;
  const length = Math.max(0, Math.min(page.size, count - start));
  const body = Array.from({ length }, (_, index) => fileView(call, pull, pull.files.at(start + index)));
  return { status: 200, headers: linkHeader(call, page, Math.ceil(count / page.size)), body };
}

const STATUS = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'removed', RENAMED: 'renamed' } as const;

function fileView({ api, web, repository }: InRepository, pull: PullRequest, file: ChangedFile): object {
  const { path, previousPath, change, additions, deletions, patch } = file;
  const head = headOf(pull);
  const place = path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: createHash('sha1').update(`${head} ${path}`).digest('hex'),
    ...{ filename: path, status: STATUS[change], additions, deletions, changes: additions + deletions },
    blob_url: `${repositoryUrl(web, repository)}/blob/${head}/${place}`,
    raw_url: `${repositoryUrl(web, repository)}/raw/${head}/${place}`,
    contents_url: `${api}/repos/${nameOf(repository)}/contents/${place}?ref=${head}`,
    ...(patch === undefined ? {} : { patch }),
    ...(previousPath === undefined ? {} : { previous_filename: previousPath }),
  };
}

/** Comments on lines; REST does not say what is resolved. */
export function reviewComments(call: InRepository, pull: PullRequest): Answer {
  const all = pull.threads.flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })));
  all.sort((a, b) => a.comment.id - b.comment.id);
  return listed(call, all, ({ thread, comment }) => reviewCommentView(call, pull, thread, comment));
}

function reviewCommentView(
  call: InRepository,
  pull: PullRequest,
  thread: ReviewThread,
  comment: ReviewComment,
): object {
  const { api, web, repository } = call;
  const { id, author, body, createdAt, editedAt, reactions, review, oid } = comment;
  const base = `${api}/repos/${nameOf(repository)}/pulls`;
  const url = `${base}/comments/${id}`;
  const html = `${itemUrl(web, repository, pull)}#discussion_r${id}`;
  const root = thread.comments[0]?.id;
  const { path, line, originalLine, startLine, originalStartLine, side, subject, diffHunk } = thread;
  return {
    ...{ url, pull_request_review_id: review, id, diff_hunk: diffHunk, path },
    node_id: nodeId('PullRequestReviewComment', repository.databaseId, pull.number, id),
    ...{ commit_id: headOf(pull), original_commit_id: oid },
    ...{
      user: simpleUser(call, author),
      body: textOf(body),
      author_association: associationOf(call, author),
    },
    ...{ created_at: createdAt, updated_at: editedAt ?? createdAt, html_url: html },
    pull_request_url: `${base}/${pull.number}`,
    _links: {
      ...{ self: { href: url }, html: { href: html }, pull_request: { href: `${base}/${pull.number}` } },
    },
    reactions: reactionsView(`${url}/reactions`, reactions),
    ...{ start_line: startLine, original_start_line: originalStartLine, line, original_line: originalLine },
    ...{ start_side: originalStartLine === null ? null : side, side, subject_type: subject.toLowerCase() },
    ...{ original_position: 1, position: line === null ? null : 1 },
    ...(root === id || root === undefined ? {} : { in_reply_to_id: root }),
  };
}
