import type { Text } from 'mdast';
import { text } from './nodes.ts';
import type { Reader } from './reader.ts';

/** A mention: `@` and the display name. `written` is the name that the text itself carries. */
export function mention(accountId: string, reader: Reader, written?: string): Text {
  reader.context.onPerson?.(accountId);
  const name = reader.context.person(accountId) ?? written?.replace(/^@/, '') ?? accountId;
  return text(`@${name}`);
}
