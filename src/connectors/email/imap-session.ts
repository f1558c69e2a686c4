import { ImapFlow, type MailboxObject } from 'imapflow';
import type { EmailSource, ImapSettings } from '../../config/sources/email.ts';
import type { Clock } from '../../core/clock.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { Logger } from '../../core/logger.ts';
import { VERSION } from '../../core/version.ts';

export interface ImapSessionOptions {
  readonly source: string;
  readonly imap: ImapSettings;
  readonly auth: NonNullable<EmailSource['auth']>;
  /** Longer answers than for such a message end the connection. */
  readonly maxMessageBytes: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What a folder said of itself when it was opened. */
export interface OpenFolder {
  readonly client: ImapFlow;
  readonly folder: MailboxObject;
}

const CONNECT_MS = 30_000;
/** Without a byte, while an answer is awaited. */
const SILENCE_MS = 120_000;
/** Without a message between them. */
const MAX_RECONNECTS = 3;
/** In all of a run. */
const MAX_RECONNECTS_IN_ALL = 30;
const RECONNECT_MS = 2000;

/** The one connection of a source. Folders are opened with `EXAMINE`: nothing that is done here changes the mailbox. */
export class ImapSession {
  requests = 0;
  readonly #options: ImapSessionOptions;
  #client: ImapFlow | undefined;
  #open: MailboxObject | undefined;
  #reconnects = 0;
  #reconnectsInAll = 0;

  constructor(options: ImapSessionOptions) {
    this.#options = options;
  }

  async connect(): Promise<ImapFlow> {
    const { imap, auth, maxMessageBytes, signal } = this.#options;
    signal.throwIfAborted();
    this.requests++;
    const client = new ImapFlow({
      ...{ host: imap.host, port: imap.port, secure: imap.tls === 'implicit' },
      ...(imap.tls !== 'implicit' && { doSTARTTLS: imap.tls === 'starttls' }),
      auth: {
        user: auth.username,
        ...(auth.kind === 'oauth2' ? { accessToken: auth.token } : { pass: auth.token }),
      },
      clientInfo: { name: 'context-sync', version: VERSION },
      // It would be told passwords.
      logger: false,
      disableAutoIdle: true,
      ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
      maxLiteralSize: maxMessageBytes + 1024 * 1024,
    });
    const abort = () => client.close();
    signal.addEventListener('abort', abort, { once: true });
    client.on('close', () => signal.removeEventListener('abort', abort));
    // What breaks is told by the command that is waiting.
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      client.close();
      signal.throwIfAborted();
      throw this.#unconnected(error);
    }
    // The library would ask for ages instead of days, by two clocks.
    client.capabilities.delete('WITHIN');
    this.#client = client;
    return client;
  }

  /** Opens a folder for reading; `anew` to learn what it is now. */
  async open(path: string, { anew = false } = {}): Promise<OpenFolder> {
    const client = await this.client();
    if (anew || this.#open?.path !== path || client.mailbox === false) {
      this.requests++;
      this.#open = undefined;
      this.#open = await client.mailboxOpen(path, { readOnly: true });
    }
    return { client, folder: this.#open };
  }

  /** The connection, whichever folder is open. */
  async client(): Promise<ImapFlow> {
    return this.#client?.usable ? this.#client : this.connect();
  }

  /**
   * What to do about an error: `again`, on a new connection, if it was the connection that broke, after a wait; or the
   * server's refusal in its words. Fails with what neither of it helps against, such as a connection that breaks too often.
   */
  async recover(error: unknown): Promise<'again' | { readonly refusal: string }> {
    const { source, clock, log, signal } = this.#options;
    signal.throwIfAborted();
    const reason = reasonOf(error);
    const isUnreachable = isCtxError(error) && error.is('email.unreachable');
    if (!isUnreachable) {
      if (isRefusal(error) && this.#client?.usable) return { refusal: reason };
      if (this.#client?.usable || isCtxError(error)) throw error;
    }
    this.#open = undefined;
    if (this.#reconnects >= MAX_RECONNECTS || this.#reconnectsInAll >= MAX_RECONNECTS_IN_ALL)
      throw ctxError(
        'email.connection-lost',
        { source, server: this.#server, attempts: this.#reconnectsInAll + 1, reason },
        error,
      );
    this.#reconnects++;
    this.#reconnectsInAll++;
    log.debug(`${source}: ${this.#server}: the connection broke (${reason}); connecting again`);
    await clock.sleep(RECONNECT_MS * this.#reconnects, signal);
    return 'again';
  }

  /** Something came: what breaks next is another matter. */
  noteProgress(): void {
    this.#reconnects = 0;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client?.usable) return;
    try {
      await client.logout();
    } catch {
      // All has been read: how the connection ends is of no interest.
      client.close();
    }
  }

  #unconnected(error: unknown): CtxError {
    const { source, auth } = this.#options;
    const { authenticationFailed, serverResponseCode } = error as ImapError;
    const at = { source, server: this.#server };
    const reason = reasonOf(error);
    // https://www.rfc-editor.org/rfc/rfc5530: the server has a trouble of its own.
    return authenticationFailed && serverResponseCode !== 'UNAVAILABLE'
      ? ctxError('email.refused', { ...at, username: auth.username, reason }, error)
      : ctxError('email.unreachable', { ...at, reason }, error);
  }

  get #server(): string {
    return `${this.#options.imap.host}:${this.#options.imap.port}`;
  }
}

/** What the library adds to its errors. */
interface ImapError {
  readonly message?: string;
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly responseStatus?: string;
  readonly responseText?: string;
  readonly serverResponseCode?: string;
}

/** Whether the server answered a command that it will not do. */
export function isRefusal(error: unknown): boolean {
  const { responseStatus } = error as ImapError;
  return responseStatus === 'NO' || responseStatus === 'BAD';
}

function reasonOf(error: unknown): string {
  const { responseText, code, message } = error as ImapError;
  return responseText || code || message || 'no reason was given';
}
