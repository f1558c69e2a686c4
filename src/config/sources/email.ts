import { z } from 'zod';
import { isLoopback } from '../../core/loopback.ts';
import { common, credentials, excluded, text, token, wholeDays } from '../fields.ts';

const imap = z
  .strictObject({
    host: text.describe('The server, such as imap.gmail.com.'),
    port: z.int('must be a port').min(1, 'must be a port').max(65535, 'must be a port').default(993),
    tls: z
      .enum(['implicit', 'starttls', 'none'], 'must be implicit, starttls or none')
      .default('implicit')
      .describe(
        'How the connection is encrypted: from its first byte on, by STARTTLS, or, on this machine alone, not at all.',
      ),
  })
  .refine(({ host, tls }) => tls !== 'none' || isLoopback(host), {
    path: ['tls'],
    message: 'must not be none but for a server on this machine: the password would travel unencrypted',
  })
  .describe('The mailbox on its server, which is only read. Either this or path.');

const auth = z
  .strictObject({
    username: text.describe('As the server knows the account; mostly its address.'),
    token,
    kind: z
      .enum(['password', 'oauth2'], 'must be password or oauth2')
      .default('password')
      .describe(
        'What the token is: a password (better: one for this app alone), or an OAuth 2.0 access token.',
      ),
  })
  .describe(credentials);

export const email = z
  .strictObject({
    id: common.id,
    type: z.literal('email'),
    imap: imap.optional(),
    auth: auth.optional(),
    folders: z
      .union([z.literal('all'), z.array(text).min(1)], 'must be a list of folders, or all')
      .optional()
      .describe(
        'Folders of the server to read, by path or special use such as \\Sent, or all but drafts, junk and trash. Default: INBOX.',
      ),
    days: z
      .union([z.literal('all'), wholeDays(1)], 'must be a whole number of days, or all')
      .optional()
      .describe(
        'How many days back the first build reads of a server, or all. What was read once is followed from then on. Default: 365.',
      ),
    path: text
      .optional()
      .describe(
        'Mail on this machine: an mbox file, a Maildir, or a folder of .mbox and .eml files; relative paths start at this file. Either this or imap.',
      ),
    attachments: z
      .enum(['all', 'none'], 'must be all or none')
      .default('none')
      .describe('Whether to keep the files that messages carry. Otherwise they are named.'),
    max_attachment_mb: common.max_attachment_mb,
    optional: common.optional,
    max_age: common.max_age,
    exclude: excluded(
      /^[^\s<>]+$/,
      'the id of a thread or of a message, such as 4711@mail.example',
      'Ids of threads to leave out (or of any message in them), with their files; what is in the repository of them is removed.',
    ),
  })
  .check(({ value, issues }) => {
    for (const [path, message] of contradictions(value))
      issues.push({ code: 'custom', input: value, path: [path], message });
  })
  .meta({ title: 'E-mail' });

export type EmailSource = z.output<typeof email>;
export type ImapSettings = NonNullable<EmailSource['imap']>;

interface Settings {
  readonly imap?: unknown;
  readonly auth?: unknown;
  readonly path?: unknown;
  readonly folders?: unknown;
  readonly days?: unknown;
}

function* contradictions({
  imap,
  auth,
  path,
  ...rest
}: Settings): Generator<[path: string, message: string]> {
  if (imap === undefined && path === undefined)
    yield ['imap', 'is missing: name a server, or mail on this machine by path'];
  if (imap !== undefined && path !== undefined)
    yield ['path', 'must not stand beside imap: make two sources of them'];
  if (imap !== undefined && auth === undefined) yield ['auth', 'is missing'];
  if (imap !== undefined) return;
  if (auth !== undefined) yield ['auth', 'is for imap alone'];
  for (const key of ['folders', 'days'] as const)
    if (rest[key] !== undefined) yield [key, 'is for imap alone: of a path, all is read'];
}
