import { currentVersion, isPage, maySee } from '../workspace/access.ts';
import { type Content, textOf, type Workspace } from '../workspace/model.ts';
import { referencesOf } from './references.ts';
import {
  childOf,
  elementsOf,
  parametersOf,
  parseStorage,
  type StorageElement,
  type StorageNode,
  textIn,
} from './storage-tree.ts';
import { escapeHtml, liveLists } from './view-lists.ts';
import { webPath } from './web-path.ts';

/** Where a text is shown. */
interface Place {
  readonly workspace: Workspace;
  readonly page: Content;
  /** Ids of the pages that are shown around it, the outermost first. */
  readonly within: readonly string[];
}

/**
 * What a browser shows of a page, as HTML: macros carry their names and ids, and lists are made from what the account of
 * the credentials may see. Written for the constructs that this workspace uses.
 */
export function storageToView(workspace: Workspace, page: Content, storage: string): string {
  return view(parseStorage(storage).children, { workspace, page, within: [page.id] });
}

const view = (nodes: readonly StorageNode[], place: Place): string =>
  nodes.map((node) => (typeof node === 'string' ? escapeHtml(node) : element(node, place))).join('');

const VOID = new Set(['br', 'hr', 'col']);

function element(node: StorageElement, place: Place): string {
  const { name, attributes } = node;
  const within = () => view(node.children, place);
  if (!/^(?:ac|ri):/.test(name)) {
    const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
    const tag = `<${name}${shown.join('')}>`;
    if (name === 'time') return `${tag}${escapeHtml(attributes.datetime ?? '')}</time>`;
    return VOID.has(name) ? tag : `${tag}${within()}</${name}>`;
  }
  switch (name) {
    case 'ac:link':
      return link(node, place);
    case 'ac:image':
      return image(node, place);
    case 'ac:emoticon':
      return escapeHtml(attributes['ac:emoji-fallback'] ?? '');
    case 'ac:task-list':
      return `<ul class="inline-task-list">${within()}</ul>`;
    case 'ac:task':
      return `<li${textIn(childOf(node, 'ac:task-status')) === 'complete' ? ' class="checked"' : ''}>${view(childOf(node, 'ac:task-body')?.children ?? [], place)}</li>`;
    case 'ac:adf-extension':
      return view(childOf(node, 'ac:adf-fallback')?.children ?? [], place);
    case 'ac:structured-macro':
      return macro(node, place);
    case 'ac:layout-section':
      return `<div class="columnLayout" data-layout="${escapeHtml(attributes['ac:type'] ?? '')}">${within()}</div>`;
    case 'ac:layout-cell':
      return `<div class="cell"><div class="innerCell">${within()}</div></div>`;
    default:
      return within();
  }
}

function link(node: StorageElement, place: Place): string {
  const { workspace, page } = place;
  const body = elementsOf(node).find(({ name }) => name.endsWith('link-body'));
  const [user, target, file] = ['ri:user', 'ri:page', 'ri:attachment'].map(
    (name) => childOf(node, name)?.attributes,
  );
  const anchor = node.attributes['ac:anchor'];
  const { pageUrl, personName } = referencesOf(workspace, page);
  const to = (href: string, text: string) =>
    `<a href="${escapeHtml(href)}">${body ? view(body.children, place) : escapeHtml(text)}</a>`;
  if (user) {
    const id = user['ri:account-id'] ?? '';
    return `<a class="confluence-userlink user-mention" href="@@SITE@@/wiki/people/${id}">${escapeHtml(personName(id))}</a>`;
  }
  const title = target?.['ri:content-title'] ?? '';
  if (target) return to(pageUrl(target['ri:space-key'], title), title);
  const name = file?.['ri:filename'] ?? '';
  return file ? to(downloadPath(page, name), name) : to(`#${anchor ?? ''}`, anchor ?? '');
}

const downloadPath = (page: Content, name: string): string =>
  `@@SITE@@/wiki/download/attachments/${page.id}/${encodeURIComponent(name)}?api=v2`;

