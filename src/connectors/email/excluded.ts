import type { ListedMail } from './mailbox.ts';
import type { MailThread } from './threads.ts';

/** What the configuration leaves out: threads by their ids, or by the id of any message in them. */
export class Excluded {
  readonly #ids: ReadonlySet<string>;

  constructor(ids: Iterable<string>) {
    this.#ids = new Set(ids);
  }

  has({ id, messages }: { readonly id: string; readonly messages: readonly string[] }): boolean {
    return this.#ids.has(id) || messages.some((message) => this.#ids.has(message));
  }

  /** Those that call nothing. */
  unknown(threads: readonly MailThread<ListedMail>[]): string[] {
    const known = new Set(threads.flatMap(({ id, mails }) => [id, ...mails.map((mail) => mail.id)]));
    return [...this.#ids].filter((id) => !known.has(id));
  }
}
