import type { PhrasingContent } from 'mdast';
import { picture } from '../images.ts';
import { markMixed, toCode } from '../marks.ts';
import {
  emphasis,
  image,
  lineBreak,
  link,
  type Mixed,
  plainText,
  strike,
  strong,
  tagged,
  text,
} from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { absoluteUrl } from '../urls.ts';
import { htmlLink } from './links.ts';
import type { Element } from './parse.ts';
import { type ElementRenderer, renderStorage } from './render.ts';

const mark =
  (apply: (run: PhrasingContent[]) => PhrasingContent[]): ElementRenderer =>
  (element, reader) =>
    markMixed(renderStorage(element.children, reader), apply);

const bold = mark((run) => [strong(run)]);
const italic = mark((run) => [emphasis(run)]);
const struck = mark((run) => [strike(run)]);
const underlined = mark((run) => tagged('u', run));
const code = mark(toCode);

export const inlineElements: Record<string, ElementRenderer> = {
  a: htmlLink,
  audio: embedded,
  b: bold,
  br: () => [lineBreak()],
  cite: italic,
  code,
  del: struck,
  em: italic,
  embed: embedded,
  i: italic,
  iframe: embedded,
  img: (element, reader) => htmlImage(element, reader),
  ins: underlined,
  kbd: code,
  object: embedded,
  s: struck,
  samp: code,
  script: () => [],
  span,
  strike: struck,
  strong: bold,
  style: () => [],
  sub: mark((run) => tagged('sub', run)),
  sup: mark((run) => tagged('sup', run)),
  time,
  tt: code,
  u: underlined,
  var: italic,
  video: embedded,
};

/** What stands in a frame of its own: a link to it. */
function embedded(element: Element, reader: Reader): Mixed {
  const url = absoluteUrl(element.attributes.src ?? element.attributes.data ?? '', reader.context);
  const inside = renderStorage(element.children, reader);
  return url === undefined ? inside : [link(url, [text(url)]), ...inside];
}

/** The date, after what the author shows for it if that is something else. */
function time(element: Element, reader: Reader): Mixed {
  const date = element.attributes.datetime ?? '';
  const shown = renderStorage(element.children, reader);
  const written = plainText(shown).trim();
  if (written === '' || written === date) return [text(date)];
  return date === '' ? shown : [...shown, text(` (${date})`)];
}

/** Styles that say more than looks; colours and sizes do not. */
const STYLES: readonly (readonly [RegExp, ElementRenderer])[] = [
  [/text-decoration:[^;]*line-through/i, struck],
  [/text-decoration:[^;]*underline/i, underlined],
  [/font-weight:\s*(?:bold|[6-9]00)/i, bold],
  [/font-style:\s*(?:italic|oblique)/i, italic],
];

function span(element: Element, reader: Reader): Mixed {
  const style = element.attributes.style ?? '';
  const found = STYLES.find(([pattern]) => pattern.test(style));
  return found ? found[1](element, reader) : renderStorage(element.children, reader);
}

function htmlImage(element: Element, reader: Reader): Mixed {
  const { src = '', alt = '', title } = element.attributes;
  const url = absoluteUrl(src, reader.context);
  if (url === undefined) {
    if (src.trim() !== '') reader.degrade('link', 'unsafe address');
    return picture({ url, alt });
  }
  return [image(url, alt, title)];
}
