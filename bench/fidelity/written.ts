import { createRequire } from 'node:module';
import { type Constructs, emptyConstructs, wordsOf } from './constructs.ts';
import { type Element, parse, textOf, visit, within } from './dom.ts';

const BOLD = new Set(['strong', 'b', 'th']);
const ITALIC = new Set(['em', 'i']);
/** What sets a label apart. */
const MARKS = new Set(['code', 'strong', 'em', 'mark', 'kbd']);

/**
 * What a reader on GitHub sees of markdown: remark-gfm's grammar makes HTML of it, in which HTML that the markdown
 * itself holds counts like any other.
 */
export function writtenConstructs(markdown: string): Constructs {
  const found = emptyConstructs();
  visit(parse(toHtml(markdown)).children, {
    element(element) {
      count(element, found);
      return true;
    },
    text(text, parent) {
      const words = wordsOf(text);
      found.words.push(...words);
      if (within(parent, BOLD)) found['bold words'].push(...words);
      if (within(parent, ITALIC)) found['italic words'].push(...words);
    },
  });
  return found;
}

function count(element: Element, found: Constructs): void {
  const words = () => wordsOf(textOf(element)).join(' ');
  switch (element.name) {
    case 'table':
      found.tables.push('table');
      break;
    case 'tr':
      found.rows.push('row');
      break;
    case 'td':
    case 'th':
      found.cells.push('cell');
      break;
    case 'li':
      found['list items'].push('item');
      break;
    case 'input':
      if (element.attribs.type === 'checkbox') {
        found.tasks.push('checked' in element.attribs ? 'done' : 'open');
      }
      break;
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      found.headings.push(`${element.name} ${words()}`);
      break;
    case 'img':
      found.images.push('image');
      break;
    case 'a':
      if (element.attribs.href) found.links.push('link');
      break;
    case 'pre':
      // The grammar ends each code block with a line end of its own.
      found['code blocks'].push(textOf(element).replace(/\n$/, ''));
      break;
    case 'blockquote':
      found.panels.push(words());
  }
  if (MARKS.has(element.name)) found['status labels'].push(words());
}

interface Micromark {
  micromark(markdown: string, options: object): string;
}
interface MicromarkGfm {
  gfm(): object;
  gfmHtml(): object;
}

/** The grammar stands with the peers, for it too is no part of the program. */
function toHtml(markdown: string): string {
  const require = createRequire(import.meta.url);
  const { micromark } = require('micromark') as Micromark;
  const { gfm, gfmHtml } = require('micromark-extension-gfm') as MicromarkGfm;
  return micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
}
