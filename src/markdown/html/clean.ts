import { type Element, isElement } from '../storage/parse.ts';
import { escapeHtml } from './escape.ts';

/** Content that is not text of the document. */
const DROPPED = new Set([
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'object',
  'svg',
  'iframe',
  'title',
]);
const KEPT_ATTRIBUTES = ['href', 'src', 'alt', 'title', 'start', 'type', 'checked', 'class'];
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'col']);

/**
 * A parsed tree as HTML again, without what is not content, so that its size and depth are bounded before a
 * recursive converter reads it. `replace` may give text to put in an element's place.
 */
export function cleanHtml(
  nodes: readonly (Element | string)[],
  replace: (element: Element) => string | undefined,
): string {
  let html = '';
  for (const node of nodes) {
    if (!isElement(node)) {
      html += escapeHtml(node);
      continue;
    }
    if (DROPPED.has(node.name)) continue;
    const replacement = replace(node);
    if (replacement !== undefined) {
      html += `<p>${escapeHtml(replacement)}</p>`;
      continue;
    }
    const inner = cleanHtml(node.children, replace);
    // Converters know a code block by the `code` in the `pre`.
    const bare =
      node.name === 'pre' && !node.children.some((child) => isElement(child) && child.name === 'code');
    html += `<${node.name}${attributesOf(node)}>`;
    if (!VOID.has(node.name)) html += `${bare ? `<code>${inner}</code>` : inner}</${node.name}>`;
  }
  return html;
}

function attributesOf(element: Element): string {
  return KEPT_ATTRIBUTES.map((name) => {
    const value = element.attributes[name];
    return value === undefined ? '' : ` ${name}="${escapeHtml(value)}"`;
  }).join('');
}
