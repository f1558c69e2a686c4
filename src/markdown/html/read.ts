import { type Flow, type Mixed, text } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { anchorsOf } from './anchors.ts';
import { blockRules } from './block.ts';
import { confluenceRule } from './confluence.ts';
import { convert } from './convert.ts';
import { type HtmlElement, type HtmlNode, isElement } from './dom.ts';
import { inlineRules } from './inline.ts';
import { restoreOutlookLists } from './outlook.ts';
import { parseHtml } from './parse.ts';
import { block, contentAlone, flowOf, type Rule, type View } from './rule.ts';
import { shownText } from './text.ts';

const RULES: ReadonlyMap<string, Rule> = new Map([
  ...Object.entries(inlineRules),
  ...Object.entries(blockRules),
]);

/** Elements that say nothing but where text is. */
const PLAIN: ReadonlySet<string> = new Set([
  'article',
  'body',
  'br',
  'center',
  'col',
  'colgroup',
  'dd',
  'div',
  'dt',
  'font',
  'footer',
  'head',
  'header',
  'html',
  'li',
  'main',
  'p',
  'section',
  'span',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'wbr',
]);

/** What was read already and stands among the HTML: in the places of elements of a name that nothing else has. */
export interface Held {
  readonly name: string;
  /** What stands in the place of an element, by its `n`. */
  readonly take: (n: number) => Mixed | undefined;
}

/**
 * Reads HTML of unknown origin, such as mail, and what Confluence and Jira show for their own formats. For a part of
 * a text that another reader reads; a whole text is read by `fromHtml`.
 */
export function readHtml(source: string, reader: Reader, held?: Held): Flow[] {
  const { root, flattened } = parseHtml(source);
  if (flattened) reader.degrade('depth');
  restoreOutlookLists(root);
  const anchors = anchorsOf(root);
  const contents = new Map<HtmlElement, Mixed>();
  const rendered = new Map<HtmlElement, Mixed>();
  const view: View = {
    reader,
    contentOf: (element) => contents.get(element) ?? [],
    renderedOf: (node: HtmlNode) =>
      isElement(node) ? (rendered.get(node) ?? []) : [text(shownText(node.data))],
  };
  const content = convert(root, (element, inner) => {
    contents.set(element, inner);
    const own = held?.name === element.name ? held.take(Number(element.attributes.n)) : undefined;
    const result = own ?? anchors.mark(element, render(element, inner, view));
    rendered.set(element, result);
    return result;
  });
  return anchors.resolve(flowOf(content));
}

function render(element: HtmlElement, content: Mixed, view: View): Mixed {
  const special = confluenceRule(element);
  if (special || !PLAIN.has(element.name)) view.reader.construct();
  const rule = special ?? RULES.get(element.name) ?? (element.isBlock ? block : contentAlone);
  return rule(element, content, view);
}
