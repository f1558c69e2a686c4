import {
  addComment,
  addLabel,
  archivePage,
  attachFile,
  createFolder,
  createPage,
  editPage,
  pageIdByTitle,
  replyComment,
  resolveComment,
  restrictPage,
} from '../edits.ts';
import { put } from '../journal.ts';
import type { Workspace } from '../model.ts';
import type { CommentSpec, PageSpec } from './page-spec.ts';
import { personId } from './people.ts';
import { storage } from './to-storage.ts';

/** Sets the workspace's clock so that the next edit happens at `on` (`2026-02-03 10:15`, UTC). */
export function setClock(workspace: Workspace, on: string): void {
  workspace.now = Date.parse(`${on.replace(' ', 'T')}Z`) - 60_000;
}

/** Creates the pages of one space in the order given: a parent comes before its children. */
export function populateSpace(workspace: Workspace, space: string, specs: readonly PageSpec[]): void {
  for (const spec of specs) populatePage(workspace, space, spec);
}

function populatePage(workspace: Workspace, space: string, spec: PageSpec): void {
  setClock(workspace, spec.on);
  const by = personId(spec.by);
  const parent = spec.under === undefined ? {} : { parent: pageIdByTitle(workspace, space, spec.under) };
  if (spec.kind === 'folder') {
    createFolder(workspace, { space, title: spec.title, by, ...parent });
    return;
  }
  const kind = spec.kind ?? 'page';
  const id = createPage(workspace, {
    space,
    title: spec.title,
    body: storage(spec.body ?? ''),
    kind,
    by,
    ...parent,
  });
  makeFirstPageHome(workspace, space, id);
  for (const name of spec.labels ?? []) addLabel(workspace, id, name);
  for (const file of spec.files ?? []) attachFile(workspace, id, { ...file, by });
  if (spec.groups !== undefined || spec.users !== undefined) {
    restrictPage(workspace, id, { groups: spec.groups ?? [], users: (spec.users ?? []).map(personId) });
  }
  for (const edit of spec.edits ?? []) {
    setClock(workspace, edit.on);
    const message = edit.message ?? '';
    editPage(workspace, id, { body: storage(edit.body), message, by: personId(edit.by) });
  }
  for (const comment of spec.comments ?? []) populateComment(workspace, id, comment);
  if (spec.archived) archivePage(workspace, id);
}

function makeFirstPageHome(workspace: Workspace, key: string, pageId: string): void {
  const space = [...workspace.spaces.values()].find((each) => each.key === key);
  if (space !== undefined && space.homepageId === '') {
    workspace.spaces.set(space.id, { ...space, homepageId: pageId });
  }
}

function populateComment(workspace: Workspace, pageId: string, spec: CommentSpec): void {
  setClock(workspace, spec.on);
  const [ref = '', selection = ''] = spec.mark ?? [];
  const on = spec.mark === undefined ? {} : { on: { ref, selection } };
  const id = addComment(workspace, pageId, { body: storage(spec.text), by: personId(spec.by), ...on });
  for (const reply of spec.replies ?? []) {
    setClock(workspace, reply.on);
    replyComment(workspace, id, { body: storage(reply.text), by: personId(reply.by) });
  }
  if (spec.resolvedBy !== undefined) resolveComment(workspace, id, { by: personId(spec.resolvedBy) });
}

const PAGE_ADDRESS = /@@PAGE:(?:([A-Z]+):)?([^@]+)@@/g;

/** Puts the addresses of pages where texts name them by title: ids are known only when all pages exist. */
export function resolvePageAddresses(workspace: Workspace): void {
  const resolve = (text: string, space: string): string =>
    text.replace(PAGE_ADDRESS, (_, key: string | undefined, title: string) => {
      const id = pageIdByTitle(workspace, key ?? space, title);
      return `@@SITE@@/wiki/spaces/${key ?? space}/pages/${id}`;
    });
  for (const content of workspace.content.values()) {
    if (content.kind === 'folder') continue;
    const space = workspace.spaces.get(content.spaceId)?.key ?? '';
    const versions = content.versions.map((version) =>
      typeof version.body === 'string' ? { ...version, body: resolve(version.body, space) } : version,
    );
    put(workspace, 'content', content.id, { ...content, versions });
  }
  for (const issue of workspace.issues.values()) {
    const { description, comments } = issue;
    if (typeof description === 'function') continue;
    const text = resolve(JSON.stringify({ description, comments }), '');
    put(workspace, 'issues', issue.id, { ...issue, ...JSON.parse(text) });
  }
}
