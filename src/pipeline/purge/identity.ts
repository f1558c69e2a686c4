import type { Facts } from '../../core/document.ts';
import { readDocument } from '../../frontmatter/read.ts';
import { attachmentsOf, isAttachmentPath } from '../attachments/place.ts';

/** What a text says of the document that it is a version of. */
export type Identity = Pick<Facts, 'id' | 'source' | 'title' | 'fields'> &
  Partial<Pick<Facts, 'key' | 'url' | 'aliases'>> & {
    /** Its attachments, by their paths. */
    readonly files: readonly string[];
  };

/** Also of a document whose header a person broke, whose line ends an editor changed, or with a merge's conflicts in it. */
export function identityOf(text: string): Identity | undefined {
  const read = readDocument(text);
  if (read) return { ...read.facts, files: attachmentsOf(read.facts) };
  const [, header = ''] = HEADER.exec(text) ?? [];
  const value = (key: string) => new RegExp(`^${key}: *"?([^"\\r\\n]+?)"? *\\r?$`, 'm').exec(header)?.[1];
  const [id, source, url] = [value('id'), value('source'), value('url')];
  if (id === undefined || source === undefined) return undefined;
  const paths = header.match(/attachments\/[\w./-]+/g) ?? [];
  return {
    id,
    source,
    title: value('title') ?? '',
    ...(url !== undefined && { url }),
    files: paths.filter((path) => isAttachmentPath(source, path)),
  };
}

/** The first lines from `---` on, which only empty lines and the mark of a conflict may come before. */
const HEADER = /^\uFEFF?(?:(?:<{7}[^\n]*|[ \t]*\r?)\n){0,5}---\r?\n([\s\S]{0,65536})/;
