import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { ctxError } from '../../core/errors/index.ts';
import type { GuardCounts } from '../redact/tally.ts';
import type { Redactor } from '../redact.ts';
import type { FetchedFile, FileSpool } from './file-spool.ts';

/** Texts are searched for secrets as a whole, in memory; a larger one is not kept. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/** Control characters that no text has. */
const binary = /[\x00-\x07\x0e-\x1a\x1c-\x1f]/;

/** Whether the bytes are text that people could read, in UTF-8, UTF-16 or an encoding of single bytes. */
export function isText(head: Uint8Array): boolean {
  return isUtf16(head) || !binary.test(Buffer.from(head).toString('latin1'));
}

function isUtf16([first, second]: Uint8Array): boolean {
  return first === 0xff && second === 0xfe;
}

/**
 * Replaces the secrets of a text file, and leaves all else of it as it is. `path` is its name in the guard. Throws
 * `pipeline.scan-failed`: the file must then not be kept.
 */
export async function redactFile(
  file: FetchedFile,
  path: string,
  files: FileSpool,
  redactor: Redactor,
): Promise<{ readonly file: FetchedFile; readonly counts: GuardCounts }> {
  if (file.size > MAX_TEXT_BYTES)
    throw ctxError('pipeline.scan-failed', { path, reason: `it is larger than ${MAX_TEXT_BYTES} bytes` });
  const content = await readFile(file.location);
  const encoding = isUtf16(content) ? 'utf16le' : isUtf8(content) ? 'utf8' : 'latin1';
  const text = content.toString(encoding);
  const { value, counts } = redactor.redact(text, path);
  return { file: value === text ? file : await files.rewrite(file, Buffer.from(value, encoding)), counts };
}
