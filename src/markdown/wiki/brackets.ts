import type { Span } from './macros.ts';

/** Brackets nested deeper than this are no link, so that no text is looked at more than a few times. */
const MAX_NESTING = 3;
const NOTABLE = /[[\]\\\n{`]/g;

/** The bracket that closes each opening one, on the same line and outside of macros. */
export function findBrackets(text: string, spans: ReadonlyMap<number, Span>): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  let open: { readonly at: number; height: number }[] = [];
  const notable = new RegExp(NOTABLE);
  for (let match = notable.exec(text); match; match = notable.exec(text)) {
    const at = match.index;
    const found = text[at];
    if (found === '\n') open = [];
    else if (found === '\\') notable.lastIndex = at + 2;
    else if (found === '[') open.push({ at, height: 1 });
    else if (found === ']') {
      const start = open.pop();
      const around = open.at(-1);
      if (start && around) around.height = Math.max(around.height, start.height + 1);
      if (start && start.height <= MAX_NESTING) closing.set(start.at, at);
    } else {
      const span = spans.get(at);
      // A rich body has its own brackets; they are found as the scan goes on.
      if (span?.kind === 'macro' && span.raw) notable.lastIndex = span.end;
    }
  }
  return closing;
}
