import { code, type Flow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { readMarkdown } from './convert.ts';

/** Text that would take too long to parse, or is nested beyond reason, is shown as it was written. */
export function readGithub(source: string, reader: Reader): Flow[] {
  const content = readMarkdown(source.replace(/\r\n?/g, '\n'), reader);
  if (content) return content;
  reader.construct();
  reader.degrade('markdown', 'too large or nested too deep');
  return [code(source, 'markdown')];
}
