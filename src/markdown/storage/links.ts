import { anchorSlug, withGithubAnchor } from '../anchors.ts';
import { marker } from '../macros/marker.ts';
import { linkTo } from '../marks.ts';
import { type Mixed, plainText, text, toPhrasing } from '../nodes.ts';
import { mention } from '../people.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl, cardTitle } from '../urls.ts';
import { childElements, type Element, textContent } from './parse.ts';
import { type Reference, referenceIn } from './references.ts';
import { renderStorage } from './render.ts';

/** A link to something in Confluence, by what it names. */
export function linkElement(element: Element, reader: Reader): Mixed {
  const { context } = reader;
  const anchor = element.attributes['ac:anchor'];
  const reference = referenceIn(element, context);
  const written = renderStorage(linkBody(element), reader);
  if (reference?.kind === 'person')
    return [mention(reference.accountId, reader, plainText(toPhrasing(written)).trim() || undefined)];
  if (reference?.kind === 'shortcut') {
    reader.degrade('link', 'shortcut');
    return isSeen(written) ? written : [text(reference.name)];
  }
  if (reference?.url !== undefined) {
    const url = absoluteUrl(anchored(reference.url, anchor, reference, reader), context);
    if (url !== undefined) return linkTo(url, written, reference.name);
    reader.degrade('link', 'unsafe address');
    return isSeen(written) ? written : [text(reference.name)];
  }
  if (reference) {
    reader.degrade('attachment', 'not found');
    return isSeen(written) ? written : [text(reference.name)];
  }
  if (anchor) return linkTo(`#${anchor}`, written, anchor);
  if (isSeen(written)) {
    reader.degrade('link', 'without a target');
    return written;
  }
  reader.lose('link', 'without a target');
  return [marker('link without a target')];
}

/** What the author wrote for the link; an image may stand in it without a body around. */
function linkBody(element: Element): Element[] {
  return childElements(element).filter(({ name }) => name.endsWith('link-body') || name === 'ac:image');
}

function anchored(url: string, anchor: string | undefined, reference: Reference, reader: Reader): string {
  if (!anchor || reference.kind !== 'link') return url;
  const { page, name } = reference;
  if (page && 'id' in page && page.id === reader.context.pageId) return `#${anchor}`;
  return `${url}#${anchorSlug(anchor, page && 'title' in page ? name : undefined)}`;
}

function isSeen(content: Mixed): boolean {
  return toPhrasing(content).some((node) => node.type !== 'text' || node.value.trim() !== '');
}

/** An HTML link. Smart links, whose text is their address, are called by what the address tells. */
export function htmlLink(element: Element, reader: Reader): Mixed {
  const { attributes } = element;
  const href = attributes.href ?? '';
  const content = renderStorage(element.children, reader);
  if (href.trim() === '') return content;
  const address = absoluteUrl(href, reader.context);
  if (address === undefined) {
    reader.degrade('link', 'unsafe address');
    return content;
  }
  const url = withGithubAnchor(address, reader.context);
  const bare = textContent(element).trim() === href.trim() || !isSeen(content);
  if (attributes['data-datasource'] !== undefined) {
    reader.degrade('datasource', 'live list');
    const query = queryOf(attributes['data-datasource']);
    return linkTo(url, bare && query ? [text(`Jira issues: ${query}`)] : content, url);
  }
  if (attributes['data-card-appearance'] && bare)
    return linkTo(url, [text(cardTitle(address, reader.context))], url);
  return linkTo(url, content, url);
}

/** The JQL of a list of issues that a smart link shows; its settings are JSON. */
function queryOf(datasource: string): string | undefined {
  const jql = /"jql"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(datasource)?.[1];
  if (jql === undefined) return undefined;
  try {
    return String(JSON.parse(jql)).trim() || undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
