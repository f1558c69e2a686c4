import { ImapFlow } from 'imapflow';
import type { EmailSource } from '../../../src/config/sources/email.ts';
import type { Dovecot } from '../../harness/dovecot.ts';
import { startTcpProxy, type TcpProxy } from '../../harness/tcp-proxy.ts';
import { type EmailContext, startEmail } from './local-context.ts';

/** A new account on a server, what its owner does with it, and builds of it through a proxy that can break. */
export interface ImapContext extends EmailContext {
  readonly owner: Owner;
  readonly proxy: TcpProxy;
  readonly username: string;
  /** Commands that were sent since this was asked the last time, without their tags and arguments. */
  commands(): string[];
}

let accounts = 0;

export async function startImap(
  { port, password }: Dovecot,
  config: Partial<EmailSource> = {},
): Promise<ImapContext> {
  const username = `ann${process.pid}-${accounts++}`;
  const owner = new Owner({ port, username, password });
  await owner.connect();
  const proxy = await startTcpProxy(port);
  const context = await startEmail(() => ({
    imap: { host: '127.0.0.1', port: proxy.port, tls: 'none' },
    auth: { username, token: password, kind: 'password' },
    ...config,
  }));
  return {
    ...context,
    ...{ owner, proxy, username },
    commands: () => proxy.sent().map((line) => /^\S+ ((?:UID )?\S+)/.exec(line)?.[1] ?? line),
    async [Symbol.asyncDispose]() {
      await context[Symbol.asyncDispose]();
      await owner.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

interface Login {
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** What the owner of a mailbox does in a mail program. */
export class Owner {
  readonly #client: ImapFlow;

  constructor({ port, username: user, password: pass }: Login) {
    this.#client = new ImapFlow({
      ...{ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass } },
      ...{ logger: false, disableAutoIdle: true },
    });
  }

  connect(): Promise<void> {
    return this.#client.connect();
  }

  close(): Promise<void> {
    return this.#client.logout();
  }

  async put(
    message: Uint8Array,
    folder = 'INBOX',
    { flags = [] as string[], date = '' } = {},
  ): Promise<void> {
    const arrived = date === '' ? undefined : new Date(date);
    const done = await this.#client.append(folder, Buffer.from(message), flags, arrived);
    if (!done) throw new Error(`nothing was appended to ${folder}`);
  }

  async look(id: string, folder = 'INBOX'): Promise<void> {
    await this.#client.mailboxOpen(folder);
    await this.#client.messageFlagsAdd(await this.#find(id), ['\\Seen', '\\Flagged'], { uid: true });
  }

  async remove(id: string, folder = 'INBOX'): Promise<void> {
    await this.#client.mailboxOpen(folder);
    await this.#client.messageDelete(await this.#find(id), { uid: true });
  }

  async move(id: string, to: string, folder = 'INBOX'): Promise<void> {
    await this.#client.mailboxOpen(folder);
    await this.#client.messageMove(await this.#find(id), to, { uid: true });
  }

  async createFolder(path: string): Promise<void> {
    await this.#client.mailboxCreate(path);
  }

  async deleteFolder(path: string): Promise<void> {
    await this.#client.mailboxClose();
    await this.#client.mailboxDelete(path);
  }

  async renameFolder(from: string, to: string): Promise<void> {
    await this.#client.mailboxClose();
    await this.#client.mailboxRename(from, to);
  }

  async uidValidity(folder: string): Promise<string> {
    return String((await this.#client.mailboxOpen(folder)).uidValidity);
  }

  /** Of one message by its id, or by words of its text. */
  async #find(id: string): Promise<string> {
    const query = id.includes('@') ? { header: { 'message-id': id } } : { body: id };
    const found = await this.#client.search(query, { uid: true });
    const uid = found ? found[0] : undefined;
    if (uid === undefined) throw new Error(`no message ${id}`);
    return String(uid);
  }
}
