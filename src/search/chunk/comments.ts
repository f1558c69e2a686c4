/** A comment within one line, as builds write them for programs: ids of messages, the edges of live content. */
const COMMENT = /[ \t]*<!-- [^\n]*? -->/g;

/** What of a passage is for people, and so is found by and shown. */
export function withoutComments(markdown: string): string {
  return markdown.includes('<!-- ') ? markdown.replace(COMMENT, '') : markdown;
}
