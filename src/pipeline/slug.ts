/** Bytes of a file's stem before an id is added; with `-<id>` and `.md` a name stays within 120 bytes. */
const MAX_STEM_BYTES = 92;

/** Names that mean something to the repository's readers or that some file systems refuse. */
const RESERVED = /^(index|agents|claude|llms|readme|con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/u;

/**
 * A file's stem for a title: letters, digits and hyphens, lower case, NFC. Empty for a title without any
 * (only emoji, say). `prefix` stays as it is.
 */
export function slug(title: string, prefix = ''): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-');
  const stem = prefix === '' ? words : `${prefix}-${words}`;
  return cut(stem.replace(/^-+/, ''), MAX_STEM_BYTES).replace(/-+$/, '');
}

/** Equal for two names that some file system takes for the same. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

export function isReserved(stem: string): boolean {
  return RESERVED.test(foldName(stem));
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
