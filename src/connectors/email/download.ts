import { createHash } from 'node:crypto';
import type { SourceAttachment } from '../../core/document.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { percentDecode } from '../../core/percent-decode.ts';
import type { AttachmentSink } from '../contract.ts';
import { addressedBy } from './addresses.ts';
import type { ListedMail, Mailbox, Reading } from './mailbox.ts';
import { readAttachment } from './parse.ts';

export interface DownloadOptions {
  readonly source: string;
  readonly mailbox: Mailbox;
  /** The messages of the last listing, by their ids in their threads. */
  readonly mails: ReadonlyMap<string, ListedMail>;
}

/** Gives the file of a message to `sink`. One that is no longer there fails with `http.not-found`. */
export async function download<T>(
  { id, url, version }: SourceAttachment,
  sink: AttachmentSink<T>,
  { source, mailbox, mails }: DownloadOptions,
): Promise<T> {
  const { message = '', part = '' } = addressedBy(new URL(url)) ?? {};
  const mail = mails.get(percentDecode(message));
  const reading = mail && (await read(mailbox, mail));
  if (isCtxError(reading)) throw reading;
  const content = reading && (await readAttachment(reading.bytes, percentDecode(part)));
  if (!content || createHash('sha256').update(content).digest('hex') !== version)
    throw ctxError('http.not-found', { source, request: 'FETCH', what: `file ${id}` });
  return sink(only(content));
}

async function read(mailbox: Mailbox, mail: ListedMail): Promise<Reading | undefined> {
  for await (const [, reading] of mailbox.read([mail])) return reading;
  return undefined;
}

async function* only(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
