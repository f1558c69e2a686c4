/**
 * The two noncharacters that stand around every link destination in marked markdown. They can be in no source
 * text that went through {@link cleanText}, so a mark is never ambiguous.
 */
export const MARK_START = '\uFDD0';
export const MARK_END = '\uFDD1';

const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFDD0\uFDD1]/g;

/** Text without control characters, marks and lone surrogates; line ends are `\n`. */
export function cleanText(value: string): string {
  return value.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '').toWellFormed();
}

/** Prose as a browser shows it: any run of white space, no-break space included, is one space. */
export function collapseSpace(value: string): string {
  return value.replace(/[\t\n\r\f \u00A0]+/g, ' ');
}
