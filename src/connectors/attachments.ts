import type { AttachmentFacts, Facts } from '../core/document.ts';
import { isRenamed } from './renamed.ts';

/** Whether a file is to be asked for again by the next run. */
export function isUnsettled({ skipped }: Pick<AttachmentFacts, 'skipped'>): boolean {
  return skipped === 'unavailable' || skipped === 'missing';
}

/** Whether a document must be delivered anew because one of its files is to be asked for again. */
export function lacksAttachments({ attachments = [] }: Facts): boolean {
  return attachments.some(isUnsettled);
}

/**
 * Whether a document in the repository shows other files than its source has now, for sources whose documents' versions
 * do not cover their files.
 */
export function attachmentsDiffer(
  facts: Facts,
  current: readonly Pick<AttachmentFacts, 'id' | 'name' | 'version'>[],
): boolean {
  const { attachments = [] } = facts;
  if (attachments.length !== current.length || lacksAttachments(facts)) return true;
  const now = new Map(current.map((attachment) => [attachment.id, attachment]));
  return attachments.some(({ id, name, version }) => {
    const file = now.get(id);
    return file?.version !== version || isRenamed(name, file.name);
  });
}

/** Whether the file is a web page by what its source says, so that HTML is no sign of a login page. */
export function isWebPage({ name, type = '' }: Pick<AttachmentFacts, 'name' | 'type'>): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(type) || /\.x?html?$/i.test(name);
}
