import type { ReadContext, Reading } from './context.ts';
import { finish } from './finish.ts';
import { jsonSize } from './json.ts';
import { createReader } from './reader.ts';
import { readMessage } from './slack/message.ts';
import { openSource } from './slack/source.ts';

/**
 * Reads the content of a Slack message as the Web API gives it, parsed: its `blocks`, or else its `text`, and its
 * `attachments`. Nothing is refused: blocks of unknown types are read for the text in them, with a warning for each.
 * Who wrote it, its files, reactions and replies are not read.
 */
export function fromSlack(message: unknown, context: ReadContext): Reading {
  const size = jsonSize(message);
  const reader = createReader(context, size);
  const children = readMessage(message, openSource(size, reader));
  return finish({ type: 'root', children }, size, reader);
}
