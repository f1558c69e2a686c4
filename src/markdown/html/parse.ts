import { Parser } from 'htmlparser2';
import { HtmlElement, HtmlText } from './dom.ts';
import { isInvisible } from './visible.ts';

export interface ParsedHtml {
  readonly root: HtmlElement;
  /** Elements beyond the depth bound were replaced by their content. */
  readonly flattened: boolean;
}

const MAX_DEPTH = 100;
/** Elements that only ever stand in one of their kind, and so are no level of nesting by themselves. */
const PARTS = new Set(['dd', 'dt', 'li', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr']);
/** turndown scans a text again for each element after it. */
const LONGEST_TEXT = 1024;

/** What is seen of an HTML document, at most 100 levels deep. Missing end tags are added where they are implied. */
export function parseHtml(html: string): ParsedHtml {
  const root = new HtmlElement('body');
  const open: { readonly element: HtmlElement; readonly level: number }[] = [{ element: root, level: 0 }];
  let flattened = false;
  let text: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        flushText();
        const { element: container, level } = open.at(-1) ?? { element: root, level: 0 };
        const inner = level + (PARTS.has(name) ? 0.25 : 1);
        if (inner > MAX_DEPTH) {
          flattened = true;
          open.push({ element: isInvisible(name, attributes) ? new HtmlElement(name) : container, level });
          return;
        }
        const element = new HtmlElement(name, attributes);
        if (!isInvisible(name, attributes)) container.append(element);
        open.push({ element, level: inner });
      },
      ontext(data) {
        text.push(data);
      },
      onclosetag() {
        flushText();
        open.pop();
      },
    },
    { recognizeSelfClosing: true, recognizeCDATA: true, decodeEntities: true },
  );
  parser.end(html);
  flushText();
  return { root, flattened };

  function flushText(): void {
    if (text.length === 0) return;
    const data = repairCharacters(text.join(''));
    text = [];
    const container = open.at(-1)?.element ?? root;
    for (let start = 0, end = 0; start < data.length; start = end) {
      end = start + LONGEST_TEXT;
      if (/[\uD800-\uDBFF]/.test(data.charAt(end - 1))) end++;
      container.append(new HtmlText(data.slice(start, end)));
    }
  }
}

const WINDOWS_1252 = new TextDecoder('windows-1252');

/** Control characters that are Windows-1252 read as Latin-1: quotes, dashes, the euro sign. */
function repairCharacters(text: string): string {
  return text.replace(/[\u0080-\u009F]/g, (character) =>
    WINDOWS_1252.decode(Uint8Array.of(character.charCodeAt(0))),
  );
}
