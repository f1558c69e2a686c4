import type { ReadContext } from './context.ts';

const UNSAFE_SCHEME = /^(?:javascript|data|vbscript):/i;

/**
 * The absolute form of a link as a document has it; a link within the page stays `#anchor`. Undefined if there is
 * none, or if following it would run code or open content that it carries itself.
 */
export function absoluteUrl(href: string, context: ReadContext): string | undefined {
  const url = href.trim();
  // Browsers drop white space and control characters inside a scheme.
  if (url === '' || UNSAFE_SCHEME.test(url.replace(/[\u0000-\u0020\u007F-\u009F]/g, ''))) return undefined;
  if (context.address) return context.address(url);
  if (url.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(url)) return url;
  if (url.startsWith('//')) return `https:${url}`;
  return url.startsWith('/') ? siteRoot(context) + url : `${siteRoot(context)}/wiki/${url}`;
}

/** A page by space and title, as Confluence itself names it in an address. */
export function pageUrl(context: ReadContext, space: string | undefined, title: string): string {
  return `${siteRoot(context)}/wiki/display/${segment(space ?? context.space ?? '')}/${segment(title)}`;
}

/** `day` is a date that begins `yyyy-mm-dd` or `yyyy/mm/dd`. */
export function blogPostUrl(
  context: ReadContext,
  space: string | undefined,
  title: string,
  day: string,
): string {
  const path = day.slice(0, 10).replaceAll('-', '/');
  return `${siteRoot(context)}/wiki/display/${segment(space ?? context.space ?? '')}/${path}/${segment(title)}`;
}

export function contentUrl(context: ReadContext, id: string): string {
  return `${siteRoot(context)}/wiki/pages/viewpage.action?pageId=${segment(id)}`;
}

export function spaceUrl(context: ReadContext, key: string): string {
  return `${siteRoot(context)}/wiki/spaces/${segment(key)}`;
}

export function issueUrl(context: ReadContext, key: string): string {
  return `${siteRoot(context)}/browse/${segment(key)}`;
}

export function downloadUrl(context: ReadContext, pageId: string, name: string): string {
  return `${siteRoot(context)}/wiki/download/attachments/${segment(pageId)}/${segment(name)}`;
}

/**
 * What to call the target of a smart link, whose title only the service knows: the ticket's key or the page's title
 * where the address holds them, otherwise the address.
 */
export function cardTitle(url: string, context: ReadContext): string {
  if (!url.startsWith(`${siteRoot(context)}/`)) return url;
  const path = url.slice(siteRoot(context).length).replace(/[?#].*$/, '');
  const [, key] = /^\/browse\/([A-Z][A-Z0-9_]*-\d+)$/.exec(path) ?? [];
  const [, slug] = /^\/wiki\/spaces\/[^/]+\/(?:pages|blog\/\d+\/\d+\/\d+)\/\d+\/([^/]+)$/.exec(path) ?? [];
  return key ?? (slug === undefined ? undefined : decodeSlug(slug)) ?? url;
}

function decodeSlug(slug: string): string | undefined {
  try {
    return decodeURIComponent(slug.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function siteRoot(context: ReadContext): string {
  return context.siteUrl.replace(/\/+$/, '').replace(/\/wiki$/, '');
}

function segment(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