function image(node: StorageElement, place: Place): string {
  const file = childOf(node, 'ri:attachment')?.attributes['ri:filename'] ?? '';
  const alt = node.attributes['ac:alt'] ?? file;
  return `<span class="confluence-embedded-file-wrapper"><img class="confluence-embedded-image" src="${escapeHtml(downloadPath(place.page, file))}" alt="${escapeHtml(alt)}"></span>`;
}

const MESSAGES = new Set(['info', 'note', 'tip', 'warning', 'panel']);

/** A macro as its own element, with its name and id, by which the service's own pages find it again. */
function macro(node: StorageElement, place: Place): string {
  const name = node.attributes['ac:name'] ?? '';
  const parameters = parametersOf(node);
  const rich = childOf(node, 'ac:rich-text-body');
  const plain = textIn(childOf(node, 'ac:plain-text-body'));
  const as = (tag: string, kind: string, content: string) =>
    `<${tag} class="${kind} conf-macro output-${tag === 'span' ? 'inline' : 'block'}" data-hasbody="${rich !== undefined || plain !== ''}" data-macro-id="${node.attributes['ac:macro-id'] ?? ''}" data-macro-name="${name}">${content}</${tag}>`;
  const body = () => view(rich?.children ?? [], place);
  const list = liveLists[name];
  if (list) return as('div', `${name}-macro`, list(place.workspace, place.page, parameters));
  if (MESSAGES.has(name)) {
    const title = parameters.title ? `<p class="title">${escapeHtml(parameters.title)}</p>` : '';
    const kind = `confluence-information-macro confluence-information-macro-${name}`;
    return as('div', kind, `${title}<div class="confluence-information-macro-body">${body()}</div>`);
  }
  switch (name) {
    case 'code':
    case 'plantuml':
      return as('div', 'code panel', `<pre class="syntaxhighlighter-pre">${escapeHtml(plain)}</pre>`);
    case 'status':
      return as('span', 'status-macro', escapeHtml(parameters.title ?? ''));
    case 'anchor':
      return `<span id="${escapeHtml(parameters[''] ?? '')}"></span>`;
    case 'include':
    case 'excerpt-include':
      return as('div', 'panel', included(name, node, place));
    default:
      return as('div', `${name}-macro`, body());
  }
}

function included(name: string, node: StorageElement, { workspace, page, within }: Place): string {
  const target = elementsOf(node)
    .flatMap(elementsOf)
    .flatMap((child) => childOf(child, 'ri:page') ?? [])
    .at(0);
  const key = target?.attributes['ri:space-key'] ?? workspace.spaces.get(page.spaceId)?.key;
  const title = target?.attributes['ri:content-title'] ?? textIn(childOf(node, 'ac:parameter'));
  const shown = [...workspace.content.values()].find(
    (content) =>
      isPage(content) &&
      content.status === 'current' &&
      currentVersion(content).title === title &&
      workspace.spaces.get(content.spaceId)?.key === key,
  );
  if (!isPage(shown) || !maySee(workspace, shown) || within.includes(shown.id)) return '';
  const storage = parseStorage(textOf(currentVersion(shown).body));
  const inner = { workspace, page: shown, within: [...within, shown.id] };
  if (name === 'include') return view(storage.children, inner);
  const excerpt = findMacro(storage, 'excerpt');
  const content = view(excerpt ? (childOf(excerpt, 'ac:rich-text-body')?.children ?? []) : [], inner);
  return `<div class="panelHeader"><a href="@@SITE@@/wiki${webPath(workspace, shown)}">${escapeHtml(title)}</a></div>${content}`;
}

function findMacro(root: StorageElement, name: string): StorageElement | undefined {
  for (const child of elementsOf(root)) {
    const isIt = child.name === 'ac:structured-macro' && child.attributes['ac:name'] === name;
    const found = isIt ? child : findMacro(child, name);
    if (found) return found;
  }
  return undefined;
}
