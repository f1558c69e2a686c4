import { createHash } from 'node:crypto';
import PostalMime, {
  type Address,
  type Attachment,
  addressParser,
  decodeWords,
  type Email,
} from 'postal-mime';
import type { Warning } from '../../core/document.ts';
import { oneLine } from '../../core/one-line.ts';
import { invitationsIn } from './calendar.ts';
import { mailDate, receivedDate } from './dates.ts';
import { deliveryReportsIn } from './delivery-reports.ts';
import type { Mail, MailAttachment, Mailbox, MailFlag } from './mail.ts';
import { messageIdIn, referencesOf } from './message-ids.ts';
import { headerEnd, prepareMessage } from './raw.ts';

export interface ParseOptions {
  /** The bytes are the beginning alone, since the message is too large to be read: of files, none is whole. */
  readonly tooLarge?: boolean;
}

/** Messages within messages; deeper ones stay files. */
const MAX_NESTING = 4;

const PARSER_OPTIONS = { forceRfc822Attachments: true, maxNestingDepth: 100 } as const;

/**
 * Reads one message. It never fails on what the message holds: of one that the parser gives up on there are the headers
 * and the text as it stands, and a warning.
 */
export async function parseMail(message: Uint8Array, { tooLarge = false }: ParseOptions = {}): Promise<Mail> {
  if (!tooLarge) return read(message, '', 0, []);
  const mail = await read(message, '', 0, [{ construct: 'mail:too-large', fate: 'lost' }]);
  return { ...mail, attachments: [], messages: [] };
}

/** The content of one file of a message, found again by {@link MailAttachment.part}. */
export async function readAttachment(message: Uint8Array, part: string): Promise<Uint8Array | undefined> {
  const [first = '', ...rest] = part.split('.');
  const parsed = await parsedOrNothing(prepareMessage(message).bytes);
  const attachment = parsed?.attachments[Number(first) - 1];
  if (!attachment) return undefined;
  const content = bytesOf(attachment);
  return rest.length === 0 ? content : readAttachment(content, rest.join('.'));
}

async function read(message: Uint8Array, path: string, depth: number, warnings: Warning[]): Promise<Mail> {
  const { bytes, flowed, delSp } = prepareMessage(message);
  const parsed = await parsedOrNothing(bytes);
  const email = parsed ?? (await byHand(bytes));
  if (!parsed) warnings.push({ construct: 'mail:malformed', fate: 'degraded' });
  const headers = headersOf(email);
  const parts = await readParts(email, path, depth, warnings);
  const text = email.text?.replaceAll('\r\n', '\n');
  const content = contentDigest(headers, text, email.html, parts.attachments);
  const messageId = messageIdIn(headers.first('message-id'));
  const id = messageId ?? `${content.slice(0, 40)}@no-id.invalid`;
  // Of a message within another, nothing depends on it.
  const isOuter = depth === 0;
  if (messageId === undefined && isOuter)
    warnings.push({ construct: 'mail:no-message-id', fate: 'degraded' });
  const date = dateOf(headers);
  if (date === undefined && isOuter) warnings.push({ construct: 'mail:no-date', fate: 'degraded' });
  const list = listOf(headers.first('list-id'));
  return {
    id,
    digest: content,
    references: referencesOf(headers.first('references'), headers.first('in-reply-to'), id),
    from: senders(headers),
    to: mailboxes(headers.all('to')),
    cc: mailboxes(headers.all('cc')),
    subject: decoded(headers.first('subject')),
    ...(date && { date }),
    ...(list && { list }),
    labels: labelsOf(headers),
    flags: flagsOf(headers, parts),
    ...(text?.trim() && { text: { value: text, flowed, delSp } }),
    ...(email.html?.trim() && { html: email.html }),
    attachments: parts.attachments,
    messages: parts.messages,
    invitations: parts.invitations,
    reports: parts.reports,
    warnings,
  };
}

