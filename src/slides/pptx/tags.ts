import type { Document, Element } from '@xmldom/xmldom';
import { all, childNamed, children } from './xml.ts';

/** A place in a presentation: `{{title}}` in a text, or `{{table: risks}}` as all that a shape says. */
const TAG = /\{\{\s*([^{}]+?)\s*\}\}/g;
const PLACED = /^\s*\{\{\s*(table|chart|image)\s*:\s*([^{}]+?)\s*\}\}\s*$/;

export type Placed = 'table' | 'chart' | 'image';

/** A shape that gives its place to something else. */
export interface Place {
  readonly kind: Placed;
  readonly name: string;
  readonly shape: Element;
}

/** The names of tags in texts, each once. */
export function textTags(document: Document): string[] {
  const names = all(document, 'a:p').flatMap((paragraph) =>
    Array.from(textOf(paragraph).matchAll(TAG), ([, name = '']) => name),
  );
  return [...new Set(names)].filter((name) => !/^(?:table|chart|image)\s*:/.test(name));
}

export function places(document: Document): Place[] {
  return all(document, 'p:sp').flatMap((shape) => {
    const text = all(shape, 'a:p').map(textOf).join('\n');
    const [, kind, name] = PLACED.exec(text) ?? [];
    return kind === undefined || name === undefined ? [] : [{ kind: kind as Placed, name, shape }];
  });
}

/** Runs of a paragraph are cut wherever an editor checked a word or a hand slipped: a tag may lie across them. */
function textOf(paragraph: Element): string {
  return runsOf(paragraph)
    .map((run) => childNamed(run, 'a:t')?.textContent ?? '')
    .join('');
}

const runsOf = (paragraph: Element) => children(paragraph).filter(({ nodeName }) => nodeName === 'a:r');

/** Puts values in the place of tags, in the form of the run where the tag begins. */
export function fillTexts(document: Document, values: Readonly<Record<string, string>>): void {
  for (const paragraph of all(document, 'a:p')) fillParagraph(paragraph, values);
}

/** Gives a shape one text, in the form that its first paragraph has. */
export function setText(shape: Element, text: string): void {
  const [first, ...others] = all(shape, 'a:p');
  if (first === undefined) return;
  for (const paragraph of others) paragraph.parentNode?.removeChild(paragraph);
  const [run, ...further] = runsOf(first);
  for (const each of further) first.removeChild(each);
  const target = run ?? addRun(first);
  setRun(target, text);
  splitLines(first);
}

function addRun(paragraph: Element): Element {
  const document = paragraph.ownerDocument as Document;
  const run = document.createElement('a:r');
  run.appendChild(document.createElement('a:t'));
  paragraph.insertBefore(run, childNamed(paragraph, 'a:endParaRPr') ?? null);
  return run;
}

function fillParagraph(paragraph: Element, values: Readonly<Record<string, string>>): void {
  const runs = runsOf(paragraph);
  const texts = runs.map((run) => childNamed(run, 'a:t')?.textContent ?? '');
  const whole = texts.join('');
  const found = [...whole.matchAll(TAG)].filter(([, name = '']) => Object.hasOwn(values, name));
  if (found.length === 0) return;
  const starts = texts.map((_, index) => texts.slice(0, index).join('').length);
  const filled = texts.map(() => '');
  const append = (offset: number, text: string): void => {
    const run = starts.findLastIndex((start, index) => start <= offset && texts[index] !== '');
    filled[run] = `${filled[run]}${text}`;
  };
  let offset = 0;
  const copyUpTo = (end: number): void => {
    for (; offset < end; offset += 1) append(offset, whole[offset] ?? '');
  };
  for (const match of found) {
    copyUpTo(match.index);
    append(offset, values[match[1] ?? ''] ?? '');
    offset += match[0].length;
  }
  copyUpTo(whole.length);
  for (const [index, run] of runs.entries()) {
    if (filled[index] !== texts[index]) setRun(run, filled[index] ?? '');
  }
  splitLines(paragraph);
}

function setRun(run: Element, text: string): void {
  const holder = childNamed(run, 'a:t');
  if (holder) holder.textContent = storable(text);
}

/** What XML 1.0 can hold: https://www.w3.org/TR/xml/#charsets */
export function storable(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}

/** A line break in a text begins a paragraph like the one before it. */
function splitLines(paragraph: Element): void {
  const lines: Element[] = [];
  const template = paragraph.cloneNode(true) as Element;
  for (const child of children(template)) {
    if (child.nodeName !== 'a:pPr' && child.nodeName !== 'a:endParaRPr') template.removeChild(child);
  }
  let line = template.cloneNode(true) as Element;
  const append = (node: Element) => line.insertBefore(node, childNamed(line, 'a:endParaRPr') ?? null);
  for (const child of children(paragraph)) {
    if (child.nodeName === 'a:pPr' || child.nodeName === 'a:endParaRPr') continue;
    const texts = child.nodeName === 'a:r' ? (childNamed(child, 'a:t')?.textContent ?? '').split('\n') : null;
    for (const [index, text] of (texts ?? [null]).entries()) {
      if (index > 0) {
        lines.push(line);
        line = template.cloneNode(true) as Element;
      }
      const copy = child.cloneNode(true) as Element;
      if (text !== null) setRun(copy, text);
      append(copy);
    }
  }
  for (const each of [...lines, line]) {
    paragraph.parentNode?.insertBefore(each, paragraph);
    indent(each);
    direct(each);
  }
  paragraph.parentNode?.removeChild(paragraph);
}

/** As far as PowerPoint indents one level more, in EMU. */
const LEVEL = 342_900;
const DEEPEST = 8;

/** Tabs before a line say how deep it lies in its list. */
function indent(paragraph: Element): void {
  const [run] = runsOf(paragraph);
  const text = run === undefined ? '' : (childNamed(run, 'a:t')?.textContent ?? '');
  const depth = Math.min(/^\t*/.exec(text)?.[0].length ?? 0, DEEPEST);
  if (run === undefined || depth === 0) return;
  setRun(run, text.replace(/^\t+/, ''));
  const properties = propertiesOf(paragraph);
  properties.setAttribute('lvl', String(depth));
  const margin = properties.getAttribute('marL');
  if (margin !== null) properties.setAttribute('marL', String(Number(margin) + depth * LEVEL));
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** A paragraph runs as its first letter does. */
function direct(paragraph: Element): void {
  if (!RIGHT_TO_LEFT.test(textOf(paragraph))) return;
  const properties = propertiesOf(paragraph);
  properties.setAttribute('rtl', '1');
  if ((properties.getAttribute('algn') ?? 'l') === 'l') properties.setAttribute('algn', 'r');
}

function propertiesOf(paragraph: Element): Element {
  const known = childNamed(paragraph, 'a:pPr');
  if (known !== undefined) return known;
  const made = (paragraph.ownerDocument as Document).createElement('a:pPr');
  paragraph.insertBefore(made, paragraph.firstChild);
  return made;
}
