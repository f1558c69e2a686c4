import type { ReadContext } from '../context.ts';
import { blogPostUrl, contentUrl, downloadUrl, pageUrl, spaceUrl } from '../urls.ts';
import { childElements, type Element } from './parse.ts';

/** What a resource identifier (`ri:…`) names: where it is, and what to call it if the author did not say. */
export type Reference =
  | { readonly kind: 'link'; readonly url: string; readonly name: string }
  | { readonly kind: 'attachment'; readonly url: string | undefined; readonly name: string }
  | { readonly kind: 'person'; readonly accountId: string };

/** The reference among an element's children, if there is one that can be followed. */
export function referenceIn(element: Element, context: ReadContext): Reference | undefined {
  for (const child of childElements(element)) {
    const reference = readReference(child, context);
    if (reference) return reference;
  }
  return undefined;
}

function readReference({ name, attributes, ...rest }: Element, context: ReadContext): Reference | undefined {
  const space = attributes['ri:space-key'];
  const title = attributes['ri:content-title'] ?? '';
  switch (name) {
    case 'ri:page':
      return title ? { kind: 'link', url: pageUrl(context, space, title), name: title } : undefined;
    case 'ri:blog-post':
      return title
        ? {
            kind: 'link',
            url: blogPostUrl(context, space, title, attributes['ri:posting-day'] ?? ''),
            name: title,
          }
        : undefined;
    case 'ri:content-entity': {
      const id = attributes['ri:content-id'] ?? '';
      const url = contentUrl(context, id);
      return id ? { kind: 'link', url, name: url } : undefined;
    }
    case 'ri:space':
      return space ? { kind: 'link', url: spaceUrl(context, space), name: space } : undefined;
    case 'ri:url': {
      const url = attributes['ri:value'] ?? '';
      return url ? { kind: 'link', url, name: url } : undefined;
    }
    case 'ri:user': {
      const accountId = attributes['ri:account-id'] ?? attributes['ri:userkey'] ?? attributes['ri:username'];
      return accountId ? { kind: 'person', accountId } : undefined;
    }
    case 'ri:attachment': {
      const file = attributes['ri:filename'] ?? '';
      const page = referenceIn({ name, attributes, ...rest }, context);
      return { kind: 'attachment', name: file, url: attachmentUrl(file, page, context) };
    }
    default:
      return undefined;
  }
}

function attachmentUrl(file: string, page: Reference | undefined, context: ReadContext): string | undefined {
  if (file === '') return undefined;
  // A file of another page is known by that page's address only.
  if (page?.kind === 'link') return `${page.url}?preview=${encodeURIComponent(file.toWellFormed())}`;
  const known = context.attachment?.({ name: file });
  if (known) return known.url;
  return context.pageId === undefined ? undefined : downloadUrl(context, context.pageId, file);
}
