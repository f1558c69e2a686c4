/** https://spec.commonmark.org/0.31.2/#raw-html and #autolinks: what an angle bracket in a line of text can begin. Spaces are those of ASCII. */
const INLINE = [
  /<[A-Za-z][A-Za-z\d-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>/y,
  /<\/[A-Za-z][A-Za-z\d-]*\s*>/y,
  /<[A-Za-z][A-Za-z\d+.-]{1,31}:[^\u0000-\u0020\u007F<>]*>/y,
  /<[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z\d.-]+>/y,
  /<[!?]/y,
];

/** True if a parser may read inline HTML or an autolink at `<`; comments and declarations by their beginning alone. */
export function beginsInlineHtml(source: string, at: number): boolean {
  return INLINE.some((pattern) => {
    pattern.lastIndex = at;
    return pattern.test(source);
  });
}

/** https://spec.commonmark.org/0.31.2/#html-blocks, kinds 1 to 6; kind 7 is inline HTML on a line of its own. */
const BLOCK_TAGS = [
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt',
  'fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|link',
  'main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead',
  'title|tr|track|ul',
].join('|');
const BLOCK = [
  /^<(?:script|pre|style|textarea)(?:[\s>]|$)/i,
  /^<(?:!--|\?|![A-Za-z]|!\[CDATA\[)/,
  new RegExp(`^</?(?:${BLOCK_TAGS})(?:\\s|/?>|$)`, 'i'),
];

/** True if an HTML block begins with this line of text. */
export function beginsHtmlBlock(line: string): boolean {
  return BLOCK.some((pattern) => pattern.test(line));
}
