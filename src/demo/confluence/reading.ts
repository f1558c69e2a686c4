import { type Call, Refusal, v2BadRequest, v2NotFound } from '../answer.ts';
import { currentVersion, isPage, maySee, titleOf } from '../workspace/access.ts';
import type { Comment, Content, Page, Workspace } from '../workspace/model.ts';
import type { BodyFormat } from './views.ts';

/** The values of a parameter that may be repeated or hold a list with commas; undefined when absent. */
export function listParameter(call: Call, name: string): readonly string[] | undefined {
  const values = call.query.getAll(name).flatMap((value) => value.split(','));
  return values.length === 0 ? undefined : values;
}

/** Ids of pages and spaces are numbers; anything else is the caller's mistake. */
export function idParameter(call: Call, name = 'id'): string {
  const id = call.params[name] ?? '';
  if (!/^\d+$/.test(id)) {
    throw new Refusal(
      v2BadRequest(`Provided value {${id}} for '${name}' is not the correct type. Expected type is long`),
    );
  }
  return id;
}

const FORMATS = ['storage', 'atlas_doc_format', 'view', 'export_view'] as const;

export function bodyFormat(
  call: Call,
  allowed: readonly string[] = ['storage', 'atlas_doc_format'],
): BodyFormat {
  const format = call.query.get('body-format');
  if (format === null) return undefined;
  if (!allowed.includes(format)) {
    throw new Refusal(v2BadRequest(`Provided value {${format}} for 'body-format' is not supported here`));
  }
  return FORMATS.find((known) => known === format) ?? 'view';
}

export function statusFilter(call: Call, defaults: readonly string[]): (content: Content) => boolean {
  const statuses = listParameter(call, 'status') ?? defaults;
  return (content) => statuses.includes(content.status);
}

const keys: Record<string, (content: Content) => string | number> = {
  id: (content) => Number(content.id),
  'created-date': (content) => content.createdAt,
  'modified-date': (content) =>
    content.kind === 'folder' ? content.createdAt : currentVersion(content).createdAt,
  'child-position': (content) => content.position,
  title: titleOf,
};

/** Sorted as the `sort` parameter says: `title`, `-modified-date`. Ties fall to the smaller id. */
export function sorted<T extends Content>(call: Call, contents: readonly T[], fallback = 'id'): T[] {
  const sort = call.query.get('sort') ?? fallback;
  const key = keys[sort.replace(/^-/, '')];
  if (key === undefined)
    throw new Refusal(v2BadRequest(`Provided value {${sort}} for 'sort' is not supported`));
  const sign = sort.startsWith('-') ? -1 : 1;
  return contents
    .map((content) => ({ content, key: key(content) }))
    .sort((a, b) => {
      const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
      return order * sign || Number(a.content.id) - Number(b.content.id);
    })
    .map(({ content }) => content);
}

/** The pages or blog posts that the account may see. */
export function visiblePages(workspace: Workspace, kind: Page['kind']): Page[] {
  const pages: Page[] = [];
  for (const content of workspace.content.values()) {
    if (isPage(content) && content.kind === kind && maySee(workspace, content)) pages.push(content);
  }
  return pages;
}

/** One page of the wanted kind, or the 404 that Confluence gives for absent and for forbidden ones alike. */
export function readPage(call: Call, kind: Page['kind'], statuses: (content: Content) => boolean): Page {
  const page = call.workspace.content.get(idParameter(call));
  if (!isPage(page) || page.kind !== kind || !statuses(page)) throw new Refusal(v2NotFound());
  if (!maySee(call.workspace, page) || call.faults.forbidden.has(page.id)) throw new Refusal(v2NotFound());
  return page;
}

/** Comments on pages that the account may see and that are not in the trash, oldest first. */
export function visibleComments(workspace: Workspace, kind: Comment['kind']): Comment[] {
  return [...workspace.comments.values()].filter((comment) => {
    if (comment.kind !== kind) return false;
    const page = workspace.content.get(comment.pageId);
    return page?.status === 'current' && maySee(workspace, page);
  });
}
