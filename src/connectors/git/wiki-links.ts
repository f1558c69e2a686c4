import { withoutCode } from '../../markdown/gfm/prose.ts';

const LINK = /\[\[([^[\]\n]+)\]\]/g;
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp)$/i;

/**
 * Writes the links of a wiki, `[[Page Name]]` and `[[words|Page Name]]`, as those of markdown, but not in code.
 * https://docs.github.com/en/communities/documenting-your-project-with-wikis/editing-wiki-content#linking-wiki-pages
 */
export function wikiLinks(markdown: string): string {
  let result = '';
  let position = 0;
  for (const { 0: found, 1: inner = '', index } of (withoutCode(markdown) ?? '').matchAll(LINK)) {
    result += markdown.slice(position, index) + linkOf(found, inner);
    position = index + found.length;
  }
  return result + markdown.slice(position);
}

function linkOf(found: string, inner: string): string {
  const [first = '', second] = inner.split(/\|(.*)/s, 2).map((part) => part.trim());
  const target = second ?? first;
  if (first === '' || target === '') return found;
  const isWeb = /^https?:/i.test(target);
  // A picture's further words are its looks.
  if (PICTURE.test(first) && !isWeb) return `![](<${encoded(first)}>)`;
  const [page = '', anchor] = target.split('#', 2);
  const place = anchor === undefined ? '' : `#${encoded(anchor.trim().toLowerCase().replace(/\s+/g, '-'))}`;
  const address = isWeb ? encoded(target) : encoded(page.trim().replace(/\s+/g, '-')) + place;
  return `[${first.replace(/[[\]\\]/g, '\\$&')}](<${address}>)`;
}

const encoded = (text: string): string => text.replace(/[<>\s\\]/g, encodeURIComponent);
