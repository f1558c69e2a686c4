import { withGithubAnchor } from '../anchors.ts';
import { isRecord } from '../json.ts';
import { marker } from '../macros/marker.ts';
import { linkTo } from '../marks.ts';
import { type Mixed, paragraph, text, toPhrasing } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl, cardTitle } from '../urls.ts';
import { type AdfNode, attribute } from './node.ts';
import type { NodeRenderer } from './render.ts';

const blockCard: NodeRenderer = (node, reader) => {
  const content = toPhrasing(card(node, reader));
  return content.length === 0 ? [] : [paragraph(content)];
};

/** Smart links: their titles live in the service that they show. */
export const cardNodes: Record<string, NodeRenderer> = {
  blockCard,
  embedCard: blockCard,
  inlineCard: card,
};

function card(node: AdfNode, reader: Reader): Mixed {
  const { context } = reader;
  const { datasource } = node.attributes;
  const data = isRecord(node.attributes.data) ? node.attributes.data : {};
  const href = attribute(node, 'url') ?? firstText(data, 'url', '@id') ?? '';
  const url = absoluteUrl(href, context);
  const written = firstText(data, 'name', 'title', 'dcterms:title');
  if (isRecord(datasource)) return query(datasource, url, reader);
  const name = written ?? (url === undefined ? href : cardTitle(url, context));
  if (url !== undefined) return linkTo(withGithubAnchor(url, context), [text(name)], url);
  if (href.trim() !== '') reader.degrade('link', 'unsafe address');
  else if (written === undefined) reader.lose(`adf:${node.type}`, 'without a target');
  else reader.degrade(`adf:${node.type}`, 'without a target');
  return name.trim() === '' ? [marker('link without a target')] : [text(name)];
}

/** A table that another service fills: what it was asked for, linked to where the answer is. */
function query(
  { parameters }: Readonly<Record<string, unknown>>,
  url: string | undefined,
  reader: Reader,
): Mixed {
  const asked = isRecord(parameters) ? parameters : {};
  const jql = firstText(asked, 'jql');
  const other = firstText(asked, 'searchString', 'cql', 'filter');
  reader.lose('datasource', 'exists only rendered');
  const shown = marker(
    jql === undefined ? (other === undefined ? 'list' : `list: ${other}`) : `Jira issues: ${jql}`,
  );
  return url === undefined ? [shown] : linkTo(url, [shown], url);
}

function firstText(
  record: Readonly<Record<string, unknown>>,
  ...names: readonly string[]
): string | undefined {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return undefined;
}
