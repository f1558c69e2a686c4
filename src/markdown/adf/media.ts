import { picture } from '../images.ts';
import { image, link, type Mixed, text, toFlow, toPhrasing } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { type AdfNode, attribute, childNodes } from './node.ts';
import { type NodeRenderer, renderAdf } from './render.ts';

export const mediaNodes: Record<string, NodeRenderer> = {
  caption: (node, reader, depth) => toFlow(renderAdf(node.content, reader, depth + 1)),
  media: (node, reader) => media(node, reader),
  mediaGroup: (node, reader, depth) =>
    childNodes(node).flatMap((child) => {
      if (!isMedia(child)) return toFlow(renderAdf([child], reader, depth + 1));
      reader.construct();
      return toFlow(file(child, reader));
    }),
  mediaInline: file,
  mediaSingle(node, reader, depth) {
    const children = childNodes(node);
    const caption = children.some(isMedia) ? children.find(({ type }) => type === 'caption') : undefined;
    const captionText = caption ? toPhrasing(renderAdf(caption.content, reader, depth + 1)) : [];
    const href = linkOf(node, reader);
    return children.flatMap((child) => {
      if (child === caption) return [];
      if (!isMedia(child)) return toFlow(renderAdf([child], reader, depth + 1));
      return toFlow(media(child, reader, captionText, href));
    });
  },
};

const isMedia = ({ type, content }: AdfNode) => type === 'media' && content.length === 0;

interface Found {
  readonly url: string | undefined;
  readonly name: string;
}

function find(node: AdfNode, reader: Reader): Found {
  const alt = attribute(node, 'alt') ?? '';
  const address = attribute(node, 'url');
  if (address !== undefined) {
    const url = absoluteUrl(address, reader.context);
    if (url === undefined) reader.lose('media', 'unsafe address');
    return { url, name: alt };
  }
  const mediaId = attribute(node, 'id');
  const name = attribute(node, '__fileName');
  const known = reader.context.attachment?.({
    ...(mediaId ? { mediaId } : {}),
    ...(alt ? { alt } : {}),
    ...(name ? { name } : {}),
  });
  if (!known) reader.lose('media', 'not found');
  return { url: known?.url, name: known?.name ?? name ?? alt };
}

function media(
  node: AdfNode,
  reader: Reader,
  caption: ReturnType<typeof toPhrasing> = [],
  href?: string,
): Mixed {
  const { url, name } = find(node, reader);
  return picture({ url, alt: attribute(node, 'alt') || name, caption, href: href ?? linkOf(node, reader) });
}

/** A file among text or in a row of files: a picture is shown, anything else is a link. */
function file(node: AdfNode, reader: Reader): Mixed {
  const { url, name } = find(node, reader);
  if (url === undefined) return picture({ url, alt: name });
  const shown = /\.(?:png|jpe?g|gif|svg|webp|bmp|avif)$/i.test(name) || attribute(node, 'type') === 'image';
  return shown ? [image(url, attribute(node, 'alt') || name)] : [link(url, [text(name || url)])];
}

function linkOf(node: AdfNode, reader: Reader): string | undefined {
  const href = node.marks.find((mark) => mark.type === 'link');
  return href && absoluteUrl(attribute(href, 'href') ?? '', reader.context);
}
