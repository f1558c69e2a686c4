import { parseMail } from '../../../src/connectors/email/parse.ts';
import { renderThread } from '../../../src/connectors/email/render.ts';
import { threadMails } from '../../../src/connectors/email/threads.ts';
import type { SourceDocument } from '../../../src/core/document.ts';
import { linkDocument, writeMarkdown } from '../../../src/markdown/index.ts';

const HEADERS = {
  From: 'Ann Lee <ann@acme.example>',
  To: 'Bob <bob@acme.example>',
  Subject: 'Plan',
  'Message-ID': '<a@acme.example>',
  Date: 'Sat, 21 Nov 2026 09:30:00 +0000',
};

/** A message as it is sent; `undefined` takes one of the usual headers away. */
export function raw(body: string, headers: Record<string, string | undefined> = {}): Uint8Array {
  const lines = Object.entries({ ...HEADERS, ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}`);
}

const TYPES = { text: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8' };

/** The message number `n` of a thread, from Ann and Bob in turn, an hour after the one before, answering that one. */
export function reply(n: number, body: string, kind: 'text' | 'html' = 'text', headers = {}): Uint8Array {
  const [ann, bob] = ['Ann Lee <ann@acme.example>', 'Bob <bob@acme.example>'];
  return raw(body, {
    From: n % 2 === 0 ? bob : ann,
    To: n % 2 === 0 ? ann : bob,
    Subject: n === 1 ? 'Plan' : 'Re: Plan',
    'Message-ID': `<m${n}@acme.example>`,
    ...(n > 1 && {
      References: Array.from({ length: n - 1 }, (_, i) => `<m${i + 1}@acme.example>`).join(' '),
    }),
    Date: `Sat, 21 Nov 2026 ${String(8 + n).padStart(2, '0')}:30:00 +0000`,
    'Content-Type': TYPES[kind],
    'Content-Transfer-Encoding': '8bit',
    ...headers,
  });
}

export async function documentsOf(messages: readonly Uint8Array[]): Promise<SourceDocument[]> {
  const mails = await Promise.all(messages.map((message) => parseMail(message)));
  return threadMails(mails).map((thread) => renderThread(thread, { source: 'email', account: 'ann' }));
}

export const markdownOf = ({ body }: SourceDocument): string =>
  linkDocument(writeMarkdown(body), (url) => url);

/** The text of the last message of a thread, as its document shows it below its heading and recipients. */
export async function lastOf(...messages: readonly Uint8Array[]): Promise<string> {
  const documents = await documentsOf(messages);
  if (documents.length !== 1 || !documents[0]) throw new Error(`${documents.length} threads`);
  const last =
    markdownOf(documents[0])
      .split(/^## .*\n\n/m)
      .at(-1) ?? '';
  return last.replace(/^(?:- (?:To|Cc|Subject|In reply to|Note): .*\n)+\n?/, '').trim();
}
