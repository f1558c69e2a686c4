import { readDocument } from '../frontmatter/read.ts';
import { type DocumentId, sourceOf } from './document-id.ts';

/** How `writeDocument` begins a document; what is quoted otherwise goes the long way. */
const BEGINNING = /^---\nid: "([^"\\\n]+)"\nsource: ([\w.-]+)\n/;

/** Which document a file's text is a version of; undefined if it is none. */
export function identityIn(text: string): DocumentId | undefined {
  const [, id, source] = BEGINNING.exec(text) ?? [];
  if (id !== undefined && source !== undefined) return `${source}/${id}`;
  const facts = text.startsWith('---\n') ? readDocument(text)?.facts : undefined;
  return facts && `${facts.source}/${facts.id}`;
}

/** Whether a document may lie there: in a folder of a source, and no index of it. */
export function isDocumentPath(path: string): boolean {
  return /^(?!\.|attachments\/)[^/]+\/.*\.md$/.test(path) && !path.endsWith('/INDEX.md');
}

/** A document is one only in its own source's folder: elsewhere it is somebody's copy. */
export function documentAt(path: string, text: string): DocumentId | undefined {
  const document = identityIn(text);
  return document !== undefined && path.startsWith(`${sourceOf(document)}/`) ? document : undefined;
}
