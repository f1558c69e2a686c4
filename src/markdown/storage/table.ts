import { emphasis, type Flow, isBlank, type Mixed, paragraph, text, toFlow, toPhrasing } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import { type Cell, spanOf, table, warnOfColours, withNumbers } from '../tables.ts';
import { type Element, isElement } from './parse.ts';
import { renderFlow, renderStorage } from './render.ts';

const ROW_GROUPS = new Set(['thead', 'tbody', 'tfoot']);

/** A table; what stands in it outside of its cells comes before it, so that no text is lost. */
export function tableElement(element: Element, reader: Reader): Mixed {
  const rows: Cell[][] = [];
  const outside: Flow[] = [];
  let number = 0;
  let hasNumbers = false;
  collectRows(element);
  warnOfColours(rows, reader);
  const numbered = isNumbered(element) && !hasNumbers ? withNumbers(rows) : rows;
  return [...outside, ...table(numbered)];

  function collectRows(group: Element): void {
    for (const child of group.children) {
      if (isElement(child) && child.name === 'tr') rows.push(readRow(child));
      else if (isElement(child) && ROW_GROUPS.has(child.name)) collectRows(child);
      else if (isElement(child) && (child.name === 'td' || child.name === 'th'))
        rows.push([readCell(child, reader)]);
      else if (isElement(child) && child.name === 'caption') outside.push(...caption(child));
      else outside.push(...toFlow(renderStorage([child], reader)));
    }
  }

  function readRow(row: Element): Cell[] {
    const cells: Cell[] = [];
    const header = row.children.every((child) => !isElement(child) || child.name !== 'td');
    if (!header) number++;
    for (const child of row.children) {
      if (isElement(child) && (child.name === 'td' || child.name === 'th')) {
        const cell = readCell(child, reader);
        const forNumber = child.attributes.class?.split(/\s+/).includes('numberingColumn') ?? false;
        hasNumbers ||= forNumber;
        // Not all that write pages put the number in it.
        const missing = forNumber && !header && cell.content.length === 0;
        cells.push(missing ? { ...cell, content: [paragraph([text(`${number}`)])] } : cell);
      } else outside.push(...toFlow(renderStorage([child], reader)));
    }
    return cells;
  }

  function caption(child: Element): Flow[] {
    const content = toPhrasing(renderStorage(child.children, reader));
    return isBlank(content) ? [] : [paragraph([emphasis(content)])];
  }
}

/** Such as `data-number-column="true"`. */
function isNumbered({ attributes }: Element): boolean {
  return Object.entries(attributes).some(
    ([name, value]) => /^data-.*number/.test(name) && (value === 'true' || value === ''),
  );
}

function readCell(element: Element, reader: Reader): Cell {
  return {
    header: element.name === 'th',
    colspan: spanOf(element.attributes.colspan),
    rowspan: spanOf(element.attributes.rowspan, 0),
    content: renderFlow(element, reader),
    colour: element.attributes['data-highlight-colour'],
  };
}
