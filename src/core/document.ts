import type { Root } from 'mdast';
import type { Plain } from './plain.ts';

/**
 * The facts of a document as its frontmatter shows them. Only facts of the source: no fetch time, no run id.
 * `fields` are the source's own, written after the common ones in the order given here.
 */
export interface Facts {
  /** Immutable in its source; the document's identity across renames and moves. */
  readonly id: string;
  /** The configured source's id, such as `confluence`. */
  readonly source: string;
  /** `page`, `blogpost`, `ticket` … */
  readonly type: string;
  readonly title: string;
  readonly url: string;
  readonly created?: string;
  readonly updated?: string;
  readonly version?: number;
  /** Display names; `people` holds their account ids. */
  readonly author?: string;
  readonly editor?: string;
  readonly status?: string;
  readonly labels?: readonly string[];
  readonly space?: string;
  readonly project?: string;
  readonly key?: string;
  /** The id of the parent document or container. */
  readonly parent?: string;
  readonly views?: readonly string[];
  /** Other names of the document, such as its key or former keys. */
  readonly aliases?: readonly string[];
  /** Account id to display name, of everyone the document names. A changed name re-renders the document. */
  readonly people?: { readonly [accountId: string]: string };
  /** The files that the document shows or offers, by name; what became of each is added by the pipeline. */
  readonly attachments?: readonly AttachmentFacts[];
  readonly fields?: { readonly [name: string]: Plain };
}

export type AttachmentFacts = {
  readonly id: string;
  readonly name: string;
  /** Changes when the file's content does. */
  readonly version: number | string;
  /** Such as `image/png`, in bytes. */
  readonly type?: string;
  readonly size?: number;
  /** Where its content lies in the repository; absent if that is not kept. */
  readonly file?: string;
  /** Why this version's content is not there although it was to be kept; `file` may then hold an earlier one. */
  readonly skipped?: SkippedAttachment;
};

/**
 * Of the first two another run may have more luck: it could not be fetched, or the source that lists it has it not. The
 * others are known of this version for good: it is larger than allowed, no file of the promised type, or text that could
 * not be searched for secrets.
 */
export const SKIPPED_ATTACHMENT = ['unavailable', 'missing', 'too-large', 'wrong-type', 'unscanned'] as const;
export type SkippedAttachment = (typeof SKIPPED_ATTACHMENT)[number];

/**
 * A construct that could not be rendered faithfully; `construct` is a name such as `macro:roadmap`. It is degraded
 * if its content is in the text, but not all that its form said, and lost if the text only marks its place.
 */
export interface Warning {
  readonly construct: string;
  readonly fate: 'degraded' | 'lost';
  readonly detail?: string;
}

/** How many constructs of a text (all that is more than a paragraph of plain words) its rendering kept. */
export interface Fidelity {
  readonly kept: number;
  readonly degraded: number;
  readonly lost: number;
}

/**
 * A document as a connector delivers it. Link and image URLs in `body` are absolute; those that name another
 * synced document become relative paths only after layout, so that a move never needs a request.
 */
export interface SourceDocument {
  readonly facts: Facts;
  readonly body: Root;
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
  readonly attachments: readonly SourceAttachment[];
}

/** A file of a document, as its source tells of it. */
export interface SourceAttachment extends Omit<AttachmentFacts, 'file' | 'skipped'> {
  /** Its address in the document's text: absolute. */
  readonly url: string;
  /** Whether the text shows it or links to it; otherwise it is only attached. */
  readonly referenced: boolean;
}

export const NO_CONSTRUCTS: Fidelity = { kept: 0, degraded: 0, lost: 0 };

export function addFidelity(a: Fidelity, b: Fidelity): Fidelity {
  return { kept: a.kept + b.kept, degraded: a.degraded + b.degraded, lost: a.lost + b.lost };
}
