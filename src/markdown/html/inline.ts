import type { PhrasingContent } from 'mdast';
import { withGithubAnchor } from '../anchors.ts';
import { linkTo, markMixed, toCode } from '../marks.ts';
import {
  emphasis,
  isBlank,
  lineBreak,
  link,
  type Mixed,
  plainText,
  strike,
  strong,
  tagged,
  text,
  toPhrasing,
} from '../nodes.ts';
import { mention } from '../people.ts';
import { absoluteUrl, cardTitle } from '../urls.ts';
import type { HtmlElement } from './dom.ts';
import { imageRule } from './images.ts';
import { inputRule } from './lists.ts';
import { nothing, type Rule, type View } from './rule.ts';

type Mark = (run: PhrasingContent[]) => PhrasingContent[];

const mark =
  (apply: Mark): Rule =>
  (_, content) =>
    markMixed(content, apply);

const bold: Mark = (run) => [strong(run)];
const italic: Mark = (run) => [emphasis(run)];
const struck: Mark = (run) => [strike(run)];
const underlined: Mark = (run) => tagged('u', run);
const code = mark(toCode);

export const inlineRules: Record<string, Rule> = {
  a: anchor,
  // Google's editors put a whole document into one that is not bold.
  b: (element, content) =>
    /font-weight\s*:\s*(?:normal|400)/i.test(element.attributes.style ?? '')
      ? content
      : markMixed(content, bold),
  br: () => [lineBreak()],
  cite: mark(italic),
  code,
  del: mark(struck),
  dfn: mark(italic),
  em: mark(italic),
  embed: frame,
  font: styled,
  i: mark(italic),
  iframe: frame,
  img: imageRule,
  input: inputRule,
  ins: mark(underlined),
  kbd: code,
  option: (_, content) => [...content, text(' ')],
  q: (_, content) => [text('“'), ...content, text('”')],
  rt: (_, content) => [text(' ('), ...content, text(')')],
  rp: nothing,
  s: mark(struck),
  samp: code,
  span: styled,
  strike: mark(struck),
  strong: mark(bold),
  sub: mark((run) => tagged('sub', run)),
  sup: mark((run) => tagged('sup', run)),
  svg: drawing,
  time,
  tt: code,
  u: mark(underlined),
  var: mark(italic),
  video: frame,
  audio: frame,
  wbr: nothing,
};

const STYLES: readonly (readonly [RegExp, Mark])[] = [
  [/text-decoration[^;]*line-through/i, struck],
  [/text-decoration[^;]*underline/i, underlined],
  [/font-style\s*:\s*italic/i, italic],
  [/font-weight\s*:\s*(?:bold|[6-9]00)/i, bold],
];

/** What a style says that is more than decoration. */
function styled({ attributes }: HtmlElement, content: Mixed): Mixed {
  const style = attributes.style ?? '';
  return STYLES.reduce(
    (nodes, [pattern, apply]) => (pattern.test(style) ? markMixed(nodes, apply) : nodes),
    content,
  );
}

/** The date, after what the author shows for it if that is something else than the date in another form. */
function time({ attributes, classes }: HtmlElement, content: Mixed): Mixed {
  const date = attributes.datetime ?? '';
  const shown = plainText(content).trim();
  // Confluence's own dates are shown in the reader's language.
  const own = [...classes].some((name) => name.startsWith('date-'));
  if (date === '' || shown === date) return content;
  return shown === '' || own ? [text(date)] : [...content, text(` (${date})`)];
}

function anchor(element: HtmlElement, content: Mixed, { reader }: View): Mixed {
  const { attributes, classes } = element;
  const person = attributes['data-account-id'] ?? attributes['data-username'];
  if (
    person &&
    (classes.has('confluence-userlink') || classes.has('user-mention') || classes.has('user-hover'))
  )
    return [mention(person, reader, plainText(content).trim() || undefined)];
  const href = attributes.href ?? '';
  if (href.trim() === '') return content;
  const url = absoluteUrl(href, reader.context);
  if (url === undefined) {
    reader.degrade('link', 'unsafe address');
    return content;
  }
  const isCard =
    attributes['data-card-appearance'] !== undefined && plainText(toPhrasing(content)).trim() === href.trim();
  return linkTo(
    withGithubAnchor(url, reader.context),
    isCard ? [text(cardTitle(url, reader.context))] : content,
    url,
  );
}

/** Content of another place that is shown in a frame or played: a link to it. */
function frame(element: HtmlElement, content: Mixed, { reader }: View): Mixed {
  const source =
    element.attributes.src ?? element.children.find(({ name }) => name === 'source')?.attributes.src;
  const url = source === undefined ? undefined : absoluteUrl(source, reader.context);
  if (url === undefined || url.startsWith('about:')) return content;
  const title = element.attributes.title?.trim();
  return [
    link(url, title ? [text(title)] : isBlank(toPhrasing(content)) ? [text(url)] : toPhrasing(content)),
  ];
}

/** A drawing's labels without the drawing. */
function drawing(_: unknown, content: Mixed, { reader }: View): Mixed {
  if (isBlank(toPhrasing(content))) return [];
  reader.degrade('svg');
  return content;
}
