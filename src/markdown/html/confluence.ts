import { type Alert, alert } from '../alerts.ts';
import { details } from '../details.ts';
import { editorPanel } from '../macros/panel.ts';
import { status } from '../macros/status.ts';
import { link, type Mixed, plainText, text, toPhrasing } from '../nodes.ts';
import { absoluteUrl, issueUrl } from '../urls.ts';
import { descendant, descendantOfClass, type HtmlElement } from './dom.ts';
import { fileRule } from './images.ts';
import { decisionListRule } from './lists.ts';
import { contentBut, flowOf, nothing, type Rule, type View } from './rule.ts';

/** What Confluence and Jira show for what is more than HTML, by the class that they give it. */
const RULES: Readonly<Record<string, Rule>> = {
  'aui-icon': nothing,
  'confluence-embedded-file': fileRule,
  'confluence-information-macro': informationPanel,
  'decision-list': decisionListRule,
  'expand-container': expand,
  'jira-issue': issue,
  panel,
  'refresh-issues-bottom': nothing,
  'status-macro': (_, content) => status(plainText(toPhrasing(content))),
  'toc-macro': nothing,
};

export function confluenceRule(element: HtmlElement): Rule | undefined {
  // Their panels are frames around a `pre`.
  if (element.classes.has('code') || element.classes.has('preformatted')) return undefined;
  for (const name of element.classes) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (rule) return rule;
  }
  return element.attributes['data-macro-name'] === 'toc' ? nothing : undefined;
}

/** The macros that these panels show; in storage format `note` is yellow and `warning` red. */
const PANELS: Readonly<Record<string, Alert>> = {
  information: 'NOTE',
  note: 'WARNING',
  tip: 'TIP',
  warning: 'CAUTION',
};

function informationPanel(element: HtmlElement, _: Mixed, view: View): Mixed {
  const type = Object.keys(PANELS).find((name) =>
    element.classes.has(`confluence-information-macro-${name}`),
  );
  const title = childOfClass(element, 'title');
  return alert(
    PANELS[type ?? ''] ?? 'NOTE',
    flowOf(contentBut(element, title, view)),
    title ? toPhrasing(view.contentOf(title)) : [],
  );
}

/** A frame with a colour. */
function panel(element: HtmlElement, content: Mixed, view: View): Mixed {
  const body = childOfClass(element, 'panelContent');
  if (!body) return flowOf(content);
  const header = childOfClass(element, 'panelHeader');
  const style = `${element.attributes.style ?? ''};${body.attributes.style ?? ''}`;
  const colour = /background(?:-color)?\s*:\s*([^;]+)/i.exec(style)?.[1] ?? '';
  const title = wordsOf(header, view);
  return alert(
    editorPanel('custom', hexColour(colour)),
    flowOf(contentBut(element, header, view)),
    title ? [text(title)] : [],
  );
}

/** `rgb(r, g, b)`, as browsers write colours, as `#rrggbb`. */
function hexColour(colour: string): string {
  const [, ...channels] = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i.exec(colour.trim()) ?? [];
  if (channels.length === 0) return colour.trim();
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0').slice(-2)).join('')}`;
}

function expand(element: HtmlElement, _: Mixed, view: View): Mixed {
  const control = childOfClass(element, 'expand-control');
  return details(wordsOf(control, view), flowOf(contentBut(element, control, view)));
}

/** What is shown until a browser has asked for the ticket. */
const LOADING = new Set(['', 'STATUS', 'Getting issue details...']);

/** A ticket: its key, and what was known of it when the page was shown. */
function issue(element: HtmlElement, content: Mixed, view: View): Mixed {
  const anchor = descendant(element, ({ name }) => name === 'a');
  const key = element.attributes['data-jira-key'] ?? wordsOf(anchor, view);
  if (!/^[A-Z][A-Z\d_]*-\d+$/.test(key)) return content;
  const url = absoluteUrl(anchor?.attributes.href ?? '', view.reader.context);
  const summary = wordsOf(descendantOfClass(element, 'summary'), view);
  const state = wordsOf(descendantOfClass(element, 'aui-lozenge'), view);
  return [
    link(url ?? issueUrl(view.reader.context, key), [text(key)]),
    ...(LOADING.has(summary) ? [] : [text(`: ${summary}`)]),
    ...(LOADING.has(state) ? [] : [text(' '), ...status(state)]),
  ];
}

const childOfClass = (element: HtmlElement, name: string) =>
  element.children.find(({ classes }) => classes.has(name));

/** The words that stand in an element, if there is one. */
function wordsOf(element: HtmlElement | undefined, view: View): string {
  return element ? plainText(toPhrasing(view.contentOf(element))).trim() : '';
}
