/*
 * What has to be known of a message's bytes before they are parsed: where the headers of its own parts are, and not
 * those that stand in its text or its files.
 */

/** A message as it can be parsed without loss. */
export interface Prepared {
  readonly bytes: Uint8Array;
  /** One of its text parts is `format=flowed`. The parser would join its lines across levels of quoting, so it is not told. */
  readonly flowed: boolean;
  readonly delSp: boolean;
}

const LF = 10;
const CR = 13;
const DASH = 45;
/** Enough for any tree of parts that a person sends. */
const MAX_HEADER_LINES = 10_000;

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Headers in a national charset become UTF-8, and flowed text is marked by us instead of being joined by the parser. */
export function prepareMessage(message: Uint8Array): Prepared {
  const bytes = withReadableHeaders(message);
  const flowed = flowedParts(bytes);
  if (flowed.length === 0) return { bytes, flowed: false, delSp: false };
  const changed = Uint8Array.from(bytes);
  // Of the same length, so that all other bytes stay where they are.
  for (const { at } of flowed) changed.set(new TextEncoder().encode('fixed '), at);
  return { bytes: changed, flowed: true, delSp: flowed.some(({ delSp }) => delSp) };
}

/** The offset of the empty line behind the headers, or the length if there is none. */
export function headerEnd(bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length; ) {
    if (bytes[start] === LF || (bytes[start] === CR && bytes[start + 1] === LF)) return start;
    const newline = bytes.indexOf(LF, start);
    if (newline < 0) return bytes.length;
    start = newline + 1;
  }
  return bytes.length;
}

function withReadableHeaders(message: Uint8Array): Uint8Array {
  const end = headerEnd(message);
  const header = message.subarray(0, end);
  if (isUtf8(header)) return message;
  const charset = /^content-type:[^\n]*(?:\n[ \t][^\n]*)*?charset\s*=\s*"?([\w.:-]+)/im.exec(
    latin1.decode(header),
  )?.[1];
  const text = decodeAs(header, charset);
  const encoded = new TextEncoder().encode(text);
  const result = new Uint8Array(encoded.length + message.length - end);
  result.set(encoded);
  result.set(message.subarray(end), encoded.length);
  return result;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function decodeAs(bytes: Uint8Array, charset: string | undefined): string {
  // What is not UTF-8 says so in vain, and ASCII means all that is written in the West.
  const label =
    charset === undefined || /^(utf-?8|us-ascii|ascii)$/i.test(charset) ? 'windows-1252' : charset;
  try {
    return new TextDecoder(label).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}

interface FlowedPart {
  /** Where the six bytes of the word `flowed` are. */
  readonly at: number;
  readonly delSp: boolean;
}

function flowedParts(bytes: Uint8Array): FlowedPart[] {
  const found: FlowedPart[] = [];
  const boundaries: string[] = [];
  let headerStart: number | undefined = 0;
  let headerLines = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(LF, start);
    const next = newline < 0 ? bytes.length : newline + 1;
    if (bytes[start] === DASH && bytes[start + 1] === DASH && boundaries.length > 0) {
      const line = latin1.decode(bytes.subarray(start + 2, next)).trimEnd();
      if (boundaries.includes(line)) {
        headerStart = next;
        headerLines = 0;
        start = next;
        continue;
      }
    }
    if (headerStart !== undefined) {
      const isEnd = next - start <= 2 && latin1.decode(bytes.subarray(start, next)).trim() === '';
      if (isEnd || ++headerLines > MAX_HEADER_LINES) {
        readPartHeader(bytes, headerStart, start, boundaries, found);
        headerStart = undefined;
        // Without parts, there are no more headers.
        if (boundaries.length === 0) break;
      }
    }
    start = next;
  }
  return found;
}

const CONTENT_TYPE = /^content-type:[^\n]*(?:\n[ \t][^\n]*)*/im;

function readPartHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  boundaries: string[],
  found: FlowedPart[],
): void {
  const header = latin1.decode(bytes.subarray(start, end));
  const match = CONTENT_TYPE.exec(header);
  if (!match) return;
  const [value] = match;
  if (/^content-type:\s*multipart\//i.test(value)) {
    const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(value) ?? [];
    const boundary = (quoted ?? bare)?.trimEnd();
    if (boundary) boundaries.push(boundary);
  } else if (/^content-type:\s*text\/plain\b/i.test(value)) {
    const flowed = /;\s*format\s*=\s*"?(?=flowed\b)/i.exec(value);
    if (!flowed) return;
    const at = start + match.index + flowed.index + flowed[0].length;
    found.push({ at, delSp: /;\s*delsp\s*=\s*"?yes\b/i.test(value) });
  }
}
