// Its build for Node.js is the same and a parser, with a DOM of its own: a tenth of what loading a build takes. Ours is a tree already.
import TurndownService from 'turndown/lib/turndown.browser.cjs.js';
import { joinTexts } from '../marks.ts';
import { type Mixed, text } from '../nodes.ts';
import type { HtmlElement } from './dom.ts';
import { shownText } from './text.ts';

/** What an element becomes; `content` is what stands in it. */
export type RenderElement = (element: HtmlElement, content: Mixed) => Mixed;

/**
 * Runs turndown over a tree with one rule for all elements. What our rules return are references to nodes of a
 * tree (`12;`) in place of markdown, and so are texts: nothing has to be escaped, and no second parser guesses at
 * what was meant.
 */
export function convert(root: HtmlElement, render: RenderElement): Mixed {
  const pieces: Mixed[] = [];
  const refer = (piece: Mixed) => (piece.length === 0 ? '' : `${pieces.push(piece) - 1};`);
  const replacement = (content: string, element: HtmlElement) => refer(render(element, resolve(content)));
  const turndown = new TurndownService({ blankReplacement: replacement });
  turndown.escape = (value) => refer([text(shownText(value))]);
  turndown.addRule('tree', { filter: () => true, replacement });
  return resolve(turndown.turndown(root));

  /** Between references there is only the white space that turndown moved out of elements. */
  function resolve(references: string): Mixed {
    const nodes: Mixed = [];
    let number = 0;
    let inSpace = false;
    for (let at = 0; at < references.length; at++) {
      const unit = references.charCodeAt(at);
      if (unit >= ZERO && unit <= NINE) number = number * 10 + unit - ZERO;
      else if (unit === SEMICOLON) {
        for (const node of pieces[number] ?? []) nodes.push(node);
        number = 0;
      } else if (!inSpace) nodes.push(text(' '));
      inSpace = unit !== SEMICOLON && (unit < ZERO || unit > NINE);
    }
    return joinTexts(nodes);
  }
}

const ZERO = 48;
const NINE = 57;
const SEMICOLON = 59;
