import { matchCql } from '../cql.ts';
import { matchJql } from '../jql.ts';
import { childrenOf, currentVersion, isPage, maySee, maySeeIssue, titleOf } from '../workspace/access.ts';
import { type Content, type Page, textOf, type Workspace } from '../workspace/model.ts';
import { childOf, elementsOf, parseStorage, type StorageElement, textIn } from './storage-tree.ts';
import { webPath } from './web-path.ts';

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Parameters = Readonly<Record<string, string>>;
type LiveList = (workspace: Workspace, page: Content, parameters: Parameters) => string;

/** Macros whose content is made when the page is shown, from what the account may see then. */
export const liveLists: Readonly<Record<string, LiveList>> = {
  'blog-posts': (workspace, page, { max = '15' }) => {
    const posts = found(
      workspace,
      `type = blogpost and space = "${keyOf(workspace, page)}" order by created desc`,
    );
    return `<ul class="blogpost-list">${posts.slice(0, Number(max)).map(item(workspace)).join('')}</ul>`;
  },
  children: (workspace, page, { depth = '1', all }) =>
    tree(workspace, page, all === 'true' ? 99 : Number(depth)),
  contentbylabel: (workspace, _, { cql = 'label = ""', max = '15' }) =>
    `<ul class="content-by-label">${found(workspace, cql).slice(0, Number(max)).map(item(workspace)).join('')}</ul>`,
  detailssummary: propertiesReport,
  jira: issueTable,
  pagetree: (workspace, page) => tree(workspace, page, 99),
  'recently-updated': (workspace, page, { max = '15' }) => {
    const cql = `type in (page, blogpost) and space = "${keyOf(workspace, page)}" order by lastmodified desc`;
    return `<ul class="update-items">${found(workspace, cql).slice(0, Number(max)).map(item(workspace)).join('')}</ul>`;
  },
  'space-attachments': spaceFiles,
};

const keyOf = (workspace: Workspace, { spaceId }: Content): string =>
  workspace.spaces.get(spaceId)?.key ?? '';

const anchor = (workspace: Workspace, content: Content): string =>
  `<a href="@@SITE@@/wiki${webPath(workspace, content)}" data-linked-resource-id="${content.id}">${escapeHtml(titleOf(content))}</a>`;

const item =
  (workspace: Workspace) =>
  (content: Content): string =>
    `<li><div class="details">${anchor(workspace, content)}</div></li>`;

function found(workspace: Workspace, cql: string): Page[] {
  const answer = matchCql(workspace, cql, (content) => maySee(workspace, content));
  return 'results' in answer
    ? answer.results.filter((each): each is Page => !('pageId' in each) && isPage(each))
    : [];
}

/** A row for each file of the space, which leads to the file and not to its page. */
function spaceFiles(workspace: Workspace, { spaceId }: Content): string {
  const rows = [...workspace.attachments.values()].flatMap(({ pageId, title }) => {
    const page = workspace.content.get(pageId);
    if (page?.spaceId !== spaceId || page.status !== 'current' || !maySee(workspace, page)) return [];
    const href = `@@SITE@@/wiki/download/attachments/${pageId}/${encodeURIComponent(title)}?api=v2`;
    return [`<tr><td><a href="${escapeHtml(href)}">${escapeHtml(title)}</a></td></tr>`];
  });
  return `<table class="aui attachments"><thead><tr><th>File</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function tree(workspace: Workspace, { id }: Content, depth: number): string {
  const children = childrenOf(workspace, id).filter(
    (child) => child.status === 'current' && maySee(workspace, child),
  );
  if (children.length === 0 || depth < 1) return '';
  const items = children.map(
    (child) => `<li>${anchor(workspace, child)}${tree(workspace, child, depth - 1)}</li>`,
  );
  return `<ul class="childpages-macro">${items.join('')}</ul>`;
}

/** A row for each labelled page that has properties, and a column for each heading asked for. */
function propertiesReport(
  workspace: Workspace,
  _: Content,
  { label = '', headings = '' }: Parameters,
): string {
  const columns = headings.split(',').map((heading) => heading.trim());
  const rows = found(workspace, `type = page and label = "${label}" order by title`).flatMap((page) => {
    const properties = propertiesOf(page);
    if (properties.size === 0) return [];
    const cells = columns.map((column) => `<td>${escapeHtml(properties.get(column) ?? '')}</td>`);
    return [`<tr><td class="title">${anchor(workspace, page)}</td>${cells.join('')}</tr>`];
  });
  const head = ['Title', ...columns].map((column) => `<th>${escapeHtml(column)}</th>`);
  return `<table class="aui metadata-summary-macro"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function propertiesOf(page: Page): Map<string, string> {
  const properties = new Map<string, string>();
  const visit = (element: StorageElement, inDetails: boolean) => {
    if (element.name === 'tr' && inDetails) {
      const [name, value] = ['th', 'td'].map((cell) => childOf(element, cell));
      if (name && value) properties.set(textIn(name).trim(), shownText(value));
    }
    const isDetails = element.attributes['ac:name'] === 'details';
    for (const child of elementsOf(element)) visit(child, inDetails || isDetails);
  };
  visit(parseStorage(textOf(currentVersion(page).body)), false);
  return properties;
}

function shownText(element: StorageElement): string {
  const parts = element.children.map((child) => {
    if (typeof child === 'string') return child;
    if (child.name === 'ac:parameter' && child.attributes['ac:name'] !== 'title') return '';
    return child.name === 'time' ? (child.attributes.datetime ?? '') : shownText(child);
  });
  return parts.join('').trim();
}

/** One issue is a link with its summary, a query a table of those that the account may see. */
function issueTable(workspace: Workspace, _: Content, parameters: Parameters): string {
  const { key, jqlQuery = '', columns = 'key,summary,status', maximumIssues = '20' } = parameters;
  const candidates = [...workspace.issues.values()].filter((issue) => maySeeIssue(workspace, issue));
  const jql = key === undefined ? jqlQuery : `key = ${key}`;
  const answer = matchJql(workspace, jql, candidates);
  const issues = 'issues' in answer ? answer.issues.slice(0, Number(maximumIssues)) : [];
  const link = (issueKey: string) => `<a href="@@SITE@@/browse/${issueKey}">${issueKey}</a>`;
  const [only] = issues;
  if (key !== undefined) return only ? `${link(only.key)} - ${escapeHtml(only.summary)}` : '';
  const names = columns.split(',').map((name) => name.trim());
  const rows = issues.map((issue) => {
    const values: Readonly<Record<string, string>> = {
      key: link(issue.key),
      summary: escapeHtml(issue.summary),
      status: escapeHtml(issue.statusName),
      priority: escapeHtml(issue.priorityName),
      type: escapeHtml(issue.typeName),
    };
    return `<tr>${names.map((name) => `<td>${values[name] ?? ''}</td>`).join('')}</tr>`;
  });
  const head = names.map((name) => `<th>${escapeHtml(name)}</th>`).join('');
  return `<table class="aui"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
