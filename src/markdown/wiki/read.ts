import type { Flow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { cleanText } from '../text.ts';
import { blocks } from './blocks.ts';
import { openSource } from './source.ts';

/** Wiki markup as blocks; what became of its constructs is counted by the reader. */
export function readWiki(text: string, reader: Reader): Flow[] {
  const source = openSource(cleanText(text), reader);
  return blocks(source, 0, source.text.length, 0);
}
