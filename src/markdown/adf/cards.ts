import { linkTo } from '../marks.ts';
import { type Mixed, paragraph, text } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl, cardTitle } from '../urls.ts';
import { type AdfNode, attribute, isRecord } from './node.ts';
import type { NodeRenderer } from './render.ts';

const blockCard: NodeRenderer = (node, reader) => {
  const content = card(node, reader);
  return [
    paragraph(content.flatMap((child) => (child.type === 'link' || child.type === 'text' ? [child] : []))),
  ];
};

/** Smart links: their titles live in the service that they show. */
export const cardNodes: Record<string, NodeRenderer> = {
  blockCard,
  embedCard: blockCard,
  inlineCard: card,
};

function card(node: AdfNode, reader: Reader): Mixed {
  const data = isRecord(node.attributes.data) ? node.attributes.data : {};
  const href = attribute(node, 'url') ?? (typeof data.url === 'string' ? data.url : '');
  const url = absoluteUrl(href, reader.context);
  const name = typeof data.name === 'string' ? data.name : url ? cardTitle(url, reader.context) : href;
  if (url !== undefined) return linkTo(url, [text(name)], url);
  if (href.trim() === '') reader.lose(`adf:${node.type}`);
  else reader.degrade('link', 'unsafe address');
  return name ? [text(name)] : [];
}
