import { posix } from 'node:path';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export interface RelativeLink {
  readonly from: string;
  /** As it is written. */
  readonly destination: string;
  /** Where it leads, from the top of the repository. */
  readonly path: string;
  readonly isImage: boolean;
}

/** Every link and image of the repository's markdown files that leads to another file of it. */
export function relativeLinks(files: ReadonlyMap<string, string>): RelativeLink[] {
  return [...files].filter(([path]) => path.endsWith('.md')).flatMap(([path, text]) => linksOf(path, text));
}

/** The links that lead to no file or folder. */
export function brokenLinks(files: ReadonlyMap<string, string>): RelativeLink[] {
  const paths = [...files.keys()];
  const exists = (path: string) => files.has(path) || paths.some((each) => each.startsWith(`${path}/`));
  return relativeLinks(files).filter(({ path }) => !exists(path.replace(/\/$/, '')));
}

function linksOf(from: string, text: string): RelativeLink[] {
  const links: RelativeLink[] = [];
  const add = (destination: string, isImage: boolean) => {
    if (/^(?:[a-z][\w+.-]*:|#|\/\/|$)/i.test(destination)) return;
    const path = decodeURIComponent(destination.replace(/[?#].*$/s, ''));
    links.push({ from, destination, path: posix.join(posix.dirname(from), path), isImage });
  };
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '');
  const root = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const nodes: Nodes[] = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if ('url' in node) add(node.url, node.type === 'image');
    if (node.type === 'html') {
      for (const [, name, destination = ''] of node.value.matchAll(/\s(href|src)="([^"]*)"/g))
        add(destination.replaceAll('&amp;', '&'), name === 'src');
    }
    if ('children' in node) nodes.push(...node.children);
  }
  return links;
}
