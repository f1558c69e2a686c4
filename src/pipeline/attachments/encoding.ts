import { isUtf8 } from 'node:buffer';

/** UTF-16 in either byte order, UTF-8, or whatever has one byte for a character. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1';

/** So many bytes tell the encoding, where no mark does. */
const GUESSED_FROM = 4096;

export function encodingOf(content: Uint8Array): Encoding {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return 'utf16le';
  if (first === 0xfe && second === 0xff) return 'utf16be';
  return unmarkedUtf16(content.subarray(0, GUESSED_FROM)) ?? (isUtf8(content) ? 'utf8' : 'latin1');
}

/** Without a mark, a text with ASCII in it has zeros at either the even or the odd places, many of them. */
function unmarkedUtf16(head: Uint8Array): Encoding | undefined {
  const zeros = { even: 0, odd: 0 };
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  const many = head.length / 20;
  const few = head.length / 200;
  if (zeros.odd > many && zeros.even <= few) return 'utf16le';
  return zeros.even > many && zeros.odd <= few ? 'utf16be' : undefined;
}

export function decode(content: Uint8Array, encoding: Encoding): string {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return encoding === 'utf16be' ? swapped(bytes).toString('utf16le') : bytes.toString(encoding);
}

/** What {@link decode} read; `content` is where it read it. */
export function encode(text: string, encoding: Encoding, content: Uint8Array): Buffer {
  if (encoding === 'utf8' || encoding === 'latin1') return Buffer.from(text, encoding);
  const bytes = Buffer.from(text, 'utf16le');
  // Half a character at the end, which no text shows.
  const rest = content.subarray(content.length - (content.length % 2));
  return Buffer.concat([encoding === 'utf16be' ? bytes.swap16() : bytes, rest]);
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}

/** Control characters that a text has by accident alone. */
const control = /[\x00-\x07\x0e-\x1a\x1c-\x1f]/g;

/** Whether the bytes are text that people could read: of compressed ones a tenth are control characters. */
export function isText(head: Uint8Array): boolean {
  const text = decode(head, encodingOf(head));
  return (text.match(control)?.length ?? 0) * 20 <= text.length;
}
