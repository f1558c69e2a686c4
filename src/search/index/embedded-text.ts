import { readable } from '../chunk/readable.ts';
import type { FoundChunk } from '../store/store.ts';

/** What a model is given of a chunk: what it is about, where it stands, and what it says. */
export function embeddedText({ document: { title, ancestors }, headings, text }: FoundChunk): string {
  return [title, [...ancestors, ...headings].join(' > '), readable(text)].filter(Boolean).join('\n');
}
