import { createHash } from 'node:crypto';
import type { EmailSource } from '../../config/sources/email.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { type ListedMail, messageLimit } from './mailbox.ts';
import { emailModel } from './model.ts';

/** Raised when the connector itself writes other text for the same messages. */
const CONNECTOR_VERSION = 1;

/** Mail of one account, from a server by IMAP or from files of this machine. */
export const email: ConnectorDefinition<EmailSource> = {
  type: 'email',
  model: emailModel,
  async open(config, environment) {
    const { id: source, attachments: keep, max_attachment_mb } = config;
    const { log } = environment;
    const maxBytes = max_attachment_mb * 1024 * 1024;
    // Loaded when it is used.
    const [{ emailChanges }, { download }, { openMailbox }, { default: PQueue }] = await Promise.all([
      import('./changes.ts'),
      import('./download.ts'),
      import('./open.ts'),
      import('p-queue'),
    ]);
    const mailbox = await openMailbox(config, messageLimit(keep === 'none' ? 0 : maxBytes), environment);
    const output = { RENDERER_VERSION, CONNECTOR_VERSION, account: mailbox.account, keep };
    let mails: ReadonlyMap<string, ListedMail> = new Map();
    const queue = new PQueue({ concurrency: 1 });
    return {
      model: emailModel(source),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      changes: (options) =>
        emailChanges(
          {
            ...{ config, mailbox, log },
            onListed(listed) {
              mails = listed;
            },
          },
          options,
        ),
      async probe() {
        const { found, problems } = await mailbox.probe();
        return { found: [`account ${mailbox.account}`, ...found], problems };
      },
      attachments: { keep, maxBytes },
      // A mailbox answers one question at a time.
      download: (attachment, sink) => queue.add(() => download(attachment, sink, { source, mailbox, mails })),
      get requests() {
        return mailbox.requests;
      },
      close: () => mailbox.close(),
    };
  },
};
