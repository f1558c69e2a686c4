/** A file of a page: its bytes are text, or a picture drawn by `pictures.ts`. */
export interface FileSpec {
  readonly title: string;
  readonly mediaType: string;
  readonly bytes: () => Uint8Array;
}

export interface CommentSpec {
  readonly by: string;
  readonly on: string;
  readonly text: string;
  /** Makes it an inline comment: the marker's id in the page, and the text it marks. */
  readonly mark?: readonly [ref: string, selection: string];
  readonly resolvedBy?: string;
  readonly replies?: readonly CommentSpec[];
}

export interface PageSpec {
  readonly title: string;
  /** The title of the parent, a page or a folder of the same space. Default: the home page. */
  readonly under?: string;
  /** `folder` has no body. Default `page`. */
  readonly kind?: 'page' | 'blogpost' | 'folder';
  /** Who wrote it, by nick name (`people.ts`), and when: `2026-02-03 10:15`, UTC. */
  readonly by: string;
  readonly on: string;
  /** In the notation of `prose.ts`. */
  readonly body?: string;
  readonly edits?: readonly {
    readonly by: string;
    readonly on: string;
    readonly message?: string;
    readonly body: string;
  }[];
  readonly labels?: readonly string[];
  readonly groups?: readonly string[];
  readonly users?: readonly string[];
  readonly comments?: readonly CommentSpec[];
  readonly files?: readonly FileSpec[];
  readonly archived?: boolean;
}
