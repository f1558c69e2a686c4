import { createHash } from 'node:crypto';

/** Bytes of a file's stem before an id is added; with `-<id>` and `.md` a name stays within 120 bytes. */
const MAX_STEM_BYTES = 92;
const MAX_FOLDER_BYTES = 100;
const MAX_ID_BYTES = 24;

/** Names that mean something to the repository's readers, people's or agents', or that some file systems refuse. */
const RESERVED =
  /^(index|agents|claude|gemini|qwen|crush|warp|skill|llms|readme|con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/u;

/**
 * A file's stem for a title: letters, digits and hyphens, lower case, NFC. Empty for a title without any
 * (only emoji, say). `prefix`, such as a ticket's key, keeps its case and its underscores.
 */
export function slug(title: string, prefix = ''): string {
  const words = visible(title)
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-');
  const before = visible(prefix).replace(/[^\p{L}\p{N}_]+/gu, '-');
  return trimmed(before === '' ? words : `${before}-${words}`, MAX_STEM_BYTES);
}

/** A folder's name for a key of the source's, such as a space's: as it is, as far as that is a name. */
export function folderSlug(key: string): string {
  const [, tilde = '', name = ''] = /^(~?)(.*)$/s.exec(visible(key)) ?? [];
  const cleaned = trimmed(name.replace(/[^\p{L}\p{N}_-]+/gu, '-'), MAX_FOLDER_BYTES);
  return cleaned === '' ? 'unnamed' : tilde + cleaned;
}

/** What tells a document apart from others of its name: its id, or of one that cannot stand in a name its hash. */
export function idSlug(id: string): string {
  const plain = slug(id);
  return plain === id.toLowerCase() && plain !== '' && plain.length <= MAX_ID_BYTES
    ? plain
    : createHash('sha256').update(id).digest('hex').slice(0, MAX_ID_BYTES);
}

const ASCII = /^[\x00-\x7f]*$/;

/** Equal for two names that some file system takes for the same. */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase();
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

export function isReserved(stem: string): boolean {
  return RESERVED.test(foldName(stem));
}

/** Without what no one sees in a list of files, though some file systems tell names apart by it. */
function visible(text: string): string {
  return text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, (character) => (/\p{Cf}/u.test(character) ? '-' : ''))
    .normalize('NFC');
}

/** It neither begins with a hyphen, as an option does, nor with a mark, which would change what stands before the name. */
function trimmed(name: string, maxBytes: number): string {
  return cut(name.replace(/^[\p{M}-]+/u, ''), maxBytes).replace(/-+$/, '');
}

function cut(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  let bytes = 0;
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
