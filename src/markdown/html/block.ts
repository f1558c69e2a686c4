import { details } from '../details.ts';
import { codeBlock } from '../macros/code.ts';
import {
  blockquote,
  heading,
  isBlank,
  list,
  listItem,
  paragraph,
  plainText,
  rule,
  strong,
  toPhrasing,
} from '../nodes.ts';
import { descendant, type HtmlElement, preformatted } from './dom.ts';
import { figureRule } from './images.ts';
import { listRule } from './lists.ts';
import { block, contentBut, flowOf, type Rule } from './rule.ts';
import { captionRule, tableRule } from './table.ts';

const headingRule: Rule = (element, content) => {
  const inner = toPhrasing(content);
  return isBlank(inner) ? [] : [heading(Number(element.name.slice(1)), inner)];
};

const boldLine: Rule = (_, content) => {
  const inner = toPhrasing(content);
  return isBlank(inner) ? [] : [paragraph([strong(inner)])];
};

/** Elements that stand on lines of their own. Those that are not named here are known as blocks by turndown. */
export const blockRules: Record<string, Rule> = {
  blockquote: (_, content) => {
    const inner = flowOf(content);
    return inner.length === 0 ? [] : [blockquote(inner)];
  },
  caption: captionRule,
  dd: (_, content) => {
    const inner = flowOf(content);
    return inner.length === 0 ? [] : [list([listItem(inner)])];
  },
  details(element, _, view) {
    const summary = element.children.find(({ name }) => name === 'summary');
    const title = summary ? plainText(toPhrasing(view.contentOf(summary))) : '';
    return details(title, flowOf(contentBut(element, summary, view)));
  },
  dir: listRule(false),
  dt: boldLine,
  figcaption: captionRule,
  figure: figureRule,
  h1: headingRule,
  h2: headingRule,
  h3: headingRule,
  h4: headingRule,
  h5: headingRule,
  h6: headingRule,
  hr: () => [rule()],
  legend: boldLine,
  li: block,
  listing: codeRule,
  menu: listRule(false),
  ol: listRule(true),
  // Files in a row, each on a line of its own.
  p: (element, content, view) =>
    element.classes.has('media-group')
      ? element.childNodes.flatMap((child) => flowOf(view.renderedOf(child)))
      : flowOf(content),
  pre: codeRule,
  summary: boldLine,
  table: tableRule,
  ul: listRule(false),
  xmp: codeRule,
};

function codeRule(element: HtmlElement): ReturnType<Rule> {
  const value = preformatted(element);
  return value.trim() === '' ? [] : codeBlock(value.replace(/\n$/, ''), languageOf(element));
}

const LANGUAGE_CLASS = /(?:^|\s)(?:language|lang|highlight-source|code)-([\w+#.-]+)/i;

/** The language that highlighters write into classes; Confluence writes `java` where the author said nothing. */
function languageOf(element: HtmlElement): string | undefined {
  const parameters = element.attributes['data-syntaxhighlighter-params'];
  const brush = /brush:\s*([^;]+)/.exec(parameters ?? '')?.[1]?.trim();
  if (parameters !== undefined) return brush === 'java' ? undefined : brush;
  const own = descendant(element, ({ name }) => name === 'code');
  for (const { attributes } of [
    element,
    ...(own ? [own] : []),
    ...(element.parentNode ? [element.parentNode] : []),
  ]) {
    const language =
      attributes['data-language'] ??
      attributes['data-lang'] ??
      LANGUAGE_CLASS.exec(attributes.class ?? '')?.[1];
    if (language) return language;
  }
  return undefined;
}
