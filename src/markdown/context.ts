import type { Root } from 'mdast';
import type { Fidelity, Warning } from '../core/document.ts';

/** What a reader needs to know of the place a text was written in. It asks; it never fetches. */
export interface ReadContext {
  /** The absolute URL of the site, such as `https://acme.atlassian.net`. */
  readonly siteUrl: string;
  /** Where an address of the text leads, if not to a page of the site; undefined if nowhere. The default adds the site. */
  readonly address?: (href: string) => string | undefined;
  /** The repository that a text of GitHub's belongs to, such as `acme/api`: what a bare `#12` is counted in. */
  readonly repository?: string;
  /** Whether the end of a line ends the line that is shown too, as in what people write on GitHub. */
  readonly lineBreaks?: boolean;
  /** The space and id of the page that is read, for links without a space. */
  readonly space?: string;
  readonly pageId?: string;
  /** Tells the text from others of its document, such as a comment, so that their footnotes stay apart. */
  readonly textId?: string;
  /** The display name of an account id, if known. */
  readonly person: (accountId: string) => string | undefined;
  /** Called for each account id that the text names, known or not. */
  readonly onPerson?: (accountId: string) => void;
  /** The channel of a chat that an id means, if known. */
  readonly channel?: (channelId: string) => Channel | undefined;
  /** What the group of people with an id is called, such as `backend-team`, if known. */
  readonly userGroup?: (groupId: string) => string | undefined;
  /** The attachment that a file name or media id means, if known. */
  readonly attachment?: (reference: AttachmentReference) => Attachment | undefined;
  /** All attachments of the page, in the order of their names. */
  readonly attachments?: () => readonly Attachment[];
  /** Another page whose content this one shows; undefined if it is not there, or not for everyone to read. */
  readonly included?: (page: PageReference) => IncludedPage | undefined;
  /** What the service itself shows for a macro (by its id), as HTML; for content that exists only rendered. */
  readonly rendered?: (macroId: string) => string | undefined;
}

export interface Channel {
  /** Without `#`. */
  readonly name: string;
  /** Absolute. */
  readonly url: string;
}

/** A page by its id, or by its title in a space; without a space, in that of the page that is read. */
export type PageReference =
  | { readonly id: string }
  | {
      readonly space?: string;
      readonly title: string /** Of a blog post: `yyyy-mm-dd`. */;
      readonly day?: string;
    };

export interface IncludedPage {
  readonly id: string;
  readonly space: string;
  readonly title: string;
  /** Absolute. */
  readonly url: string;
  /** Its body in storage format. */
  readonly storage: string;
}

export interface AttachmentReference {
  readonly name?: string;
  readonly mediaId?: string;
  readonly alt?: string;
  /** The page that the file is attached to, if that is not the one that is read. */
  readonly page?: PageReference;
}

export interface Attachment {
  /** Absolute. */
  readonly url: string;
  readonly name: string;
  /** Such as `image/png`. */
  readonly mediaType?: string;
  /** In bytes. */
  readonly size?: number;
}

/** A text as a tree whose link and image URLs are absolute, and what became of its constructs. */
export interface Reading {
  readonly root: Root;
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
  /** Page properties by name, as plain text, in the order of the page. */
  readonly properties: ReadonlyMap<string, string>;
}
