/** What somebody wrote, before it is a message: bytes as they are sent are made of it by {@link messageText}. */
export interface MailSpec {
  /** The part of its Message-ID before `@`. */
  readonly id: string;
  /** As a header has it: `Mina Okafor <mina@fernhollow.example>`. */
  readonly from: string;
  readonly to: string;
  readonly cc?: string;
  /** In UTC, to the minute. */
  readonly at: string;
  readonly subject: string;
  /** The `id` of the message that it answers. */
  readonly answers?: string;
  /** `{{quote}}` stands for what it answers, as mail programs quote it. */
  readonly text: string;
  /** The same in HTML; `{{quote}}` as in the text. */
  readonly html?: string;
  readonly files?: readonly MailFile[];
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of a text and files: a body with its own type, as programs send them. */
  readonly report?: { readonly type: string; readonly body: string };
}

export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;
  /** What the HTML shows it by, `cid:` and this. */
  readonly contentId?: string;
  /** A part of the message itself and no file, such as an invitation. */
  readonly isAlternative?: true;
}

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const messageId = (id: string): string => `<${id}@mail.fernhollow.example>`;

/** A message as it is sent (https://www.rfc-editor.org/rfc/rfc5322), with plain line feeds. `chain`: ids of what it answers. */
export function messageText(spec: MailSpec, chain: readonly string[]): string {
  const { id, from, to, cc, at, subject, headers = {} } = spec;
  const part = bodyOf(spec);
  const fields: Record<string, string | undefined> = {
    From: encodedNames(from),
    To: encodedNames(to),
    Cc: cc === undefined ? undefined : encodedNames(cc),
    Date: dateHeader(at),
    Subject: encoded(subject),
    'Message-ID': messageId(id),
    'In-Reply-To': chain.length > 0 ? messageId(chain.at(-1) as string) : undefined,
    References: chain.length > 0 ? chain.map(messageId).join('\n ') : undefined,
    ...headers,
    'MIME-Version': '1.0',
    ...part.headers,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return `${lines.join('\n')}\n\n${part.body}`;
}

function bodyOf({ id, text, html, files = [], report }: MailSpec): Part {
  if (report) return { headers: { 'Content-Type': report.type }, body: report.body };
  const plain = textPart('text/plain', text);
  const versions = [
    plain,
    ...(html === undefined ? [] : [textPart('text/html', html)]),
    ...files.filter(({ isAlternative }) => isAlternative).map(filePart),
  ];
  const shown = files.filter(({ contentId }) => contentId !== undefined).map(filePart);
  const attached = files
    .filter(({ contentId, isAlternative }) => contentId === undefined && !isAlternative)
    .map(filePart);
  const words = versions.length === 1 ? plain : multipart('alternative', `${id}-words`, versions);
  const page = shown.length === 0 ? words : multipart('related', `${id}-page`, [words, ...shown]);
  return attached.length === 0 ? page : multipart('mixed', `${id}-all`, [page, ...attached]);
}

function multipart(kind: string, boundary: string, parts: readonly Part[]): Part {
  const written = parts.map(({ headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return `--${boundary}\n${lines.join('\n')}\n\n${body}\n`;
  });
  return {
    headers: { 'Content-Type': `multipart/${kind}; boundary="${boundary}"` },
    body: `${written.join('')}--${boundary}--\n`,
  };
}

function textPart(type: string, text: string): Part {
  return {
    headers: { 'Content-Type': `${type}; charset=utf-8`, 'Content-Transfer-Encoding': '8bit' },
    body: `${text.trimEnd()}\n`,
  };
}

function filePart({ name, type, content, contentId, isAlternative }: MailFile): Part {
  if (isAlternative) return textPart(type, String(content));
  return {
    headers: {
      'Content-Type': `${type}; name="${name}"`,
      'Content-Disposition': `${contentId === undefined ? 'attachment' : 'inline'}; filename="${name}"`,
      ...(contentId !== undefined && { 'Content-ID': `<${contentId}>` }),
      'Content-Transfer-Encoding': 'base64',
    },
    body: base64Lines(content),
  };
}

function base64Lines(content: string | Uint8Array): string {
  return Buffer.from(content)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\n');
}

/** https://www.rfc-editor.org/rfc/rfc2047, where it is needed. */
function encoded(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function encodedNames(people: string): string {
  return people
    .replace(/([^<,]+?) (<[^>]+>)/g, (_, name: string, address: string) => {
      const bare = name.trim();
      return ` ${encoded(bare) === bare && /[()]/.test(bare) ? `"${bare}"` : encoded(bare)} ${address}`;
    })
    .trim();
}

/** `Tue, 17 Feb 2026 10:05:00 +0000`. */
export function dateHeader(at: string): string {
  return new Date(`${at}:00Z`).toUTCString().replace('GMT', '+0000');
}
