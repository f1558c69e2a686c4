import type { MacroCall } from '../macros/macro.ts';
import { renderMacro } from '../macros/registry.ts';
import type { Mixed } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { childElements, childNamed, type Element, textContent } from './parse.ts';
import { referenceIn } from './references.ts';
import { renderBlocks } from './render.ts';

export function structuredMacro(element: Element, reader: Reader): Mixed {
  const parameters = childElements(element).filter((child) => PARAMETERS.has(child.name));
  const plain = childNamed(element, 'ac:plain-text-body');
  const rich = childElements(element).filter((child) => child.name === 'ac:rich-text-body');
  let bodyRead = false;
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
    body() {
      bodyRead = true;
      return rich.length > 0 || plain
        ? rich.flatMap((child) => renderBlocks(child.children, reader))
        : renderBlocks(element.children.filter(isStray), reader);
    },
  };
  const warned = reader.warnings.length;
  const content = inPlace(renderMacro(call), call);
  if (bodyRead || reader.warnings.length > warned) return content;
  if (rich.every((child) => textContent(child).trim() === '')) return content;
  // No macro of this name should have a body; that of this one says something.
  reader.degrade(`macro:${call.name}`, 'unexpected body');
  return [...content, ...call.body()];
}

/** Old pages have the unnamed parameter in an element of its own. */
const PARAMETERS = new Set(['ac:parameter', 'ac:default-parameter']);

/** Content that stands in the macro without a body around it, as some programs write it. */
function isStray(child: Element | string): boolean {
  return typeof child === 'string'
    ? child.trim() !== ''
    : !/^(?:ri:|ac:(?:default-)?parameter$)/.test(child.name);
}

/** What the author let run on in the line. */
function inPlace(content: Mixed, { parameter }: MacroCall): Mixed {
  const [only, ...others] = content;
  const inline = parameter('atlassian-macro-output-type') === 'INLINE';
  return inline && only?.type === 'paragraph' && others.length === 0 ? only.children : content;
}
