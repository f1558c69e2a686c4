import { isRecord } from '../json.ts';
import type { MacroCall } from '../macros/macro.ts';
import { marker } from '../macros/marker.ts';
import { renderMacro } from '../macros/registry.ts';
import { type Flow, type Mixed, paragraph, text, toFlow, toPhrasing } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { pageNamed, type Reference } from '../storage/references.ts';
import { type AdfNode, attribute } from './node.ts';
import { type NodeRenderer, renderAdf, renderFlow } from './render.ts';

/** Extensions of Confluence are its macros; those of other apps are unknown macros. */
const inlineExtension: NodeRenderer = (node, reader, depth) => renderMacro(macroCall(node, reader, depth));
const extension: NodeRenderer = (node, reader, depth) => toFlow(inlineExtension(node, reader, depth));
const content: NodeRenderer = (node, reader, depth) => renderAdf(node.content, reader, depth + 1);

export const extensionNodes: Record<string, NodeRenderer> = {
  bodiedExtension: extension,
  confluenceUnsupportedBlock: (node, reader) => toFlow(unconverted(node, reader)),
  confluenceUnsupportedInline: (node, reader) => toPhrasing(unconverted(node, reader)),
  bodiedSyncBlock: (node, reader, depth) => renderFlow(node, reader, depth),
  extension,
  extensionFrame: content,
  inlineExtension,
  multiBodiedExtension: extension,
  syncBlock(_, reader): Mixed {
    reader.lose('adf:syncBlock');
    return toFlow([marker('synced block of another page')]);
  },
};

/** What Confluence could not turn into ADF, which it carries in storage format. */
function unconverted(node: AdfNode, reader: Reader): Mixed {
  const xml = attribute(node, 'cxhtml')?.trim();
  if (xml) return reader.storage(xml);
  reader.lose(`adf:${node.type}`);
  return [marker(`unsupported node: ${node.type}`)];
}

function macroCall(node: AdfNode, reader: Reader, depth: number): MacroCall {
  const parameters = isRecord(node.attributes.parameters) ? node.attributes.parameters : {};
  const macroParameters = isRecord(parameters.macroParams) ? parameters.macroParams : parameters;
  const parameter = (name: string) => parameterText(macroParameters[name]);
  return {
    name: extensionName(node, parameters),
    id: macroId(parameters) ?? attribute(node, 'localId'),
    reader,
    parameter,
    plain: parameter('__bodyContent'),
    reference: () => reference(macroParameters, reader),
    body: () => bodyOf(node, reader, depth),
  };
}

/** What stands in it, or the text that its author left for places that can not show it. */
function bodyOf(node: AdfNode, reader: Reader, depth: number): Flow[] {
  if (node.content.length > 0) return renderFlow(node, reader, depth);
  const fallback = attribute(node, 'text')?.trim();
  return fallback ? [paragraph([text(fallback)])] : [];
}

/**
 * A Confluence macro's key is its name. A Forge app's is `app/environment/static/module`; if the module has no name
 * either, its title is known.
 */
function extensionName(node: AdfNode, parameters: Readonly<Record<string, unknown>>): string {
  const last = (attribute(node, 'extensionKey') ?? '').split('/').at(-1) ?? '';
  const title = parameterText(parameters.extensionTitle);
  const name = title && (last === '' || /^[\da-f-]{20,}$/i.test(last)) ? title : last;
  return name.trim().toLowerCase() || 'unnamed';
}

function macroId({ macroMetadata }: Readonly<Record<string, unknown>>): string | undefined {
  return isRecord(macroMetadata) ? parameterText(macroMetadata.macroId) : undefined;
}

function parameterText(value: unknown): string | undefined {
  const inner = isRecord(value) ? value.value : value;
  return typeof inner === 'string'
    ? inner
    : typeof inner === 'number' || typeof inner === 'boolean'
      ? `${inner}`
      : undefined;
}

/** Page parameters are written `Title` or `SPACE:Title`. */
function reference(parameters: Readonly<Record<string, unknown>>, reader: Reader): Reference | undefined {
  const page =
    parameterText(parameters['']) ?? parameterText(parameters.page) ?? parameterText(parameters.pageTitle);
  if (!page) return undefined;
  const [, space, title] = /^([A-Za-z\d~]+):(.+)$/.exec(page) ?? [];
  return pageNamed(title ?? page, space, reader.context);
}
