import type { Facts } from '../../core/document.ts';

const EXTENSION = /^[a-z0-9]{1,10}$/;

/** Where a file lies in the repository: a function of its content, so that equal files of a source are stored once. */
export function attachmentPath(source: string, sha256: string, extension: string): string {
  return `attachments/${source}/${sha256.slice(0, 2)}/${sha256}.${extension}`;
}

/** Whether the path is one that {@link attachmentPath} gives: others are never ours to remove. */
export function isAttachmentPath(source: string, path: string): boolean {
  if (!path.startsWith('attachments/')) return false;
  const [, own, prefix = '', name = '', ...rest] = path.split('/');
  const [sha256 = '', extension = '', ...more] = name.split('.');
  return (
    own === source &&
    rest.length === 0 &&
    more.length === 0 &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    sha256.startsWith(prefix) &&
    prefix.length === 2 &&
    EXTENSION.test(extension)
  );
}

/** The files of a document, by their paths in the repository. */
export function attachmentsOf({ source, attachments = [] }: Facts): string[] {
  return attachments.flatMap(({ file }) =>
    file !== undefined && isAttachmentPath(source, file) ? [file] : [],
  );
}
