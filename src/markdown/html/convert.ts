import TurndownService from 'turndown';

/**
 * turndown for our own parser: text that would be read as HTML is escaped, and marks are written as the HTML tags
 * in {@link MARK_TAGS}, which mean the same wherever they stand, as `**` does not.
 */
export function htmlToMarkdown(html: string): string {
  return service().turndown(html);
}

export const MARK_TAGS = ['strong', 'em', 'del', 'u', 'sub', 'sup'] as const;
export type MarkTag = (typeof MARK_TAGS)[number];

const SYNONYMS: Readonly<Record<string, MarkTag>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  cite: 'em',
  del: 'del',
  s: 'del',
  strike: 'del',
  u: 'u',
  ins: 'u',
  sub: 'sub',
  sup: 'sup',
};

let shared: TurndownService | undefined;

function service(): TurndownService {
  if (shared) return shared;
  const turndown = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
    hr: '***',
  });
  const escapeSyntax = turndown.escape.bind(turndown);
  turndown.escape = (text) =>
    escapeSyntax(text)
      .replaceAll('<', '\\<')
      .replace(/&(?=#?\w+;)/g, '\\&')
      .replaceAll('~', '\\~');
  turndown.addRule('mark', {
    filter: (node) => node.nodeName.toLowerCase() in SYNONYMS,
    replacement(content, node) {
      const tag = SYNONYMS[node.nodeName.toLowerCase()];
      return content.trim() === '' || !tag ? content : `<${tag}>${content}</${tag}>`;
    },
  });
  turndown.addRule('checkbox', {
    filter: (node) => node.nodeName === 'INPUT' && node.getAttribute('type') === 'checkbox',
    replacement: (_, node) => ('hasAttribute' in node && node.hasAttribute('checked') ? '[x] ' : '[ ] '),
  });
  shared = turndown;
  return turndown;
}
