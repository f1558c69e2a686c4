/** Elements whose content is not text of the document. */
const DROPPED = new Set(['base', 'link', 'meta', 'noscript', 'script', 'style', 'template', 'title']);
/** Parts of a view that its page shows on a click. */
const FOLDED = /(?:^|\s)(?:expand-content|expand-hidden)(?:\s|$)/;
const HIDING_STYLE = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

/** True if a reader of the page would never see the element. */
export function isInvisible(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (DROPPED.has(name)) return true;
  if (FOLDED.test(attributes.class ?? '')) return false;
  return attributes.hidden !== undefined || HIDING_STYLE.test(attributes.style ?? '');
}

/** Picture of one pixel or none, by which senders learn that a mail was opened. */
export function isTracker({ width, height }: Readonly<Record<string, string>>): boolean {
  const tiny = (size: string | undefined) => size !== undefined && /^[01](?:px)?$/.test(size.trim());
  return tiny(width) && tiny(height);
}