async function parsedOrNothing(bytes: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(bytes, PARSER_OPTIONS);
  } catch (error) {
    // It throws plain errors alone, all of them at messages beyond its bounds.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Without parts: the headers, and what stands behind them as text. */
async function byHand(bytes: Uint8Array): Promise<Email> {
  const end = headerEnd(bytes);
  const lines = new TextDecoder().decode(bytes.subarray(0, Math.min(end, MAX_HEADER_CHARACTERS)));
  const headers = lines
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => ({
      key: name.toLowerCase(),
      originalKey: name,
      value: value.trim(),
    }));
  const text = new TextDecoder().decode(bytes.subarray(end));
  return { headers, headerLines: [], text, attachments: [] };
}

const MAX_HEADER_CHARACTERS = 1024 * 1024;

interface Headers {
  /** Empty if there is none. */
  first(name: string): string;
  all(name: string): readonly string[];
  has(name: string): boolean;
}

function headersOf({ headers }: Email): Headers {
  const values = new Map<string, string[]>();
  for (const { key, value } of headers) values.set(key, [...(values.get(key) ?? []), value]);
  return {
    first: (name) => values.get(name)?.find((value) => value.trim() !== '') ?? '',
    all: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
  };
}

interface Parts {
  readonly attachments: MailAttachment[];
  readonly messages: Mail[];
  readonly invitations: ReturnType<typeof invitationsIn>;
  readonly reports: ReturnType<typeof deliveryReportsIn>;
  readonly types: ReadonlySet<string>;
}

async function readParts(email: Email, path: string, depth: number, warnings: Warning[]): Promise<Parts> {
  const parts = {
    attachments: [] as MailAttachment[],
    messages: [] as Mail[],
    invitations: [] as Parts['invitations'],
    reports: [] as Parts['reports'],
    types: new Set<string>(),
  };
  for (const [index, attachment] of email.attachments.entries()) {
    const part = `${path}${index + 1}`;
    const type = attachment.mimeType;
    parts.types.add(type);
    if (/^message\/(?:rfc822|global)$/.test(type)) {
      if (depth < MAX_NESTING) {
        const inner = await read(bytesOf(attachment), `${part}.`, depth + 1, []);
        parts.messages.push(inner);
        continue;
      }
      warnings.push({ construct: 'mail:nesting', fate: 'degraded' });
    }
    if (type === 'message/delivery-status' || type === 'message/global-delivery-status') {
      parts.reports.push(...deliveryReportsIn(utf8.decode(bytesOf(attachment))));
      continue;
    }
    // The headers of a message that came back: what it was is told by them, and its text is at its author's.
    if (type === 'text/rfc822-headers' || type === 'message/rfc822-headers') {
      parts.messages.push(await read(bytesOf(attachment), `${part}.`, depth + 1, []));
      continue;
    }
    if (type === 'text/calendar' || type === 'application/ics') {
      const found = invitationsIn(utf8.decode(bytesOf(attachment)));
      parts.invitations.push(...found);
      // Shown, and offered as a file only if it is meant as one.
      if (found.length > 0 && !attachment.filename) continue;
    }
    if (!attachment.filename && ALTERNATIVES.test(type) && (email.text || email.html)) continue;
    parts.attachments.push(attachmentOf(attachment, part));
  }
  // Programs put the same invitation in as a body and as a file.
  const distinct = new Map(parts.invitations.map((one) => [JSON.stringify(one), one]));
  return { ...parts, invitations: [...distinct.values()] };
}

/** The same text again, for programs that show no mail but this kind. */
const ALTERNATIVES = /^text\/(?:x-amp-html|watch-html|enriched|richtext)$/;

const utf8 = new TextDecoder();

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function attachmentOf(attachment: Attachment, part: string): MailAttachment {
  const content = bytesOf(attachment);
  const contentId = attachment.contentId?.replace(/[<>\s]/g, '');
  return {
    part,
    name: fileName(attachment, part),
    type: attachment.mimeType || 'application/octet-stream',
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    ...(contentId && { contentId }),
  };
}

