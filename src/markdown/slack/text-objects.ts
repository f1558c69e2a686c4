import type { PhrasingContent } from 'mdast';
import { isRecord } from '../json.ts';
import { type Flow, plainText, toPhrasing } from '../nodes.ts';
import { unescaped } from './entities.ts';
import { typeOf } from './json.ts';
import { lines, paragraphs } from './lines.ts';
import { readMrkdwn } from './mrkdwn.ts';
import type { Source } from './source.ts';

/** A text object (https://docs.slack.dev/reference/block-kit/composition-objects/text-object), or a string in its place. */
export function textFlow(value: unknown, source: Source): Flow[] {
  if (typeof value === 'string') return paragraphs(lines(unescaped(value)));
  if (!isRecord(value)) return [];
  const text = typeof value.text === 'string' ? value.text : '';
  if (typeOf(value) === 'mrkdwn') return readMrkdwn(text, source);
  return paragraphs(lines(unescaped(text)));
}

/** A text object in places that hold no blocks. */
export function textLine(value: unknown, source: Source): PhrasingContent[] {
  return toPhrasing(textFlow(value, source));
}

/** A text object's words alone. */
export function textWords(value: unknown, source: Source): string {
  return plainText(textLine(value, source)).trim();
}
