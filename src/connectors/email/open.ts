import type { EmailSource } from '../../config/sources/email.ts';
import type { ConnectorEnvironment } from '../contract.ts';
import { LocalMailbox } from './local-mailbox.ts';
import type { Mailbox } from './mailbox.ts';

/** Reaches the mailbox once, so that a wrong path or a refused login is said before anything else. */
export async function openMailbox(
  config: EmailSource,
  maxMessageBytes: number,
  environment: ConnectorEnvironment,
): Promise<Mailbox> {
  const { id: source, imap, auth, path } = config;
  if (imap && auth) {
    const [{ ImapSession }, { ImapMailbox }] = await Promise.all([
      import('./imap-session.ts'),
      import('./imap-mailbox.ts'),
    ]);
    const session = new ImapSession({ ...environment, source, imap, auth, maxMessageBytes });
    await session.connect();
    const { folders = ['INBOX'], days = 365 } = config;
    return new ImapMailbox({
      ...{ source, account: auth.username, session, folders, days, maxMessageBytes },
      now: environment.clock.now(),
    });
  }
  if (path === undefined) throw new TypeError('the configuration names no mailbox');
  const { files } = environment;
  for await (const _ of files.list(path)) break;
  return new LocalMailbox({ source, path, files, maxMessageBytes });
}
