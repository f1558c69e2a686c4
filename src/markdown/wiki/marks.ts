import type { PhrasingContent } from 'mdast';
import { emphasis, strike, strong, tagged } from '../nodes.ts';
import type { MarkToken } from '../paired-marks.ts';
import { isSpace, isWord } from '../words.ts';

type Apply = (run: PhrasingContent[]) => PhrasingContent[];

const MARKS: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['*', (run) => [strong(run)]],
  // Markdown's sign, in which Jira shows the outer asterisks.
  ['**', (run) => [strong(run)]],
  ['_', (run) => [emphasis(run)]],
  ['??', (run) => [emphasis(run)]],
  ['-', (run) => [strike(run)]],
  ['+', (run) => tagged('u', run)],
  ['^', (run) => tagged('sup', run)],
  ['~', (run) => tagged('sub', run)],
]);

/** The characters that marks begin with. */
export const MARK_NAMES: ReadonlySet<string> = new Set([...MARKS.keys()].map((sign) => sign[0] ?? ''));

export function applyMark(mark: string, run: PhrasingContent[]): PhrasingContent[] {
  return MARKS.get(mark)?.(run) ?? run;
}

const FORCED = /\{([*_\-+^~]|\?\?)\}/y;

/**
 * The sign at a position. It begins a mark before a visible character and not after a letter or digit, and ends one
 * the other way round; repeated, as in `***` and `__init__`, it is text. In braces it may touch words.
 */
export function markAt(text: string, at: number): MarkToken | undefined {
  FORCED.lastIndex = at;
  const forced = FORCED.exec(text);
  if (forced) return { kind: 'mark', mark: forced[1] ?? '', opens: true, closes: true, written: forced[0] };
  const [first = '', second] = text.slice(at, at + 2);
  const sign = first === second && MARKS.has(first + first) ? first + first : first;
  if (!MARKS.has(sign)) return undefined;
  const before = text[at - 1];
  const after = text[at + sign.length];
  if (before === sign[0] || after === sign[0]) return undefined;
  const opens = !isWord(before) && !isSpace(after);
  const closes = !isSpace(before) && !isWord(after);
  return opens || closes ? { kind: 'mark', mark: sign, opens, closes, written: sign } : undefined;
}
