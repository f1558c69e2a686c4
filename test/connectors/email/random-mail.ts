import fc from 'fast-check';
import { raw } from './harness.ts';

/** Something that happens in a mailbox; `nth` chooses among what is there. */
export interface Happening {
  readonly what: 'begin' | 'answer' | 'join' | 'delete' | 'replace' | 'copy' | 'move' | 'build';
  readonly nth: number;
}

export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    what: fc.constantFrom(
      ...(['begin', 'answer', 'answer', 'answer', 'join', 'delete', 'replace', 'copy', 'move'] as const),
      ...(['build', 'build'] as const),
    ),
    nth: fc.nat(1000),
  }),
  { minLength: 5, maxLength: 25 },
);

/** A message of a made-up mailbox: what is in it beside its number. */
export interface MadeUp {
  readonly number: number;
  readonly references: readonly number[];
  /** Raised when it is written anew, without being any longer. */
  readonly version: number;
}

/** What a mailbox must do for mail to happen in it. */
export interface RandomMailbox {
  put(folder: string, mail: MadeUp): Promise<void>;
  remove(folder: string, mail: MadeUp): Promise<void>;
}

const FOLDERS = ['one', 'two'];

/** Mail as it happens, in two folders, with what is in each. */
export class RandomMail {
  readonly #mailbox: RandomMailbox;
  readonly #placed: { readonly folder: string; mail: MadeUp }[] = [];
  #count = 0;

  constructor(mailbox: RandomMailbox) {
    this.#mailbox = mailbox;
  }

  async happen({ what, nth }: Happening): Promise<void> {
    const placed = this.#placed[nth % Math.max(1, this.#placed.length)];
    const folder = FOLDERS[nth % FOLDERS.length] as string;
    if (what === 'begin' || !placed) return this.#put(folder, this.#next([]));
    const { mail } = placed;
    const chain = [...mail.references, mail.number];
    switch (what) {
      case 'answer':
        // Sometimes the answered message is not there, nor ever was.
        return this.#put(folder, this.#next(nth % 5 === 0 ? [...chain, 900 + (nth % 7)] : chain));
      case 'join':
        return this.#put(folder, this.#next([900 + (nth % 7), ...chain.slice(-1)]));
      case 'delete':
        return this.#remove(placed);
      case 'replace':
        await this.#remove(placed);
        return this.#put(placed.folder, { ...mail, version: (mail.version + 1) % 10 });
      case 'copy':
        return this.#put(folder, mail);
      case 'move':
        await this.#remove(placed);
        return this.#put(folder, mail);
    }
  }

  #next(references: readonly number[]): MadeUp {
    return { number: this.#count++, references, version: 0 };
  }

  async #put(folder: string, mail: MadeUp): Promise<void> {
    if (this.#placed.some((one) => one.folder === folder && one.mail.number === mail.number)) return;
    this.#placed.push({ folder, mail });
    await this.#mailbox.put(folder, mail);
  }

  async #remove(placed: { readonly folder: string; readonly mail: MadeUp }): Promise<void> {
    this.#placed.splice(this.#placed.indexOf(placed), 1);
    await this.#mailbox.remove(placed.folder, placed.mail);
  }
}

const idOf = (number: number) => `<r${number}@acme.example>`;

/** What no other message says. */
export function wordsOf({ number, version }: MadeUp): string {
  return `Words of message ${number}, version ${version}.`;
}

/** Of one length for all versions. */
export function bytesOf(mail: MadeUp): Uint8Array {
  const { number, references } = mail;
  const minute = String(number % 60).padStart(2, '0');
  return raw(`${wordsOf(mail)}\n\n> Words of message ${references.at(-1)}`, {
    Subject: references.length > 0 ? `Re: Topic ${references[0]}` : `Topic ${number}`,
    'Message-ID': number % 11 === 10 ? undefined : idOf(number),
    ...(references.length > 0 && { References: references.map(idOf).join(' ') }),
    Date: `Sat, 21 Nov 2026 09:${minute}:00 +0000`,
  });
}
