import { type Constructs, emptyConstructs, wordsOf } from './constructs.ts';
import { type Element, elements, parse, textOf, visit, within } from './dom.ts';

/** What a reader of the page does not see, or sees elsewhere: settings, and a second form of the same content. */
const UNSEEN = new Set([
  'ac:parameter',
  'ac:placeholder',
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
  'ac:adf-attribute',
  'ac:adf-fallback',
]);
const BOLD = new Set(['strong', 'b']);
const ITALIC = new Set(['em', 'i']);
const PANELS = new Set(['info', 'note', 'tip', 'warning', 'panel']);
const CODE = new Set(['code', 'noformat']);
/** Macros whose title is shown. */
const TITLED = new Set([...PANELS, ...CODE, 'expand', 'status']);

/** Counts what Confluence shows of a page from its storage format; knows nothing of the readers that it judges. */
export function sourceConstructs(storage: string): Constructs {
  const found = emptyConstructs();
  visit(parse(storage).children, {
    element(element) {
      if (UNSEEN.has(element.name)) return false;
      count(element, found);
      return !(element.name === 'ac:structured-macro' && CODE.has(element.attribs['ac:name'] ?? ''));
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
    case 'ac:task':
      found['list items'].push('item');
      found.tasks.push(statusOf(element) === 'complete' ? 'done' : 'open');
      break;
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6': {
      const words = wordsOf(textOf(element, UNSEEN)).join(' ');
      if (words !== '') found.headings.push(`${element.name} ${words}`);
      break;
    }
    case 'ac:image':
    case 'img':
      found.images.push('image');
      break;
    case 'a':
      if (element.attribs.href) found.links.push('link');
      break;
    case 'ac:link':
      linkElement(element, found);
      break;
    case 'pre':
      found['code blocks'].push(textOf(element));
      break;
    case 'ac:adf-node':
      if (element.attribs.type === 'panel') found.panels.push(wordsOf(textOf(element, UNSEEN)).join(' '));
      break;
    case 'ac:structured-macro':
      macro(element, found);
  }
}

function linkElement(element: Element, found: Constructs): void {
  const target = elements(element).find(({ name }) => name.startsWith('ri:'));
  if (target?.name === 'ri:user') return;
  found.links.push('link');
  const hasBody = elements(element).some(({ name }) => name.endsWith('link-body'));
  if (!hasBody) found.words.push(...wordsOf(target?.attribs['ri:content-title'] ?? ''));
}

function macro(element: Element, found: Constructs): void {
  const name = element.attribs['ac:name'] ?? '';
  const title = elements(element).find(
    (child) => child.name === 'ac:parameter' && child.attribs['ac:name'] === 'title',
  );
  const titleWords = title && TITLED.has(name) ? wordsOf(textOf(title)) : [];
  found.words.push(...titleWords);
  if (name === 'status') found['status labels'].push(titleWords.join(' '));
  if (PANELS.has(name)) {
    const body = elements(element).filter((child) => child.name === 'ac:rich-text-body');
    found.panels.push(body.flatMap((child) => wordsOf(textOf(child, UNSEEN))).join(' '));
  }
  if (CODE.has(name)) {
    const body = elements(element).find((child) => child.name === 'ac:plain-text-body');
    const code = body ? textOf(body) : '';
    found['code blocks'].push(code);
    found.words.push(...wordsOf(code));
  }
}

function statusOf(task: Element): string {
  const status = elements(task).find(({ name }) => name === 'ac:task-status');
  return status ? textOf(status).trim() : '';
}
