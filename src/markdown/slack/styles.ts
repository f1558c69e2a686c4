import type { PhrasingContent } from 'mdast';
import { isRecord } from '../json.ts';
import { toCode } from '../marks.ts';
import { emphasis, strike, strong, tagged } from '../nodes.ts';
import { markLines } from './lines.ts';
import type { Source } from './source.ts';

type Mark = (run: PhrasingContent[]) => PhrasingContent[];

/** From the innermost: nothing can be marked in code. */
const MARKS: readonly (readonly [style: string, mark: Mark])[] = [
  ['code', toCode],
  ['subscript', (run) => tagged('sub', run)],
  ['superscript', (run) => tagged('sup', run)],
  ['underline', (run) => tagged('u', run)],
  ['strike', (run) => [strike(run)]],
  ['italic', (run) => [emphasis(run)]],
  ['bold', (run) => [strong(run)]],
];
const KNOWN = new Set(MARKS.map(([style]) => style));
/** Styles that only say how something looks. */
const SILENT = new Set(['client_highlight', 'highlight', 'unlink']);

/** Whether two elements are marked alike. */
export function sameStyle(a: unknown, b: unknown): boolean {
  return a === b || styleKey(a) === styleKey(b);
}

function styleKey(style: unknown): string {
  if (!isRecord(style)) return '';
  return Object.keys(style)
    .filter((name) => style[name] === true && !SILENT.has(name))
    .sort()
    .join();
}

export function applyStyle(style: unknown, nodes: PhrasingContent[], { reader }: Source): PhrasingContent[] {
  if (!isRecord(style)) return nodes;
  let result = nodes;
  for (const [name, mark] of MARKS) {
    if (style[name] !== true) continue;
    reader.construct();
    result = markLines(result, mark);
  }
  for (const [name, value] of Object.entries(style)) {
    if (value === true && !KNOWN.has(name) && !SILENT.has(name)) reader.degrade(`slack:style:${name}`);
  }
  return result;
}
