import type { EmailSource } from '../../config/sources/email.ts';
import type { ConnectorEnvironment } from '../contract.ts';
import { LocalMailbox } from './local-mailbox.ts';
import type { Mailbox } from './mailbox.ts';

export async function openMailbox(
  { id: source, path = '' }: EmailSource,
  maxMessageBytes: number,
  { files }: ConnectorEnvironment,
): Promise<Mailbox> {
  // Says at once if nothing is there.
  for await (const _ of files.list(path)) break;
  return new LocalMailbox({ source, path, files, maxMessageBytes });
}
