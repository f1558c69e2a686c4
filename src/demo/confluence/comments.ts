import { type Call, ok, Refusal, v2NotFound } from '../answer.ts';
import { pageOfResults } from '../paging.ts';
import type { Handler, RouteEntry } from '../router.ts';
import { currentVersion, maySee } from '../workspace/access.ts';
import type { Comment, Page } from '../workspace/model.ts';
import { bodyFormat, idParameter, listParameter, readPage, visibleComments } from './reading.ts';
import { showComment } from './views.ts';

function inOrder(call: Call, comments: readonly Comment[]): Comment[] {
  const sort = call.query.get('sort') ?? 'created-date';
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = (comment: Comment) =>
    sort.endsWith('modified-date')
      ? currentVersion(comment).createdAt
      : (comment.versions[0]?.createdAt ?? '');
  return comments.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    return (left < right ? -1 : left > right ? 1 : Number(a.id) - Number(b.id)) * sign;
  });
}

/** All comments of the site, replies among them. */
function listAll(kind: Comment['kind']): Handler {
  return (call) => {
    const format = bodyFormat(call);
    const comments = inOrder(call, visibleComments(call.workspace, kind));
    return ok(pageOfResults(call, comments, (comment) => showComment(call.workspace, comment, format)));
  };
}

/** The first comments of a page's threads; replies are their children. */
function listOfPage(pageKind: Page['kind'], kind: Comment['kind']): Handler {
  return (call) => {
    const page = readPage(call, pageKind, () => true);
    const format = bodyFormat(call);
    const resolutions = listParameter(call, 'resolution-status');
    const threads = [...call.workspace.comments.values()].filter(
      (comment) =>
        comment.pageId === page.id &&
        comment.kind === kind &&
        comment.parentId === null &&
        (resolutions?.includes(comment.resolution?.status ?? 'open') ?? true),
    );
    const ordered = inOrder(call, threads);
    return ok(pageOfResults(call, ordered, (comment) => showComment(call.workspace, comment, format)));
  };
}

function readComment(call: Call, kind: Comment['kind']): Comment {
  const comment = call.workspace.comments.get(idParameter(call));
  const page = comment === undefined ? undefined : call.workspace.content.get(comment.pageId);
  if (comment?.kind !== kind || page === undefined || !maySee(call.workspace, page)) {
    throw new Refusal(v2NotFound());
  }
  return comment;
}

function getComment(kind: Comment['kind']): Handler {
  return (call) => {
    const shown = showComment(call.workspace, readComment(call, kind), bodyFormat(call));
    return ok({ ...shown, _links: { ...shown._links, base: `${call.settings.site}/wiki` } });
  };
}

function listReplies(kind: Comment['kind']): Handler {
  return (call) => {
    const parent = readComment(call, kind);
    const format = bodyFormat(call);
    const replies = [...call.workspace.comments.values()].filter((comment) => comment.parentId === parent.id);
    const ordered = inOrder(call, replies);
    return ok(pageOfResults(call, ordered, (comment) => showComment(call.workspace, comment, format)));
  };
}

function routesOf(kind: Comment['kind']): RouteEntry[] {
  const path = `/wiki/api/v2/${kind}-comments`;
  return [
    [`GET ${path}`, listAll(kind)],
    [`GET ${path}/:id`, getComment(kind)],
    [`GET ${path}/:id/children`, listReplies(kind)],
    [`GET /wiki/api/v2/pages/:id/${kind}-comments`, listOfPage('page', kind)],
    [`GET /wiki/api/v2/blogposts/:id/${kind}-comments`, listOfPage('blogpost', kind)],
  ];
}

export const commentRoutes: readonly RouteEntry[] = [...routesOf('footer'), ...routesOf('inline')];
