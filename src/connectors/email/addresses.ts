import { createHash } from 'node:crypto';

/** The address of a message (https://www.rfc-editor.org/rfc/rfc2392). */
export function messageUrl(id: string): string {
  return `mid:${segment(id)}`;
}

/** The address of a file of a message, for links in its text. */
export function attachmentUrl(id: string, part: string): string {
  return `${messageUrl(id)}/${segment(part)}`;
}

/** The message, and the file of it, that such an address leads to, still encoded. */
export function addressedBy(url: URL): { readonly message: string; readonly part?: string } | undefined {
  if (url.protocol !== 'mid:') return undefined;
  const [message = '', part] = url.pathname.split('/');
  return message === '' ? undefined : { message, ...(part && { part }) };
}

/** What stands for an id where there is no room for it. */
export function shortHash(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 10);
}

function segment(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll('%40', '@');
}
