import GithubSlugger, { slug } from 'github-slugger';
import type { Heading, Link, Nodes, Root } from 'mdast';
import { percentDecode } from '../core/percent-decode.ts';
import type { ReadContext } from './context.ts';
import { plainText } from './nodes.ts';

/**
 * Turns links to a place of the page into the form that leads there on GitHub: to a heading
 * (`#Heading-Text`, as Confluence makes them, also with the page's title before it, and with `.1` after it for the
 * second of that text) its slug (`#heading-text`), to
 * the anchor macro its id.
 */
export function resolveAnchors(root: Root): void {
  const headings: Heading[] = [];
  const links: Link[] = [];
  const ids: string[] = [];
  walk(root);
  if (links.length === 0 && ids.length === 0) return;
  const slugger = new GithubSlugger();
  const places = new Map<string, string>();
  const again = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const heading of headings) {
    const text = plainText(heading.children).trim();
    const made = slugger.slug(text);
    const key = anchorKey(text);
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    // GitHub makes this one itself.
    heading.children = heading.children.filter((child) => !isAnchor(child, made));
    if (before === 0) places.set(key, made);
    else again.set(`${key}.${before}`, made);
  }
  for (const [key, made] of again) if (!places.has(key)) places.set(key, made);
  for (const id of ids) if (!places.has(anchorKey(id))) places.set(anchorKey(id), id);
  for (const link of links) {
    const place = placeOf(link.url.slice(1), places);
    if (place !== undefined) link.url = `#${place}`;
  }

  function walk(node: Nodes): void {
    if (node.type === 'heading') headings.push(node);
    if (node.type === 'html') {
      const id = ANCHOR.exec(node.value)?.[1];
      if (id) ids.push(id);
    }
    if (node.type === 'link' && node.url.startsWith('#')) links.push(node);
    if ('children' in node) for (const child of node.children) walk(child);
  }
}

const ANCHOR = /^<a id="([^"]*)">/;

function isAnchor(node: Nodes, id: string): boolean {
  return node.type === 'html' && ANCHOR.exec(node.value)?.[1] === id;
}

/** Before a heading's text there may be the page's title, which can have hyphens itself. */
const MAX_TITLE_PARTS = 20;

function placeOf(anchor: string, places: ReadonlyMap<string, string>): string | undefined {
  let rest = anchor;
  for (let parts = 0; parts < MAX_TITLE_PARTS; parts++) {
    const place = places.get(anchorKey(rest));
    const hyphen = rest.indexOf('-');
    if (place !== undefined || hyphen === -1) return place;
    rest = rest.slice(hyphen + 1);
  }
  return undefined;
}

/** The anchor of a heading on another page, whose headings are not known here; its title, if known, may precede it. */
export function anchorSlug(anchor: string, title?: string): string {
  const written = percentDecode(anchor);
  const prefix = title === undefined ? '' : `${title.replace(/\s+/g, '')}-`;
  const heading = prefix !== '' && written.startsWith(prefix) ? written.slice(prefix.length) : written;
  return slug(heading.replaceAll('-', ' '));
}

const PAGE = /\/wiki\/(?:spaces\/[^/]+\/(?:pages|blog)\/|display\/|pages\/viewpage\.action|x\/)/;

/** The address of a Confluence page with its anchor in the form of GitHub; of the page itself, only the anchor. */
export function withGithubAnchor(url: string, context: ReadContext): string {
  const hash = url.indexOf('#');
  if (hash <= 0 || !PAGE.test(url.slice(0, hash))) return url;
  const page = url.slice(0, hash);
  const anchor = url.slice(hash + 1);
  if (anchor === '') return page;
  const id = /\/pages\/(\d+)(?:[/?]|$)|[?&]pageId=(\d+)/.exec(page);
  const own = context.pageId !== undefined && (id?.[1] ?? id?.[2]) === context.pageId;
  return own ? `#${anchor}` : `${page}#${anchorSlug(anchor)}`;
}

/** Confluence replaces or drops white space, by the age of its editor. */
function anchorKey(anchor: string): string {
  return percentDecode(anchor)
    .replace(/[\s\-_]+/g, '')
    .toLowerCase();
}
