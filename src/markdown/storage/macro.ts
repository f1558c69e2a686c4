import type { MacroCall } from '../macros/macro.ts';
import { renderMacro } from '../macros/registry.ts';
import type { Mixed } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { childElements, childNamed, type Element, textContent } from './parse.ts';
import { referenceIn } from './references.ts';
import { renderBlocks } from './render.ts';

export function structuredMacro(element: Element, reader: Reader): Mixed {
  const parameters = childElements(element).filter((child) => child.name === 'ac:parameter');
  const plain = childNamed(element, 'ac:plain-text-body');
  const rich = childElements(element).filter((child) => child.name === 'ac:rich-text-body');
  const call: MacroCall = {
    name: (element.attributes['ac:name'] ?? '').toLowerCase() || 'unnamed',
    id: element.attributes['ac:macro-id'],
    reader,
    plain: plain ? textContent(plain) : undefined,
    parameter(name) {
      const found = parameters.find((parameter) => (parameter.attributes['ac:name'] ?? '') === name);
      return found ? textContent(found) : undefined;
    },
    reference() {
      for (const parameter of [...parameters, element]) {
        const inLink = childNamed(parameter, 'ac:link');
        const reference = referenceIn(inLink ?? parameter, reader.context);
        if (reference) return reference;
      }
      return undefined;
    },
    body: () => rich.flatMap((child) => renderBlocks(child.children, reader)),
  };
  return renderMacro(call);
}
