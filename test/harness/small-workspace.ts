import * as edits from '../../src/demo/workspace/edits.ts';
import { type AdfNode, emptyWorkspace, type Workspace } from '../../src/demo/workspace/model.ts';

/** The account of the credentials, and two colleagues. */
export const ME = 'acc-1';
export const OTHER = 'acc-2';
export const THIRD = 'acc-3';

/** A site that builds in a moment: two spaces with a small tree each, two projects with a few tickets. */
export function smallWorkspace(): Workspace {
  const workspace = emptySite();
  const home = edits.pageIdByTitle(workspace, 'ENG', 'Engineering');
  const guide = edits.createPage(workspace, { space: 'ENG', title: 'Guide', body: '<p>How we work.</p>' });
  const setUp = edits.createPage(workspace, {
    space: 'ENG',
    title: 'Set-up',
    parent: guide,
    body: `<p>See ${pageLink('Guide')} and <a href="@@SITE@@/browse/SHOP-1">SHOP-1</a>, ask ${mention(OTHER)}.</p>`,
  });
  const folder = edits.createFolder(workspace, { space: 'ENG', title: 'Decisions', parent: home });
  edits.createPage(workspace, {
    space: 'ENG',
    title: 'Use Postgres',
    parent: folder,
    body: `<p>Because of ${pageLink('Set-up')}.</p><ac:structured-macro ac:name="note"><ac:rich-text-body><p>Careful.</p></ac:rich-text-body></ac:structured-macro>`,
    by: OTHER,
  });
  edits.createPage(workspace, {
    space: 'ENG',
    title: 'Shipped',
    kind: 'blogpost',
    body: '<p>It is out.</p>',
    by: THIRD,
  });
  edits.createPage(workspace, {
    space: 'OPS',
    title: 'Runbook',
    body: `<p>First <a href="@@SITE@@/wiki/spaces/ENG/pages/${guide}">the guide</a>, then ${pageLink('Set-up', 'ENG')}.</p>`,
  });
  for (const title of ['plan.txt', 'notes.txt']) edits.attachFile(workspace, guide, textFile(title));
  edits.addLabel(workspace, setUp, 'howto');
  const comment = edits.addComment(workspace, setUp, { body: '<p>Thanks!</p>', by: OTHER });
  edits.replyComment(workspace, comment, { body: '<p>Any time.</p>', by: THIRD });
  edits.addComment(workspace, guide, {
    body: '<p>Which?</p>',
    on: { selection: 'work', ref: 'ref-1' },
    by: OTHER,
  });

  const first = edits.createIssue(workspace, {
    project: 'SHOP',
    summary: 'Fix the basket',
    assignee: ME,
    description: paragraph('It is empty.'),
  });
  const second = edits.createIssue(workspace, {
    project: 'SHOP',
    summary: 'Speed up',
    assignee: OTHER,
    parent: first,
    type: 'Sub-task',
  });
  const third = edits.createIssue(workspace, {
    project: 'OPS',
    summary: 'Rotate keys',
    reporter: OTHER,
    description: cardTo(`@@SITE@@/wiki/spaces/ENG/pages/${setUp}`),
  });
  edits.createIssue(workspace, { project: 'OPS', summary: 'Clean up', reporter: THIRD });
  edits.linkIssues(workspace, first, 'Blocks', third);
  for (const text of ['One', 'Two', 'Three'])
    edits.commentIssue(workspace, second, { body: paragraph(text), by: OTHER });
  return workspace;
}

/** People, two spaces with a home page each, two projects and a security level; nothing else. */
export function emptySite(): Workspace {
  const workspace = emptyWorkspace('Small', ME, '2026-01-05T09:00:00Z');
  for (const [accountId, displayName] of [
    [ME, 'Ann'],
    [OTHER, 'Bo'],
    [THIRD, 'Cy'],
  ] as const) {
    const email = `${accountId}@small.example`;
    workspace.people.set(accountId, {
      accountId,
      accountType: 'atlassian',
      active: true,
      displayName,
      email,
      timeZone: 'Etc/UTC',
      groups: [],
    });
  }
  // The account of the credentials is a member: a level that it can't see would hide the tickets anyway.
  workspace.levels.set('inner', { id: 'inner', name: 'Inner circle', description: '', members: [ME] });
  workspace.levels.set('outer', { id: 'outer', name: 'Others only', description: '', members: [OTHER] });
  for (const [id, key, name] of [
    ['101', 'ENG', 'Engineering'],
    ['102', 'OPS', 'Operations'],
  ] as const) {
    const space = {
      id,
      key,
      name,
      description: '',
      type: 'global',
      status: 'current',
      authorId: ME,
      createdAt: '2025-09-01T07:00:00.000Z',
    } as const;
    workspace.spaces.set(id, { ...space, homepageId: '' });
    const homepageId = edits.createPage(workspace, {
      space: key,
      title: name,
      body: `<p>${name} begins here.</p>`,
      parent: null,
    });
    workspace.spaces.set(id, { ...space, homepageId });
  }
  for (const key of ['SHOP', 'OPS']) workspace.projects.set(key, { id: key, key, name: key, leadId: ME });
  return workspace;
}

export function pageLink(title: string, space?: string): string {
  const key = space === undefined ? '' : `ri:space-key="${space}" `;
  return `<ac:link><ri:page ${key}ri:content-title="${title}" /></ac:link>`;
}

/** A macro that shows a whole page. */
export function include(title: string, space?: string): string {
  return `<ac:structured-macro ac:name="include" ac:macro-id="include-${title.length}"><ac:parameter ac:name="">${pageLink(title, space)}</ac:parameter></ac:structured-macro>`;
}

export function textFile(title: string, text = title) {
  return { title, mediaType: 'text/plain', bytes: () => Buffer.from(text) };
}

export function mention(accountId: string): string {
  return `<ac:link><ri:user ri:account-id="${accountId}" /></ac:link>`;
}

export function paragraph(text: string): AdfNode {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

function cardTo(url: string): AdfNode {
  return {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'inlineCard', attrs: { url } }] }],
  };
}

/** A few edits in each system: new, changed, renamed, moved and removed. */
export function morningOf(workspace: Workspace): void {
  const guide = edits.pageIdByTitle(workspace, 'ENG', 'Guide');
  edits.editPage(workspace, guide, { body: '<p>How we work now.</p>', by: OTHER });
  edits.retitlePage(workspace, edits.pageIdByTitle(workspace, 'ENG', 'Set-up'), 'Setting up');
  edits.movePage(workspace, edits.pageIdByTitle(workspace, 'ENG', 'Use Postgres'), { parent: guide });
  edits.trashPage(workspace, edits.pageIdByTitle(workspace, 'OPS', 'Runbook'));
  edits.createPage(workspace, { space: 'OPS', title: 'Alarms', body: `<p>${pageLink('Guide', 'ENG')}</p>` });
  edits.editIssue(workspace, 'SHOP-1', { summary: 'Repair the basket' });
  edits.transitionIssue(workspace, 'SHOP-2', 'Done');
  edits.deleteIssue(workspace, 'OPS-2');
  edits.createIssue(workspace, { project: 'OPS', summary: 'Watch the disks', assignee: ME });
}
