/** `source/id`: what a document is called across all renames. */
export type DocumentId = string;

/** Ids may hold slashes, sources may not. */
export function sourceOf(document: DocumentId): string {
  return document.slice(0, document.indexOf('/'));
}
