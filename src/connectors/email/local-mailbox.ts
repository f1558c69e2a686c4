import { createHash } from 'node:crypto';
import { counted } from '../../core/counted.ts';
import type { Warning } from '../../core/document.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import type { LocalFiles } from '../../core/local-files.ts';
import { attempt } from '../attempt.ts';
import type { Checkpoint, Probe } from '../contract.ts';
import { needsWhole, threadHeaders } from './listed.ts';
import { isUnwanted, lastSegment, type MailFile, mailFiles } from './local-files.ts';
import type { ListedMail, Mailbox, Reading, UnlistedFolder } from './mailbox.ts';
import { BEGINNING_BYTES, readMbox } from './mbox.ts';
import { parseMail } from './parse.ts';
import { headerEnd } from './raw.ts';
import type { ThreadHeaders } from './threads.ts';

/** The bytes of a message in a file, behind its postmark if it has one. */
export interface LocalPlace {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** Of an mbox: whether a postmark parts it from what is before. */
  readonly hasPostmark?: boolean;
}

export interface LocalMailboxOptions {
  readonly source: string;
  /** An mbox file, a Maildir, or a folder of mbox files and single messages. */
  readonly path: string;
  readonly files: LocalFiles;
  /** Of larger messages there is the beginning alone. */
  readonly maxMessageBytes: number;
}

type LocalMail = ListedMail<LocalPlace>;

const ANY_POSTMARK = new TextEncoder().encode('From nobody Thu Jan  1 00:00:00 1970\n');

/** A line that should part two messages and is none of an mbox's: the headers of another one follow it. */
const BROKEN_BOUNDARY = /(?:^|\n)From [^\n]*\n(?:[!-9;-~]+:[^\n]*\n){2}/;

/** Mail on this machine. A listing reads all of it, so that its digests tell contents apart. */
export class LocalMailbox implements Mailbox<LocalPlace> {
  readonly account: string;
  readonly from = undefined;
  readonly requests = 0;
  readonly #options: LocalMailboxOptions;
  #state: Checkpoint = {};

  constructor(options: LocalMailboxOptions) {
    this.#options = options;
    this.account = lastSegment(options.path).replace(/\.(?:mbox|eml)$/i, '');
  }

  async isUnchanged(since: Checkpoint): Promise<boolean> {
    return stateOf(await this.#files()).files === since.files;
  }

  async probe(): Promise<Probe> {
    const { length } = await this.#files();
    return { found: [counted(length, 'file')], problems: [] };
  }

  async *list(): AsyncGenerator<LocalMail | UnlistedFolder> {
    const files = await this.#files();
    // What is written while it is read makes the next run read it again.
    this.#state = stateOf(files);
    for (const file of files) {
      try {
        yield* file.kind === 'mbox' ? this.#listMbox(file) : this.#listMessage(file);
      } catch (error) {
        if (!isCtxError(error)) throw error;
        yield { folder: file.name, error };
      }
    }
  }

  state(): Checkpoint {
    return this.#state;
  }

  isNew(): boolean {
    return false;
  }

  async *read(mails: readonly LocalMail[]): AsyncGenerator<readonly [LocalMail, Reading]> {
    for (const mail of mails) yield [mail, await attempt(() => this.#read(mail))];
  }

  async close(): Promise<void> {}

  #files(): Promise<MailFile[]> {
    return Array.fromAsync(mailFiles(this.#options.files, this.#options.path));
  }

  async *#listMbox({ path, folder }: MailFile): AsyncGenerator<LocalMail> {
    const { files, maxMessageBytes } = this.#options;
    for await (const { bytes, offset, length, postmark } of readMbox(files.read(path), { maxMessageBytes })) {
      const headers = await headersOf(bytes, length);
      const place = { path, offset, length, hasPostmark: postmark !== undefined };
      if (headers) yield { ...headers, ...(folder && { label: folder }), place };
    }
  }

  async *#listMessage({ path, folder, size }: MailFile): AsyncGenerator<LocalMail> {
    const place = { path, offset: 0, length: size };
    const headers = await headersOf(await this.#bytesOf(place), size);
    if (headers) yield { ...headers, ...(folder && { label: folder }), place };
  }

  async #read({ id, digest, place }: LocalMail): Promise<Reading> {
    const { source, maxMessageBytes } = this.#options;
    const { path, length, hasPostmark } = place;
    const isPart = hasPostmark !== undefined;
    const bytes = isPart ? await this.#unquoted(place) : await this.#bytesOf(place);
    if (digestOf(bytes, length) !== digest) throw ctxError('email.changed', { source, id, where: path });
    const tooLarge = length > maxMessageBytes;
    const isBroken = isPart && BROKEN_BOUNDARY.test(latin1.decode(await this.#bytesOf(place)));
    const warnings: Warning[] = [];
    if (isPart && !hasPostmark) warnings.push({ construct: 'mbox:no-postmark', fate: 'degraded' });
    if (isBroken) warnings.push({ construct: 'mbox:broken-boundary', fate: 'degraded' });
    return { bytes, tooLarge, warnings };
  }

  #bytesOf({ path, offset, length }: LocalPlace): Promise<Uint8Array> {
    const { files, maxMessageBytes } = this.#options;
    const end = offset + (length > maxMessageBytes ? Math.min(length, BEGINNING_BYTES) : length);
    return whole(files.read(path, { start: offset, end }));
  }

  /** As the splitter of the whole file gave it. */
  async #unquoted({ path, offset, length }: LocalPlace): Promise<Uint8Array> {
    const { files, maxMessageBytes } = this.#options;
    const range = files.read(path, { start: offset, end: offset + length });
    for await (const { bytes } of readMbox(behindPostmark(range), { maxMessageBytes })) return bytes;
    return new Uint8Array();
  }
}

/** Undefined for what its mailbox marks as a draft, as junk or as thrown away. */
async function headersOf(message: Uint8Array, length: number): Promise<ThreadHeaders | undefined> {
  const headers = await parseMail(message.subarray(0, headerEnd(message)));
  if (headers.labels.some(isUnwanted)) return undefined;
  const mail = needsWhole(headers) ? await parseMail(message) : headers;
  return threadHeaders(mail, digestOf(message, length));
}

async function* behindPostmark(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield ANY_POSTMARK;
  yield* bytes;
}

function digestOf(bytes: Uint8Array, length: number): string {
  return createHash('sha256').update(`${length}\n`).update(bytes).digest('hex');
}

function stateOf(files: readonly MailFile[]): Checkpoint {
  const hash = createHash('sha256');
  for (const { key, size, modified } of files) hash.update(JSON.stringify([key, size, modified]));
  return { files: hash.digest('hex') };
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks = await Array.fromAsync(bytes);
  const result = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  return result;
}

const latin1 = new TextDecoder('latin1');
