import { alert } from '../alerts.ts';
import { decisionList } from '../decisions.ts';
import { details } from '../details.ts';
import { marker } from '../macros/marker.ts';
import { editorPanel, iconed } from '../macros/panel.ts';
import { renderMacro } from '../macros/registry.ts';
import { type Mixed, toFlow } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { childElements, childNamed, type Element, textContent } from './parse.ts';
import { renderFlow } from './render.ts';

/** What the editor can and storage format can not say: the node is read, its fallback only if the node says nothing. */
export function adfExtension(element: Element, reader: Reader): Mixed {
  const nodes = childElements(element).filter((child) => child.name === 'ac:adf-node');
  const rendered = nodes.flatMap((node) => adfNode(node, reader));
  if (rendered.length > 0) return rendered;
  const fallback = childNamed(element, 'ac:adf-fallback');
  return fallback ? renderFlow(fallback, reader) : [];
}

export function adfNode(node: Element, reader: Reader): Mixed {
  const type = (node.attributes.type ?? '').toLowerCase();
  const nested = childElements(node).filter((child) => child.name === 'ac:adf-node');
  const body = () =>
    childElements(node)
      .filter((child) => child.name === 'ac:adf-content')
      .flatMap((child) => renderFlow(child, reader));
  const content = () => [...body(), ...nested.flatMap((child) => toFlow(adfNode(child, reader)))];
  const attribute = (key: string) => adfAttribute(node, key);
  switch (type) {
    case 'panel': {
      const icon = {
        text: attribute('panel-icon-text'),
        shortName: attribute('panel-icon'),
        id: attribute('panel-icon-id'),
      };
      return alert(
        editorPanel(attribute('panel-type') ?? '', attribute('panel-color')),
        iconed(icon, content()),
      );
    }
    case 'decision-list':
      return decisionList(
        nested.map((item) => ({
          decided: adfAttribute(item, 'state') !== 'UNDECIDED',
          content: toFlow(adfNode(item, reader)),
        })),
      );
    case 'decision-item':
    case 'bodied-sync-block':
    case 'layout-section':
    case 'layout-column':
    case 'extension-frame':
      return content();
    case 'expand':
    case 'nested-expand':
      return details(attribute('title') ?? '', content());
    case 'extension':
    case 'inline-extension':
    case 'bodied-extension':
    case 'multi-bodied-extension':
      return renderMacro({
        name: extensionName(attribute('extension-key')),
        id: parameter(node, 'macro-id') ?? parameter(node, 'local-id') ?? attribute('local-id'),
        reader,
        parameter: (name) => parameter(node, name),
        reference: () => undefined,
        plain: undefined,
        body: content,
      });
    case 'sync-block':
      reader.lose('adf:sync-block');
      return [marker('synced block of another page')];
    default: {
      const known = content();
      if (known.length === 0) reader.lose(`adf:${type}`);
      else reader.degrade(`adf:${type}`);
      return known;
    }
  }
}

/** Apps' keys are paths that end with the macro's name. */
function extensionName(key = ''): string {
  return key.split('/').at(-1)?.toLowerCase() || 'unnamed';
}

function parameter(node: Element, name: string): string | undefined {
  const parameters = childElements(node).find(({ attributes }) => attributes.key === 'parameters');
  const open = parameters ? childElements(parameters) : [];
  for (const element of open) {
    if (element.name === 'ac:adf-parameter' && element.attributes.key === name)
      return textContent(element).trim();
    open.push(...childElements(element));
  }
  return undefined;
}

function adfAttribute(node: Element, key: string): string | undefined {
  const found = childElements(node).find(
    (child) => child.name === 'ac:adf-attribute' && child.attributes.key === key,
  );
  return found && textContent(found).trim();
}
