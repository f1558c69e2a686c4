import GithubSlugger, { slug } from 'github-slugger';
import type { Link, Nodes, Root } from 'mdast';
import { plainText } from './nodes.ts';

/**
 * Turns links to a heading of the page (`#Heading-Text`, as Confluence makes them from the heading) into GitHub's
 * form (`#heading-text`). Other anchors stay: they are those of the anchor macro.
 */
export function resolveAnchors(root: Root): void {
  const slugger = new GithubSlugger();
  const slugs = new Map<string, string>();
  const links: Link[] = [];
  walk(root);
  for (const link of links) {
    const wanted = slugs.get(anchorKey(link.url.slice(1)));
    if (wanted !== undefined) link.url = `#${wanted}`;
  }

  function walk(node: Nodes): void {
    if (node.type === 'heading') {
      const heading = plainText(node.children).trim();
      const made = slugger.slug(heading);
      if (!slugs.has(anchorKey(heading))) slugs.set(anchorKey(heading), made);
    }
    if (node.type === 'link' && node.url.startsWith('#')) links.push(node);
    if ('children' in node) for (const child of node.children) walk(child);
  }
}

/** The anchor of a heading on another page, whose headings are not known here. */
export function anchorSlug(anchor: string): string {
  return slug(decode(anchor).replaceAll('-', ' ')).replace(/-+/g, '-');
}

/** Confluence replaces or drops white space, by the age of its editor. */
function anchorKey(anchor: string): string {
  return decode(anchor)
    .replace(/[\s\-_]+/g, '')
    .toLowerCase();
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A lone percent sign: the anchor is not encoded.
    return value;
  }
}
