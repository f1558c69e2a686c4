import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { email } from '../../../src/connectors/email/index.ts';
import type { AnySource, SourceFixture } from '../../contract/source-context.ts';
import type { Dovecot } from '../../harness/dovecot.ts';
import { recordRun } from '../../harness/events.ts';
import { raw } from './harness.ts';
import { startImap } from './imap-context.ts';
import { type EmailContext, startEmail } from './local-context.ts';

interface Mailbox {
  put(id: string, message: Uint8Array): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Four conversations in a mailbox, and what can happen to them. */
async function conversations(context: EmailContext, mailbox: Mailbox): Promise<AnySource> {
  const put = (id: string, body: string, headers: Record<string, string> = {}) =>
    mailbox.put(id, raw(body, { 'Message-ID': `<${id}>`, Subject: `About ${id}`, ...headers }));
  const ids = [1, 2, 3, 4].map((n) => `m${n}@acme.example`);
  const [first = '', second = '', third = ''] = ids;
  for (const id of ids) await put(id, `What do you think of ${id}?`);
  let answers = 0;
  return {
    ...context,
    build: ({ full = false, confirmDeletes = [] } = {}) => context.build({ full, confirmDeletes }),
    fresh: () => context.fresh(),
    record: (before) => recordRun(email, context.source, before),
    async edit() {
      answers += 1;
      await put(`a${answers}@acme.example`, `Thought number ${answers}`, { 'In-Reply-To': `<${first}>` });
      return first;
    },
    async rename() {
      await mailbox.remove(second);
      await put(second, 'What do you think?', { Subject: 'About something else' });
      return second;
    },
    async remove() {
      await mailbox.remove(third);
      return third;
    },
  };
}

/** A folder of messages, each in a file. */
export const localFixture: SourceFixture = {
  type: 'email',
  definition: email,
  async start() {
    const context = await startEmail();
    const file = (id: string) => join(context.mail, `${id}.eml`);
    return conversations(context, {
      put: (id, message) => writeFile(file(id), message),
      remove: (id) => rm(file(id)),
    });
  },
};

export const imapFixture = (server: () => Dovecot): SourceFixture => ({
  type: 'email',
  definition: email,
  async start() {
    const context = await startImap(server());
    return conversations(context, {
      put: (_, message) => context.owner.put(message),
      remove: (id) => context.owner.remove(id),
    });
  },
});
