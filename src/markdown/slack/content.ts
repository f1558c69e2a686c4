import type { PhrasingContent } from 'mdast';
import { isRecord } from '../json.ts';
import type { Flow } from '../nodes.ts';
import { inlineRun, isInline } from './inline.ts';
import { typeOf } from './json.ts';
import { paragraphs } from './lines.ts';
import type { Source } from './source.ts';
import { textFlow } from './text-objects.ts';

/** The parts of objects that are words for people; others are ids, settings and addresses. */
const WORDS: ReadonlySet<string> = new Set([
  'alt_text',
  'body',
  'caption',
  'description',
  'fallback',
  'hint',
  'label',
  'subtitle',
  'text',
  'title',
]);

/** The content of a value whose shape is not known, or nested too deep to follow: its texts and mentions in order. */
export function contentWithin(value: unknown, source: Source): Flow[] {
  const flow: Flow[] = [];
  let line: PhrasingContent[] = [];
  const push = (nodes: readonly Flow[]) => {
    for (const node of nodes) flow.push(node);
  };
  const flush = () => {
    push(paragraphs(line));
    line = [];
  };
  const open: { readonly value: unknown; readonly name: string }[] = [{ value, name: 'text' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: part, name } = next;
    if (typeof part === 'string' && WORDS.has(name)) {
      flush();
      push(textFlow(part, source));
    }
    if (typeof part !== 'object' || part === null) continue;
    const type = isRecord(part) ? typeOf(part) : '';
    if (isRecord(part) && (type === 'mrkdwn' || type === 'plain_text')) {
      flush();
      push(textFlow(part, source));
      continue;
    }
    // An unknown object may be called as an element is: what it holds comes first then.
    if (isRecord(part) && isInline(part) && !hasObjects(part)) {
      for (const node of inlineRun([part], source)) line.push(node);
      continue;
    }
    flush();
    const inner = Object.entries(part);
    for (const [key, held] of inner.reverse())
      open.push({ value: held, name: Array.isArray(part) ? name : key });
  }
  flush();
  return flow;
}

function hasObjects({ style: _, ...rest }: Readonly<Record<string, unknown>>): boolean {
  return Object.values(rest).some((value) => typeof value === 'object' && value !== null);
}
