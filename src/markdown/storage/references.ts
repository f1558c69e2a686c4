import type { PageReference, ReadContext } from '../context.ts';
import { blogPostUrl, contentUrl, downloadUrl, pageUrl, spaceUrl } from '../urls.ts';
import { childElements, type Element } from './parse.ts';

/** What a resource identifier (`ri:…`) names: where it is, and what to call it if the author did not say. */
export type Reference =
  | {
      readonly kind: 'link';
      readonly url: string;
      readonly name: string;
      /** Set if it is a page or blog post. */
      readonly page?: PageReference;
    }
  | { readonly kind: 'attachment'; readonly url: string | undefined; readonly name: string }
  | { readonly kind: 'person'; readonly accountId: string }
  /** A configured short form for addresses elsewhere, which only the service can resolve. */
  | { readonly kind: 'shortcut'; readonly name: string };

/** The reference among an element's children, if there is one that can be followed. */
export function referenceIn(element: Element, context: ReadContext): Reference | undefined {
  for (const child of childElements(element)) {
    const reference = readReference(child, context);
    if (reference) return reference;
  }
  return undefined;
}

function readReference(element: Element, context: ReadContext): Reference | undefined {
  const { name, attributes } = element;
  const space = attributes['ri:space-key'];
  const title = attributes['ri:content-title'] ?? '';
  switch (name) {
    case 'ri:page':
      if (title) return pageNamed(title, space, context);
      return space ? { kind: 'link', url: spaceUrl(context, space), name: space } : undefined;
    case 'ri:blog-post': {
      const day = (attributes['ri:posting-day'] ?? '').slice(0, 10).replaceAll('/', '-');
      const page = { ...inSpace(space, context), title, day };
      return title
        ? { kind: 'link', url: blogPostUrl(context, space, title, day), name: title, page }
        : undefined;
    }
    case 'ri:content-entity': {
      const id = attributes['ri:content-id'] ?? '';
      const url = contentUrl(context, id);
      return id ? { kind: 'link', url, name: url, page: { id } } : undefined;
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
    case 'ri:shortcut': {
      const { 'ri:key': key = '', 'ri:parameter': parameter = '' } = attributes;
      return { kind: 'shortcut', name: key && parameter ? `${parameter}@${key}` : parameter || key };
    }
    case 'ri:attachment': {
      const file = attributes['ri:filename'] ?? '';
      return { kind: 'attachment', name: file, url: attachmentUrl(file, element, context) };
    }
    default:
      return undefined;
  }
}

/** A page by its title, in the page's own space if none is given. */
export function pageNamed(
  title: string,
  space: string | undefined,
  context: ReadContext,
): Extract<Reference, { kind: 'link' }> {
  const page = { ...inSpace(space, context), title };
  return { kind: 'link', url: pageUrl(context, space, title), name: title, page };
}

function inSpace(space: string | undefined, context: ReadContext): { readonly space?: string } {
  const key = space ?? context.space;
  return key === undefined ? {} : { space: key };
}

function attachmentUrl(file: string, element: Element, context: ReadContext): string | undefined {
  if (file === '') return undefined;
  const owner = referenceIn(element, context);
  if (owner?.kind === 'link' && owner.page) {
    const known = context.attachment?.({ name: file, page: owner.page });
    // A file that we do not know is still known by its page's address.
    const separator = owner.url.includes('?') ? '&' : '?';
    return known?.url ?? `${owner.url}${separator}preview=${encodeURIComponent(file.toWellFormed())}`;
  }
  const known = context.attachment?.({ name: file });
  if (known) return known.url;
  return context.pageId === undefined ? undefined : downloadUrl(context, context.pageId, file);
}
