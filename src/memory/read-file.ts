import { decodeText, MAX_TEXT_BYTES } from '../core/decode-text.ts';
import { type CtxError, isCtxError } from '../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../core/local-files.ts';

/** Why a file is no document. */
export type Unreadable = 'larger than 1 MB' | 'no text';

export type ReadFile =
  | { readonly text: string }
  | { readonly unreadable: Unreadable }
  | { readonly error: CtxError };

/** The text of a file. It may have grown since it was listed. */
export async function readFile(files: LocalFiles, { path }: Pick<LocalFile, 'path'>): Promise<ReadFile> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of files.read(path, { end: MAX_TEXT_BYTES + 1 })) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    if (isCtxError(error)) return { error };
    throw error;
  }
  if (size > MAX_TEXT_BYTES) return { unreadable: 'larger than 1 MB' };
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  const text = decodeText(bytes);
  return text === undefined ? { unreadable: 'no text' } : { text };
}
