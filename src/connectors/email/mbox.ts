/** One message of an mbox file. */
export interface MboxEntry {
  /** Where the message's bytes begin in the file, behind its postmark, and how many there are, quoting included. */
  readonly offset: number;
  readonly length: number;
  /** The line that parts it from the one before, without its line end; absent for what stands before the first. */
  readonly postmark?: string;
  /** The message as it was before the file quoted it; its beginning if it is too large. */
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
}

export interface MboxOptions {
  /** Of a message of more bytes, its first {@link BEGINNING_BYTES} are given. */
  readonly maxMessageBytes?: number;
}

const MAX_MESSAGE_BYTES = 25 * 1024 * 1024;
/** Of a message that is too large: enough for its headers and for what a person writes, which comes before files. */
export const BEGINNING_BYTES = 256 * 1024;
/** A line is looked at in pieces of this size, so that memory is bounded whatever a line holds. */
const MAX_PIECE_BYTES = 64 * 1024;

const MAX_POSTMARK_BYTES = 500;

const LF = 10;
const CR = 13;
const GREATER = 62;

/**
 * `From `, a sender that may be missing or hold spaces, and a date as `asctime` or as mail headers write it
 * (https://www.rfc-editor.org/rfc/rfc4155#appendix-A). Without the date it is a sentence.
 */
const POSTMARK =
  /^From (?:.* )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d{1,2}|\d{1,2} +[A-Z][a-z]{2} +\d{4}) +\d{1,2}:\d{2}(?::\d{2})?(?: +\S+){0,2}(?: +\d{4})?(?: |$)/;

/**
 * Splits an mbox file as it streams by, holding one message at a time. A message begins at a postmark behind an empty
 * line or at the start; one `>` is taken from lines such as `>From ` (mboxrd; of mboxo, which quotes no quoted line
 * again, that is the best guess). The empty line before a postmark, or at the end, belongs to the file and not to the
 * message, so a message has the same bytes whatever is added behind it. What stands before the first postmark is a
 * message without one. NULs, as a crash leaves them in front of a line, hide no postmark.
 */
export async function* readMbox(
  bytes: AsyncIterable<Uint8Array>,
  { maxMessageBytes = MAX_MESSAGE_BYTES }: MboxOptions = {},
): AsyncGenerator<MboxEntry> {
  const splitter = new Splitter(maxMessageBytes);
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of bytes) {
    const data = rest.length === 0 ? chunk : concat([rest, chunk]);
    let start = 0;
    for (let end = pieceEnd(data, start); end !== undefined; end = pieceEnd(data, start)) {
      const finished = splitter.take(data.subarray(start, end));
      if (finished) yield finished;
      start = end;
    }
    rest = Uint8Array.from(data.subarray(start));
  }
  const beforeLast = rest.length === 0 ? undefined : splitter.take(rest);
  if (beforeLast) yield beforeLast;
  const last = splitter.finish();
  if (last) yield last;
}

/** Where the piece that begins at `start` ends: behind its line end, or where it gets too long. */
function pieceEnd(data: Uint8Array, start: number): number | undefined {
  const newline = data.subarray(start, start + MAX_PIECE_BYTES).indexOf(LF);
  if (newline >= 0) return start + newline + 1;
  return data.length - start >= MAX_PIECE_BYTES ? start + MAX_PIECE_BYTES : undefined;
}

class Splitter {
  readonly #maxMessageBytes: number;
  #message: Message | undefined;
  /** Bytes of the file so far. */
  #position = 0;
  #atLineStart = true;
  /** An empty line, or the start of the file, is all that is before. */
  #mayBegin = true;

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Takes a line or a piece of one; answers the message that it ends. */
  take(piece: Uint8Array): MboxEntry | undefined {
    const isStart = this.#atLineStart;
    const start = this.#position;
    this.#position += piece.length;
    this.#atLineStart = piece.at(-1) === LF;
    const postmark = isStart && this.#mayBegin ? postmarkIn(piece) : undefined;
    if (postmark !== undefined) {
      const finished = this.finish();
      this.#message = new Message(this.#maxMessageBytes, this.#position, postmark);
      this.#mayBegin = false;
      return finished;
    }
    const isEmpty = isStart && isEmptyLine(piece);
    this.#mayBegin = isEmpty;
    // Before the first message, an empty line is nothing's.
    if (isEmpty && !this.#message) return undefined;
    this.#message ??= new Message(this.#maxMessageBytes, start, undefined);
    if (isEmpty) this.#message.addEmptyLine(piece);
    else this.#message.add(isStart ? unquoted(piece) : piece, piece.length);
    return undefined;
  }

  finish(): MboxEntry | undefined {
    const entry = this.#message?.finish();
    this.#message = undefined;
    return entry;
  }
}

class Message {
  readonly #maxBytes: number;
  readonly #offset: number;
  readonly #postmark: string | undefined;
  #parts: Uint8Array[] = [];
  #size = 0;
  #length = 0;
  /** It is the message's only if more follows. */
  #emptyLine: Uint8Array | undefined;
  #tooLarge = false;

  constructor(maxBytes: number, offset: number, postmark: string | undefined) {
    this.#maxBytes = maxBytes;
    this.#offset = offset;
    this.#postmark = postmark;
  }

  addEmptyLine(line: Uint8Array): void {
    this.#flushEmptyLine();
    this.#emptyLine = line;
  }

  add(piece: Uint8Array, length: number): void {
    this.#flushEmptyLine();
    this.#append(piece, length);
  }

  finish(): MboxEntry {
    return {
      offset: this.#offset,
      length: this.#length,
      ...(this.#postmark !== undefined && { postmark: this.#postmark }),
      bytes: concat(this.#parts),
      tooLarge: this.#tooLarge,
    };
  }

  #flushEmptyLine(): void {
    const line = this.#emptyLine;
    if (line === undefined) return;
    this.#emptyLine = undefined;
    this.#append(line, line.length);
  }

  #append(piece: Uint8Array, length: number): void {
    this.#length += length;
    this.#size += piece.length;
    if (this.#tooLarge) return;
    this.#parts.push(piece);
    if (this.#size <= this.#maxBytes) return;
    this.#tooLarge = true;
    this.#parts = [concat(this.#parts).slice(0, Math.min(this.#maxBytes, BEGINNING_BYTES))];
  }
}

function postmarkIn(piece: Uint8Array): string | undefined {
  const start = nulsBefore(piece);
  if (piece[start] !== 0x46 || piece[start + 1] !== 0x72) return undefined;
  const line = latin1.decode(piece.subarray(start, start + MAX_POSTMARK_BYTES)).replace(/\r?\n$/, '');
  return POSTMARK.test(line) ? line : undefined;
}

function isEmptyLine(piece: Uint8Array): boolean {
  const start = nulsBefore(piece);
  return piece[start] === LF || (piece[start] === CR && piece[start + 1] === LF);
}

function nulsBefore(piece: Uint8Array): number {
  let start = 0;
  while (piece[start] === 0) start++;
  return start;
}

const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];

function unquoted(line: Uint8Array): Uint8Array {
  if (line[0] !== GREATER) return line;
  let at = 1;
  while (line[at] === GREATER) at++;
  return FROM.every((byte, index) => line[at + index] === byte) ? line.subarray(1) : line;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

const latin1 = new TextDecoder('latin1');
