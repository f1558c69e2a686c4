import { kindOfName } from './assignments.ts';
import type { Finding } from './finding.ts';
import { isLiteral, isWordy } from './literal.ts';

const delimiterRow = /^[ \t>]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/gm;
const cell = /\|((?:\\[\s\S]|[^|\\\n])*)(?=\|)/g;
const around = /^(?:[*_~`\s]|<br ?\/?>)+|(?:[*_~`:\s]|<br ?\/?>)+$/g;

interface Cell {
  readonly text: string;
  readonly start: number;
}

/**
 * Values in the cells of a table: below a header that names a secret, or right of a cell that does. Cells also
 * hold types and explanations, so a mere word is no value here.
 */
export function findInTables(text: string): Finding[] {
  const findings: Finding[] = [];
  let at = 0;
  for (const delimiter of text.matchAll(delimiterRow)) {
    const headerEnd = delimiter.index - 1;
    if (headerEnd < 0 || delimiter.index < at) continue;
    const headerStart = text.lastIndexOf('\n', headerEnd - 1) + 1;
    const columns = cellsOf(text, headerStart, headerEnd).map(({ text: name }) => kindOfName(name));
    at = delimiter.index + delimiter[0].length + 1;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      if (!/^[ \t>]*\|/.test(text.slice(at, Math.min(end, at + 64)))) break;
      const cells = cellsOf(text, at, end);
      cells.forEach((value, index) => {
        const kind = columns[index] ?? kindOfName(cells[index - 1]?.text ?? '');
        if (kind === undefined || !isLiteral(value.text) || isWordy(value.text)) return;
        findings.push({ start: value.start, end: value.start + value.text.length, kind });
      });
      at = end + 1;
    }
  }
  return findings;
}

/** The cells of one row with the emphasis and code marks around their text taken off. */
function cellsOf(text: string, from: number, to: number): Cell[] {
  return [...text.slice(from, to).matchAll(cell)].map((match) => {
    const raw = match[1] ?? '';
    const lead = /^(?:[*_~`\s]|<br ?\/?>)*/.exec(raw)?.[0].length ?? 0;
    return { text: raw.replace(around, ''), start: from + match.index + 1 + lead };
  });
}
