import fc from 'fast-check';
import { ancestorsOf, childrenOf } from '../../src/demo/workspace/access.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { type Content, type Page, textOf, type Workspace } from '../../src/demo/workspace/model.ts';
import { png, showing } from './files.ts';
import { include, ME, mention, OTHER, pageLink, paragraph, THIRD, textFile } from './small-workspace.ts';

/** What happens, and two numbers that choose to what. */
export type Happening = readonly [name: keyof typeof happenings, a: number, b: number];

/** Sequences of edits, one list for each time between two builds. */
export function editsBetweenBuilds(limits: {
  readonly builds: number;
  readonly edits: number;
}): fc.Arbitrary<Happening[][]> {
  const name = fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[]));
  const happening = fc.tuple(name, fc.nat({ max: 99 }), fc.nat({ max: 99 }));
  return fc.array(fc.array(happening, { minLength: 1, maxLength: limits.edits }), {
    minLength: 1,
    maxLength: limits.builds,
  });
}

/** Makes it happen, if the workspace has anything that it can happen to. */
export function happen(workspace: Workspace, [name, a, b]: Happening): void {
  happenings[name]({
    workspace,
    a,
    b,
    page: (n) => pick(pagesOf(workspace, 'current'), n),
    trashed: (n) => pick([...pagesOf(workspace, 'trashed'), ...pagesOf(workspace, 'archived')], n),
    comment: (n) =>
      pick(
        [...workspace.comments.values()].filter(
          ({ pageId }) => workspace.content.get(pageId)?.status === 'current',
        ),
        n,
      ),
    issue: (n) => pick([...workspace.issues.values()].map(({ key }) => key).sort(), n),
  });
}

interface Choice {
  readonly workspace: Workspace;
  readonly a: number;
  readonly b: number;
  page(n: number): Page | undefined;
  trashed(n: number): Page | undefined;
  comment(n: number): { readonly id: string } | undefined;
  issue(n: number): string | undefined;
}

/** Few names, so that titles collide, return and get swapped. */
const TITLES = ['Alpha', 'ALPHA!', 'Beta', 'Guide', 'Decisions', 'Index', '🎉', 'Alpha 2'];
const titleOf = (n: number) => TITLES[n % TITLES.length] as string;
const personOf = (n: number) => [ME, OTHER, THIRD][n % 3] as string;
const projectOf = (n: number) => ['SHOP', 'OPS'][n % 2] as string;

