import type { Root } from 'mdast';
import type { Warning } from '../core/document.ts';

/** What a reader needs to know of the place a text was written in. It asks; it never fetches. */
export interface ReadContext {
  /** The absolute URL of the site, such as `https://acme.atlassian.net`. */
  readonly siteUrl: string;
  /** The space and id of the page that is read, for links without a space. */
  readonly space?: string;
  readonly pageId?: string;
  /** The display name of an account id, if known. */
  readonly person: (accountId: string) => string | undefined;
  /** Called for each account id that the text names, known or not. */
  readonly onPerson?: (accountId: string) => void;
  /** The attachment that a file name or media id means, if known. */
  readonly attachment?: (reference: AttachmentReference) => Attachment | undefined;
}

export interface AttachmentReference {
  readonly name?: string;
  readonly mediaId?: string;
  readonly alt?: string;
}

export interface Attachment {
  /** Absolute. */
  readonly url: string;
  readonly name: string;
}

/** A text as a tree whose link and image URLs are absolute, and what of it could not be kept. */
export interface Reading {
  readonly root: Root;
  readonly warnings: readonly Warning[];
}
