/** A comment within one line, as builds write them for programs: ids of messages, the edges of live content. */
const COMMENT = /[ \t]*<!-- [^\n]*? -->/g;

/** What of a passage is for people, and so is what it is found by and shown with. */
export function readable(markdown: string): string {
  return markdown.includes('<!-- ') ? markdown.replace(COMMENT, '') : markdown;
}