export const happenings = {
  createPage({ workspace, page, a, b }: Choice) {
    const parent = page(a)?.kind === 'page' ? page(a) : undefined;
    const space = spaceOf(workspace, parent, b);
    createUnique(workspace, space, `New ${titleOf(b)}`, (title) =>
      edits.createPage(workspace, {
        space,
        title,
        body: textAbout(workspace, a, b),
        by: personOf(b),
        ...(parent && { parent: parent.id }),
      }),
    );
  },
  createBlogPost({ workspace, a, b }: Choice) {
    edits.createPage(workspace, {
      space: ['ENG', 'OPS'][a % 2] as string,
      kind: 'blogpost',
      title: titleOf(b),
      body: textAbout(workspace, a, b),
    });
  },
  createFolder({ workspace, page, a, b }: Choice) {
    const parent = page(a)?.kind === 'page' ? page(a) : undefined;
    const folder = edits.createFolder(workspace, {
      space: spaceOf(workspace, parent, b),
      title: titleOf(b),
      ...(parent && { parent: parent.id }),
    });
    const child = page(b);
    if (child?.kind === 'page' && !isAbove(workspace, child.id, folder))
      edits.movePage(workspace, child.id, { parent: folder }, { refactorLinks: isOpen(workspace, child.id) });
  },
  editPage({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (target) edits.editPage(workspace, target.id, { body: textAbout(workspace, b, a), by: personOf(b) });
  },
  retitlePage({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (target) retitle(workspace, target, titleOf(b), b % 2 === 0);
  },
  swapTitles({ workspace, page, a, b }: Choice) {
    const [one, two] = [page(a), page(b)];
    if (!one || !two || one.id === two.id || one.spaceId !== two.spaceId || one.kind !== two.kind) return;
    const [first, second] = [lastTitle(one), lastTitle(two)];
    const refactorLinks = isOpen(workspace, one.id) && isOpen(workspace, two.id);
    edits.retitlePage(workspace, one.id, `${first} for a moment`, { refactorLinks });
    edits.retitlePage(workspace, two.id, first, { refactorLinks });
    edits.retitlePage(workspace, one.id, second, { refactorLinks });
  },
  movePage({ workspace, page, a, b }: Choice) {
    const [moved, parent] = [page(a), page(b)];
    if (
      moved?.kind !== 'page' ||
      parent?.kind !== 'page' ||
      isAbove(workspace, moved.id, parent.id) ||
      isHome(workspace, moved)
    )
      return;
    const others = titlesIn(workspace, parent.spaceId);
    if (
      moved.spaceId !== parent.spaceId &&
      below(workspace, moved.id).some((title) => others.has(title.toLowerCase()))
    )
      return;
    const refactorLinks = b % 2 === 0 && isOpen(workspace, moved.id);
    edits.movePage(workspace, moved.id, { parent: parent.id }, { refactorLinks });
  },
  trashPage({ workspace, page, a }: Choice) {
    const target = page(a);
    if (target && !isHome(workspace, target)) edits.trashPage(workspace, target.id);
  },
  archivePage({ workspace, page, a }: Choice) {
    const target = page(a);
    if (target?.kind === 'page' && !isHome(workspace, target) && below(workspace, target.id).length === 1)
      edits.archivePage(workspace, target.id);
  },
  purgePage({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (!target || isHome(workspace, target) || below(workspace, target.id).length > 1) return;
    edits.trashPage(workspace, target.id);
    edits.purgePage(workspace, target.id, { forget: b % 2 === 0 });
  },
  restorePage({ workspace, trashed, a }: Choice) {
    const target = trashed(a);
    if (target && !titlesIn(workspace, target.spaceId).has(lastTitle(target).toLowerCase()))
      edits.restorePage(workspace, target.id);
  },
  restrictPage({ workspace, page, a }: Choice) {
    const target = page(a);
    if (target) edits.restrictPage(workspace, target.id, { users: [ME] });
  },
  hidePage({ workspace, page, a }: Choice) {
    const target = page(a);
    if (target && !isHome(workspace, target)) edits.restrictPage(workspace, target.id, { users: [OTHER] });
  },
  unrestrictPages({ workspace }: Choice) {
    for (const { id, readers } of pagesOf(workspace, 'current'))
      if (readers.users.length > 0) edits.unrestrictPage(workspace, id);
  },
  addLabel({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (target) edits.addLabel(workspace, target.id, `label-${b % 4}`);
  },
  removeLabel({ workspace, page, a }: Choice) {
    const target = page(a);
    const label = target?.labels[0];
    if (target && label) edits.removeLabel(workspace, target.id, label.name);
  },
  attachPageFile({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (target) edits.attachFile(workspace, target.id, textFile(`file-${b % 3}.txt`, `Version ${a} ${b}`));
  },
  removePageFile({ workspace, a }: Choice) {
    const target = pick([...workspace.attachments.keys()].sort(), a);
    if (target) edits.removeFile(workspace, target);
  },
  movePageFile({ workspace, page, a, b }: Choice) {
    const file = pick([...workspace.attachments.keys()].sort(), a);
    const title = `${['file', 'picture'][a % 2]}-${b % 3}.txt`;
    const target = page(b);
    const isTaken = [...workspace.attachments.values()].some(
      (each) => each.pageId === target?.id && each.title === title,
    );
    if (file && target && !isTaken) edits.moveFile(workspace, file, { title, page: target.id });
  },
  addComment({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (target)
      edits.addComment(workspace, target.id, {
        body: `<p>Note ${b} for ${mention(personOf(a))}</p>`,
        by: personOf(b),
      });
  },
  addInlineComment({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (target)
      edits.addComment(workspace, target.id, {
        body: `<p>Why ${b}?</p>`,
        on: { selection: 'text', ref: `ref-${b}` },
        by: personOf(b),
      });
  },
  replyComment({ workspace, comment, a, b }: Choice) {
    const target = comment(a);
    if (target) edits.replyComment(workspace, target.id, { body: `<p>Reply ${b}</p>`, by: personOf(b) });
  },
  editComment({ workspace, comment, a, b }: Choice) {
    const target = comment(a);
    if (target) edits.editComment(workspace, target.id, { body: `<p>Edited ${b}</p>` });
  },
  resolveComment({ workspace, a, b }: Choice) {
    const target = pick(
      [...workspace.comments.values()].filter(({ kind, parentId }) => kind === 'inline' && parentId === null),
      a,
    );
    if (target) edits.resolveComment(workspace, target.id, { status: b % 2 === 0 ? 'resolved' : 'reopened' });
  },
  /** Settles what was open and opens what was settled: the counts stay. */
  flipResolutions({ workspace }: Choice) {
    for (const { id, kind, parentId, resolution } of [...workspace.comments.values()]) {
      if (kind !== 'inline' || parentId !== null) continue;
      edits.resolveComment(workspace, id, {
        status: resolution?.status === 'resolved' ? 'reopened' : 'resolved',
      });
    }
  },
  deleteComment({ workspace, comment, a }: Choice) {
    const target = comment(a);
    if (target) edits.deleteComment(workspace, target.id);
  },
  attachToPage({ workspace, page, a, b }: Choice) {
    const target = page(a);
    if (!target) return;
    const title = `picture ${b % 3}.png`;
    edits.attachFile(workspace, target.id, {
      title,
      mediaType: 'image/png',
      bytes: () => png(String(b % 4)),
    });
    const body = `<p>Seen:</p><ac:image><ri:attachment ri:filename="${title}" /></ac:image>`;
    if (b % 5 > 0) edits.editPage(workspace, target.id, { body });
  },
  renameUser({ workspace, a, b }: Choice) {
    edits.renameUser(workspace, personOf(a), `Person ${b}`);
  },
  createIssue({ workspace, issue, a, b }: Choice) {
    const parent = issue(a);
    edits.createIssue(workspace, {
      project: projectOf(b),
      summary: `${titleOf(a)} ticket`,
      assignee: b % 3 === 0 ? ME : null,
      reporter: personOf(b),
      description: paragraph(`About ${a}`),
      ...(b % 4 === 0 && parent !== undefined && { parent, type: 'Sub-task' }),
    });
  },
  editIssue({ workspace, issue, a, b }: Choice) {
    const target = issue(a);
    if (target)
      edits.editIssue(workspace, target, {
        summary: `${titleOf(b)} again`,
        description: paragraph(`Now ${b}`),
        labels: [`l${b % 3}`],
      });
  },
  transitionIssue({ workspace, issue, a, b }: Choice) {
    const target = issue(a);
    if (target)
      edits.transitionIssue(workspace, target, ['To Do', 'In Progress', 'Done'][b % 3] as string, {
        by: personOf(a),
      });
  },
  assignIssue({ workspace, issue, a, b }: Choice) {
    const target = issue(a);
    if (target) edits.assignIssue(workspace, target, b % 4 === 0 ? null : personOf(b));
  },
  commentIssue({ workspace, issue, a, b }: Choice) {
    const target = issue(a);
    if (target) edits.commentIssue(workspace, target, { body: paragraph(`Remark ${b}`), by: personOf(b) });
  },
  /** Few contents, so that tickets share files. */
  attachToIssue({ workspace, issue, a, b }: Choice) {
    const target = issue(a);
    if (!target) return;
    const name = `picture ${b % 3}.png`;
    edits.attachToIssue(workspace, target, {
      ...{ filename: name, mimeType: 'image/png' },
      bytes: () => png(String(b % 4)),
    });
    if (b % 5 > 0) edits.editIssue(workspace, target, { description: showing(name) });
  },
  detachFromIssue({ workspace, issue, a }: Choice) {
    const target = issue(a);
    const [file] = target === undefined ? [] : edits.issueOf(workspace, target).attachments;
    if (target && file) edits.detachFromIssue(workspace, target, file.id);
  },
  moveIssue({ workspace, issue, a }: Choice) {
    const target = issue(a);
    if (target && !isLinked(workspace, target))
      edits.moveIssue(workspace, target, target.startsWith('SHOP') ? 'OPS' : 'SHOP');
  },
  deleteIssue({ workspace, issue, a }: Choice) {
    const target = issue(a);
    if (target) edits.deleteIssue(workspace, target);
  },
  adoptIssue({ workspace, issue, a, b }: Choice) {
    const [child, parent] = [issue(a), issue(b)];
    if (child && parent && child !== parent)
      edits.editIssue(workspace, child, {
        parent: edits.issueOf(workspace, parent).parentId === null ? parent : null,
      });
  },
  linkIssues({ workspace, issue, a, b }: Choice) {
    const [from, to] = [issue(a), issue(b)];
    if (from && to && from !== to) edits.linkIssues(workspace, from, 'Blocks', to);
  },
  secureIssue({ workspace, issue, a, b }: Choice) {
    const target = issue(a);
    if (target) edits.secureIssue(workspace, target, ['inner', 'outer', null][b % 3] ?? null);
  },
  watchIssue({ workspace, issue, a }: Choice) {
    const target = issue(a);
    if (target) edits.watchIssue(workspace, target);
  },
  unwatchIssue({ workspace, issue, a }: Choice) {
    const target = issue(a);
    if (target) edits.unwatchIssue(workspace, target);
  },
};

function pick<T>(items: readonly T[], n: number): T | undefined {
  return items[n % Math.max(1, items.length)];
}

function pagesOf(workspace: Workspace, status: Page['status']): Page[] {
  return [...workspace.content.values()]
    .filter((content): content is Page => content.kind !== 'folder' && content.status === status)
    .sort((a, b) => Number(a.id) - Number(b.id));
}

function lastTitle(page: Page): string {
  return page.versions.at(-1)?.title ?? '';
}

/** Titles are unique in a space whatever their case, as Confluence has it. */
function titlesIn(workspace: Workspace, spaceId: string): Set<string> {
  return new Set(
    pagesOf(workspace, 'current')
      .filter((page) => page.spaceId === spaceId)
      .map((page) => lastTitle(page).toLowerCase()),
  );
}

function createUnique(
  workspace: Workspace,
  space: string,
  title: string,
  create: (title: string) => void,
): void {
  if (!titlesIn(workspace, edits.spaceByKey(workspace, space).id).has(title.toLowerCase())) create(title);
}

function retitle(workspace: Workspace, page: Page, title: string, refactorLinks: boolean): void {
  if (!titlesIn(workspace, page.spaceId).has(title.toLowerCase()))
    edits.retitlePage(workspace, page.id, title, {
      refactorLinks: refactorLinks && isOpen(workspace, page.id),
    });
}

function spaceOf(workspace: Workspace, page: Page | undefined, n: number): string {
  return page === undefined
    ? (['ENG', 'OPS'][n % 2] as string)
    : (workspace.spaces.get(page.spaceId)?.key as string);
}

function isHome(workspace: Workspace, page: Page): boolean {
  return [...workspace.spaces.values()].some(({ homepageId }) => homepageId === page.id);
}

function isAbove(workspace: Workspace, upper: string, lower: string): boolean {
  for (let id: string | null = lower; id !== null; id = workspace.content.get(id)?.parentId ?? null)
    if (id === upper) return true;
  return false;
}

/**
 * Whether everyone may read the page and all that moves with it. Links to others change without a version of the linking
 * page and without a word of the target: nobody can see that they do.
 */
function isOpen(workspace: Workspace, id: string): boolean {
  const content = workspace.content.get(id);
  if (content === undefined) return false;
  const lineage = [...ancestorsOf(workspace, content), ...subtree(workspace, content)];
  return lineage.every((each) => each.kind === 'folder' || each.readers.users.length === 0);
}

function subtree(workspace: Workspace, content: Content): Content[] {
  return [content, ...childrenOf(workspace, content.id).flatMap((child) => subtree(workspace, child))];
}

/** Titles of a page and of all below it. */
function below(workspace: Workspace, id: string): string[] {
  const content = workspace.content.get(id);
  const own = content === undefined || content.kind === 'folder' ? [] : [lastTitle(content)];
  return [
    ...own,
    ...[...workspace.content.values()]
      .filter(({ parentId }) => parentId === id)
      .flatMap((child) => below(workspace, child.id)),
  ];
}

/** Text that links by title, by id and to a ticket, to targets that may come, go and be renamed. */
function textAbout(workspace: Workspace, a: number, b: number): string {
  const page = pick(pagesOf(workspace, 'current'), a + b);
  const byId = page ? `<a href="@@SITE@@/wiki/spaces/X/pages/${page.id}">by id</a>` : '';
  const shown = a % 3 === 0 ? include(titleOf(b), b % 2 === 0 ? 'OPS' : undefined) : '';
  const file = `<ac:link><ri:attachment ri:filename="file-${b % 3}.txt">${a % 2 === 0 ? `<ri:page ri:content-title="${titleOf(b)}" />` : ''}</ri:attachment></ac:link>`;
  const key = `SHOP-${(b % 6) + 1}`;
  const isFormer = [...workspace.issues.values()].some(({ formerKeys }) => formerKeys.includes(key));
  const ticket = isFormer ? '' : `<a href="@@SITE@@/browse/${key}">ticket</a>`;
  return `<p>${file}</p>${shown}<p>Text ${a} ${pageLink(titleOf(a))} ${pageLink(titleOf(b), 'ENG')} ${byId} ${ticket} ${mention(personOf(b))}</p>`;
}

/** Whether a page links to the ticket by its key: of one that moved and went, only the last key would be known. */
function isLinked(workspace: Workspace, key: string): boolean {
  return pagesOf(workspace, 'current').some((page) =>
    textOf(page.versions.at(-1)?.body ?? '').includes(`/browse/${key}"`),
  );
}
