import type { FoundMessage } from '../../search/messages.ts';
import type { Output } from '../output.ts';

/** In characters. */
const SNIPPET = 240;

export function printFound(found: readonly FoundMessage[], output: Output): void {
  if (found.length === 0) output.print('No message has any of these words.');
  for (const { path, channel, author, time, text, url } of found) {
    const line = text.replace(/\s+/g, ' ');
    output.print(`${time}  ${channel}  ${author}`);
    output.print(`  ${line.length > SNIPPET ? `${line.slice(0, SNIPPET).toWellFormed()}…` : line}`);
    output.print(`  ${path}`);
    output.print(`  ${url}`);
  }
}