/** Without folders, as some programs send them; a file without a name gets one that says what it is. */
function fileName({ filename, mimeType }: Attachment, part: string): string {
  const name = oneLine((filename ?? '').split(/[\\/]/).at(-1) ?? '').trim();
  if (name !== '' && name !== '.' && name !== '..') return name;
  if (mimeType === 'message/rfc822') return `message-${part}.eml`;
  const subtype = /^[\w-]+\/(?:x-)?([a-z0-9]+)$/.exec(mimeType)?.[1];
  return subtype === undefined || subtype === 'octet'
    ? `attachment-${part}`
    : `attachment-${part}.${subtype}`;
}

function decoded(value: string): string {
  return oneLine(decodeWords(value)).replace(/\s+/g, ' ').trim();
}

function senders(headers: Headers): Mailbox[] {
  const from = mailboxes(headers.all('from'));
  return from.length > 0 ? from : mailboxes(headers.all('sender'));
}

/** Groups as their members. */
function mailboxes(values: readonly string[]): Mailbox[] {
  const all = values.flatMap((value): Address[] => addressParser(value));
  const found = all.flatMap((one) => one.group ?? [one]).map(mailboxOf);
  const distinct = new Map(found.map((one) => [one.address || one.name, one]));
  distinct.delete('');
  return [...distinct.values()];
}

function mailboxOf({ name, address = '' }: Address): Mailbox {
  const clean = oneLine(address).replace(/\s+/g, '').toLowerCase();
  const shown = decoded(name)
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
  return { name: shown.toLowerCase() === clean ? '' : shown, address: clean };
}

/** Two days are more than any zone, and less than any clock that was never set. */
const MAX_AHEAD_MS = 2 * 24 * 60 * 60 * 1000;

/** What the author's clock said, unless that was after the mail had arrived. */
function dateOf(headers: Headers): string | undefined {
  const written = mailDate(headers.first('date'));
  const received = receivedDate([...headers.all('received'), ...headers.all('delivery-date')]);
  if (written === undefined || received === undefined) return written ?? received;
  return Date.parse(written) > Date.parse(received) + MAX_AHEAD_MS ? received : written;
}

function listOf(value: string): string | undefined {
  const id = /<([^<>]+)>/.exec(value)?.[1] ?? value;
  return oneLine(id).trim().toLowerCase() || undefined;
}

function labelsOf(headers: Headers): string[] {
  const values = ['x-gmail-labels', 'x-keywords', 'keywords'].flatMap((name) =>
    headers.all(name).flatMap((value) => decoded(value).split(',')),
  );
  const labels = values.map((label) => label.trim().replace(/^"(.*)"$/, '$1'));
  return [...new Set(labels)].filter((label) => label !== '').sort();
}

function flagsOf(headers: Headers, { reports, types }: Parts): MailFlag[] {
  const flags: MailFlag[] = [];
  const auto = headers.first('auto-submitted');
  const contentType = headers.first('content-type').toLowerCase();
  const isBounce =
    reports.length > 0 ||
    /^\s*<\s*>\s*$/.test(headers.first('return-path')) ||
    contentType.includes('delivery-status');
  if ((auto !== '' && !/^no\b/i.test(auto)) || headers.has('x-autoreply')) flags.push('auto-submitted');
  if (isBounce) flags.push('bounce');
  if (/^(bulk|junk|list)$/i.test(headers.first('precedence')) || headers.has('list-unsubscribe'))
    flags.push('bulk');
  if (contentType.startsWith('multipart/encrypted') || types.has('application/pgp-encrypted'))
    flags.push('encrypted');
  if (contentType.startsWith('multipart/signed') || [...types].some((type) => /signature$/.test(type)))
    flags.push('signed');
  return flags;
}

/** Headers that the author wrote, and none that servers add on the way. */
const AUTHORED = ['from', 'to', 'cc', 'date', 'subject', 'message-id', 'in-reply-to', 'references'];

function contentDigest(
  headers: Headers,
  text: string | undefined,
  html: string | undefined,
  attachments: readonly MailAttachment[],
): string {
  const canonical = [
    ...AUTHORED.map((name) => headers.all(name).map((value) => value.replace(/\s+/g, ' ').trim())),
    (text ?? '').replace(/\s+/g, ' ').trim(),
    (html ?? '').replace(/\s+/g, ' ').trim(),
    attachments.map(({ sha256 }) => sha256),
  ];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
