/** What ends a line, moves a terminal's cursor, gives it orders or reorders what it shows. */
const unruly = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A text of someone else's, such as a title or a service's explanation, that cannot leave its place in a line of ours. */
export function oneLine(text: string): string {
  return text.replace(unruly, ' ');
}
