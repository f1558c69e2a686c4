import type { Root } from 'mdast';

/** What YAML can hold without loss; dates are ISO 8601 strings in UTC. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

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
  readonly fields?: { readonly [name: string]: Plain };
}

/** A construct that could not be rendered faithfully; `construct` is a name such as `macro:roadmap`. */
export interface Warning {
  readonly construct: string;
  readonly detail?: string;
}

/**
 * A document as a connector delivers it. Link and image URLs in `body` are absolute; those that name another
 * synced document become relative paths only after layout, so that a move never needs a request.
 */
export interface SourceDocument {
  readonly facts: Facts;
  readonly body: Root;
  readonly warnings: readonly Warning[];
}
