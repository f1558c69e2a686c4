import { entry } from './entry.ts';

/** A server of mail, as `host:port`. */
export interface ImapServer {
  readonly source: string;
  readonly server: string;
}

/** Of mail: what an IMAP server refuses, and connections that break. */
export const emailErrors = {
  'email.refused': entry<ImapServer & { username: string; reason: string }>({
    kind: 'credentials',
    message: (p) => `${p.source}: ${p.server}: the login of ${p.username} was refused (${p.reason}).`,
    hint: () =>
      'Most providers want a password made for this app alone, or an access token, and IMAP switched on; docs/connectors/email.md says which.',
  }),
  'email.unreachable': entry<ImapServer & { reason: string }>({
    kind: 'failed',
    message: (p) => `${p.source}: ${p.server}: no connection (${p.reason}).`,
    hint: ({ reason }) =>
      /CERT|SELF_SIGNED|ALTNAME/.test(reason)
        ? "The server's certificate is not one that this machine trusts for this name: correct `imap.host`, or name the authority's file in NODE_EXTRA_CA_CERTS."
        : 'Check `imap.host`, `imap.port` and `imap.tls`, and the network. What is in the repository stays.',
  }),
  'email.connection-lost': entry<ImapServer & { attempts: number; reason: string }>({
    kind: 'failed',
    message: (p) => `${p.source}: ${p.server}: the connection broke ${p.attempts} times (${p.reason}).`,
    hint: () => 'Run again: what was read is kept, and the next run goes on with it.',
  }),
  'email.folder': entry<{ source: string; folder: string; reason: string }>({
    kind: 'failed',
    message: ({ source, folder, reason }) => `${source}: folder ${folder} can't be read (${reason}).`,
    hint: () =>
      'Correct `folders` if it was renamed or is gone. Until then what is in the repository of it stays.',
  }),
  'email.unlisted': entry<{ source: string; folder: string; count: number }>({
    kind: 'partial',
    message: ({ source, folder, count }) =>
      `${source}: folder ${folder}: the server can't give ${count} of its messages.`,
    hint: () =>
      'All others were read. Open them in a mail program, or ask the provider; until they come, nothing of the account is removed.',
  }),
  'email.changed': entry<{ source: string; id: string; where: string }>({
    kind: 'partial',
    message: ({ source, id, where }) =>
      `${source}: message ${id} is no longer where it was listed, in ${where}.`,
    hint: () => 'The mailbox changed while it was read. The next run reads it anew.',
  }),
};
