/**
 * Writes the links of a wiki, `[[Page Name]]` and `[[words|Page Name]]`, as those of markdown, but not in code.
 * https://docs.github.com/en/communities/documenting-your-project-with-wikis/editing-wiki-content#linking-wiki-pages
 */
export function wikiLinks(markdown: string): string {
  return markdown.replace(PATTERN, (found, ...groups: (string | undefined)[]) => {
    const inner = groups[3];
    if (inner === undefined) return found;
    const bar = inner.indexOf('|');
    const words = (bar < 0 ? inner : inner.slice(0, bar)).trim();
    const target = (bar < 0 ? inner : inner.slice(bar + 1)).trim();
    if (words === '' || target === '') return found;
    if (/\.(?:png|jpe?g|gif|svg|webp)$/i.test(bar < 0 ? target : words) && !/^https?:/i.test(target))
      return `![](<${encoded(bar < 0 ? target : words)}>)`;
    const [page = '', anchor] = target.split('#', 2);
    const address = /^https?:/i.test(target)
      ? target
      : `${encoded(page.replace(/\s+/g, '-'))}${anchor === undefined ? '' : `#${encoded(anchor.trim().toLowerCase().replace(/\s+/g, '-'))}`}`;
    return `[${words.replace(/[[\]\\]/g, '\\$&')}](<${address}>)`;
  });
}

/** Fences, code in a line, and links; the first of them that begins. */
const PATTERN =
  /(^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[`~]*[ \t]*$|$(?![\s\S]))|(`+)(?!`)[^\n]*?[^`\n]\3(?!`))|\[\[([^[\]\n]+)\]\]/gm;

const encoded = (text: string): string => text.replace(/[<>\s\\]/g, encodeURIComponent);
