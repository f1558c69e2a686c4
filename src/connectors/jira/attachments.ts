import type { RootContent } from 'mdast';
import type { SourceAttachment } from '../../core/document.ts';
import { attachmentsOf, attachmentUrl, type IssueReading } from './reading.ts';

/**
 * Finds the issue's own files that a text shows or links to, and gives the links that people pasted (of the forms
 * `/secure/attachment/ID/NAME`, `/secure/thumbnail/ID/NAME` and the API's) the one address of the file. Their ids.
 */
export function adoptAttachments(content: readonly RootContent[], reading: IssueReading): Set<string> {
  const own = new Map(attachmentsOf(reading).map((attachment) => [attachment.id, attachment]));
  const found = new Set<string>();
  const open: RootContent[] = [...content];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('children' in node) open.push(...node.children);
    if (!('url' in node)) continue;
    const path = node.url.startsWith(`${reading.siteUrl}/`) ? node.url.slice(reading.siteUrl.length) : '';
    const attachment = own.get(attachmentIdIn(path) ?? '');
    if (attachment === undefined) continue;
    found.add(attachment.id);
    node.url = attachmentUrl(reading.siteUrl, attachment);
  }
  return found;
}

/** The attachment that a path of the site leads to, in any of its forms. */
export function attachmentIdIn(path: string): string | undefined {
  return FILE_PATH.exec(path)?.[1];
}

const FILE_PATH =
  /^\/(?:secure\/(?:attachment|thumbnail)|rest\/api\/[23]\/attachment\/(?:content|thumbnail))\/(\d+)(?:[/?#]|$)/;

/** The issue's files. One never changes: a new version is a new file, with an id of its own. */
export function sourceAttachments(
  reading: IssueReading,
  referenced: ReadonlySet<string>,
): SourceAttachment[] {
  return attachmentsOf(reading).map((attachment) => ({
    id: attachment.id,
    name: attachment.filename,
    version: attachment.created ?? 1,
    ...(attachment.mimeType && { type: attachment.mimeType }),
    ...(attachment.size != null && { size: attachment.size }),
    url: attachmentUrl(reading.siteUrl, attachment),
    referenced: referenced.has(attachment.id),
  }));
}
