import type { Warning } from '../../core/document.ts';

export interface Mailbox {
  /** Empty if only the address is written. */
  readonly name: string;
  /** In lower case; empty if only a name is written. */
  readonly address: string;
}

/** What tells of a message that no person wrote it, or that its text is not all there. */
export type MailFlag = 'auto-submitted' | 'bounce' | 'bulk' | 'encrypted' | 'signed';

/**
 * A file of a message. Its content is not held: {@link MailAttachment.part} finds it again in the message's bytes,
 * which whoever reads the mailbox can have anew.
 */
export interface MailAttachment {
  /** Its place in the message, such as `2`, or `1.3` for the third file of the first message within it. */
  readonly part: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  /** Without angle brackets. */
  readonly contentId?: string;
}

/** What a calendar part says of one event. */
export interface Invitation {
  /** `REQUEST`, `CANCEL`, `REPLY` … */
  readonly method?: string;
  readonly summary?: string;
  /** As the event has it: `2026-11-21 09:30 UTC`, or with the zone's name. */
  readonly start?: string;
  readonly end?: string;
  /** How it repeats, in the calendar's own words. */
  readonly rule?: string;
  readonly location?: string;
  readonly organizer?: string;
  readonly attendees: readonly string[];
  readonly description?: string;
}

/** What became of a message at one recipient (https://www.rfc-editor.org/rfc/rfc3464). */
export interface DeliveryReport {
  readonly recipient?: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
}

/** A message, decoded. Nothing of it depends on when or where it is read. */
export interface Mail {
  /** The Message-ID without angle brackets; of a message without one, made from its content. */
  readonly id: string;
  /** Of what the message says, without what transport adds: equal for two copies. */
  readonly digest: string;
  /** Ids of the messages it answers, the oldest first, as `References` and then `In-Reply-To` name them. */
  readonly references: readonly string[];
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject: string;
  /** ISO 8601 in UTC: when it was written, or where that is not said, received. */
  readonly date?: string;
  /** The id of the mailing list it came by. */
  readonly list?: string;
  /** What a mail program noted of it, such as Gmail's labels. */
  readonly labels: readonly string[];
  readonly flags: readonly MailFlag[];
  readonly text?: MailText;
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
  /** Messages that it carries whole. */
  readonly messages: readonly Mail[];
  readonly invitations: readonly Invitation[];
  readonly reports: readonly DeliveryReport[];
  readonly warnings: readonly Warning[];
}

export interface MailText {
  readonly value: string;
  /** Lines that end in a space go on in the next (https://www.rfc-editor.org/rfc/rfc3676). */
  readonly flowed: boolean;
  /** Of flowed text: that space is none of the text's. */
  readonly delSp: boolean;
}
