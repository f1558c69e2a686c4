import { posix } from 'node:path';
import type { Facts } from '../../core/document.ts';
import type { CollectedDocument } from '../collected.ts';
import { repositoryPath } from '../links.ts';
import { attachmentsOf } from './place.ts';

/** Where a link of a document leads if it calls one of the document's files that the repository has. */
export type FileLink = (destination: string) => string | undefined;

/** For a document as it was read: by the addresses of its files, with any fragment. */
export function attachmentLinks(path: string, { facts, attachments }: CollectedDocument): FileLink {
  const files = new Map(facts.attachments?.map(({ id, file }) => [id, file]));
  const byUrl = new Map(attachments.map(({ id, url }) => [url, files.get(id)]));
  return (destination) => {
    const hash = destination.indexOf('#');
    const [url, fragment] =
      hash < 0 ? [destination, ''] : [destination.slice(0, hash), destination.slice(hash)];
    const file = byUrl.get(url);
    return file && relative(path, file) + fragment;
  };
}

/** For a document as HEAD has it, which moves from `former`: its files stay, and the way to them changes. */
export function keptAttachmentLinks(
  former: string,
  document: { readonly path: string; readonly facts: Facts },
): FileLink {
  const files = new Set(attachmentsOf(document.facts));
  return (destination) => {
    const target = repositoryPath(former, destination);
    return target && files.has(target.path)
      ? relative(document.path, target.path) + target.fragment
      : undefined;
  };
}

function relative(from: string, file: string): string {
  return posix.relative(posix.dirname(from), file);
}
