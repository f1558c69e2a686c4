/**
 * The two noncharacters that stand around every link destination in marked markdown. They can be in no source
 * text that went through {@link cleanText}, so a mark is never ambiguous.
 */
export const MARK_START = '\uFDD0';
export const MARK_END = '\uFDD1';
/** A marked destination, without its marks as the one group. */
export const MARKED = new RegExp(`${MARK_START}([^${MARK_START}${MARK_END}]*)${MARK_END}`, 'g');

const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFDD0\uFDD1]/g;
const UNCLEAN = /[\u0000-\u0008\u000B-\u001F\u007F\uD800-\uDFFF\uFDD0\uFDD1]/;

/** Text without control characters, marks and lone surrogates; line ends are `\n`. */
export function cleanText(value: string): string {
  if (!UNCLEAN.test(value)) return value;
  return value.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '').toWellFormed();
}

/** White space that is not one space already: most of prose is left alone. */
const SPACE = /(?! (?![\t\n\r\f \u00A0]))[\t\n\r\f \u00A0]+/g;

/** Prose as a browser shows it: any run of white space, no-break space included, is one space. */
export function collapseSpace(value: string): string {
  return value.replace(SPACE, ' ');
}
