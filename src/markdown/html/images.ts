import { emoji } from '../emoji.ts';
import { picture } from '../images.ts';
import { emphasis, isBlank, lineBreak, link, paragraph, text, toPhrasing } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { descendant, type HtmlElement } from './dom.ts';
import { contentBut, flowOf, type Rule } from './rule.ts';
import { isTracker } from './visible.ts';

/** Small pictures that stand for a word, such as a ticket's type or a person. */
const ICON_ADDRESS =
  /\/images\/icons\/|\/viewavatar\b|\/universal_avatar\/|\/secure\/useravatar|\/issuetypes?\//i;

export const imageRule: Rule = (element, _, { reader }) => {
  const { attributes, classes } = element;
  const { alt = '', title } = attributes;
  if (isTracker(attributes)) return [];
  const character = emojiOf(element);
  if (character !== undefined) return character === '' ? [] : [text(character)];
  const source = attributes['data-image-src'] ?? attributes.src ?? '';
  if (classes.has('icon') || ICON_ADDRESS.test(source)) return alt.trim() ? [text(alt)] : [];
  const name = attributes['data-linked-resource-default-alias'];
  const url = addressOf(element, source, reader);
  if (url === undefined) {
    if (source.trim() === '' && !name && !alt) return [];
    reader.lose('image', source.startsWith('data:') ? 'embedded' : 'not found');
  }
  return picture({ url, alt: alt || name || '', title });
};

/** The character of a picture that stands for one; empty if the picture is nothing else and names none. */
function emojiOf({ attributes, classes }: HtmlElement): string | undefined {
  const shown = attributes['data-emoji-fallback'] ?? attributes['data-emoji'];
  if (shown === undefined && !classes.has('emoticon') && !classes.has('emoji')) return undefined;
  return emoji({
    text: shown ?? (attributes['data-emoticon-name'] ? undefined : attributes.alt),
    shortName: attributes['data-emoji-shortname'] ?? attributes['data-emoji-short-name'],
    id: attributes['data-emoji-id'],
    emoticon: attributes['data-emoticon-name'],
  });
}

function addressOf({ attributes }: HtmlElement, source: string, reader: Reader): string | undefined {
  const name = attributes['data-linked-resource-default-alias'];
  const content = /^cid:(.*)$/is.exec(source)?.[1];
  const mediaId = attributes['data-media-id'] ?? content;
  if (name || mediaId) {
    const container = attributes['data-linked-resource-container-id'];
    const known = reader.context.attachment?.({
      ...(name && { name }),
      ...(mediaId && { mediaId }),
      ...(attributes.alt && { alt: attributes.alt }),
      ...(container && container !== reader.context.pageId && { page: { id: container } }),
    });
    if (known) return known.url;
  }
  return content === undefined ? absoluteUrl(source, reader.context) : undefined;
}

/** A link to a file, shown by Confluence as a picture of it. */
export const fileRule: Rule = (element, content, { reader }) => {
  const { attributes } = element;
  const name = attributes['data-linked-resource-default-alias'] ?? '';
  const mediaId = attributes['data-media-id'];
  const known = reader.context.attachment?.({ ...(name && { name }), ...(mediaId && { mediaId }) });
  const url = known?.url ?? absoluteUrl(attributes.href ?? '', reader.context);
  if (url === undefined) return content;
  const shown = name || known?.name || url;
  if (attributes['data-mime-type']?.startsWith('image/')) return picture({ url, alt: shown });
  return [link(url, [text(shown)])];
};

/** A figure: its caption is in italics on the line below the picture, or below what else it shows. */
export const figureRule: Rule = (element, content, view) => {
  const caption = element.children.find(({ name }) => name === 'figcaption');
  const words = caption ? toPhrasing(view.contentOf(caption)) : [];
  if (isBlank(words)) return flowOf(content);
  const shown = flowOf(contentBut(element, caption, view));
  const only = shown.length === 1 && descendant(element, ({ name }) => name === 'img') ? shown[0] : undefined;
  return only?.type === 'paragraph'
    ? [paragraph([...only.children, lineBreak(), emphasis(words)])]
    : [...shown, paragraph([emphasis(words)])];
};
