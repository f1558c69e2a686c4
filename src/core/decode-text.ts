/** Larger files are no documents that anyone reads. */
export const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * The text of a file with line feeds alone and no byte order mark; undefined if it is none: it holds NUL, as programs and
 * pictures do. UTF-16 is known by its mark; what is not UTF-8 is taken for Windows-1252.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16 === undefined && bytes.includes(0)) return undefined;
  const text = decodeAs(bytes, utf16 ?? 'utf-8') ?? new TextDecoder('windows-1252').decode(bytes);
  return text.replace(/\r\n?/g, '\n');
}

function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
