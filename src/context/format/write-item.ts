import type { Item } from '../item.ts';
import { ITEM_LEVEL, TAG } from './headings.ts';
import { shortenable } from './shorten.ts';
import { tokensOf } from './tokens.ts';
import { asCode, asLine, asMarkdown } from './untrusted.ts';

/** An item as it stands in the prompt, which can be made shorter. */
export interface WritableItem {
  /** In tokens, of all of it. */
  readonly cost: number;
  /** Whether it was asked for by its name, or belongs there whatever is asked. */
  readonly isWanted: boolean;
  /** Whether a part of it is worth little, as of code. */
  readonly isOfOnePiece: boolean;
  /** In at most so many tokens; undefined if nothing of its text fits. */
  write(most: number): string | undefined;
}

/** Prepares an item: the boundary is around all that others wrote, its title and its author's name too. */
export function writableItem(item: Item, boundary: string): WritableItem {
  const line = (text: string) => asLine(text, boundary);
  const head = [`${'#'.repeat(ITEM_LEVEL)} ${line(titleOf(item))}`, '', ...facts(item, line)];
  const text = shortenable(
    item.type === 'code'
      ? asCode(item.text, languageOf(item.path), boundary)
      : asMarkdown(item.text, boundary),
  );
  const around = (body: string) =>
    [`<${TAG}${boundary}>`, ...head, '', body, `</${TAG}${boundary}>`].join('\n');
  const fixed = tokensOf(`${around('')}\n\n`);
  return {
    cost: fixed + text.cost,
    isOfOnePiece: item.type === 'code',
    isWanted: item.match === 'named' || item.match === 'current',
    write(most) {
      const body = text.shorten(most - fixed);
      return body === undefined ? undefined : around(body);
    },
  };
}

/** People speak of tickets by their keys. */
function titleOf({ key, title, path }: Item): string {
  const named = title.trim() === '' ? path : title;
  return key === undefined || title.toUpperCase().includes(key) ? named : `${key} ${named}`;
}

function facts(item: Item, line: (text: string) => string): string[] {
  const { path, url, updated, ageDays, author, lines, symbols = [] } = item;
  const above = headingsAbove(item);
  const [first, last] = lines ?? [];
  const place = first === undefined ? '' : first === last ? `, line ${first}` : `, lines ${first}–${last}`;
  const by = author === undefined ? '' : `, by ${line(author)}`;
  const date = updated === undefined ? undefined : line(updated).slice(0, 10);
  const age = ageDays === undefined ? '' : ` (${ageOf(ageDays)})`;
  return [
    `- path: ${line(path)}${place}`,
    ...(url === undefined ? [] : [`- url: ${line(url)}`]),
    ...(date === undefined ? [] : [`- updated: ${date}${age}${by}`]),
    ...(above.length === 0 ? [] : [`- section: ${line(above.join(' > '))}`]),
    ...(symbols.length === 0 ? [] : [`- defines: ${line(symbols.join(', '))}`]),
  ];
}

/** Those that the text does not show itself. */
function headingsAbove({ headings, text }: Item): string[] {
  const shown = new Set(Array.from(text.matchAll(/^#{1,6}[ \t]+(.*?)[ \t]*$/gm), ([, title]) => title));
  return headings.filter((heading) => !shown.has(heading));
}

function ageOf(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? '1 day old' : `${days} days old`;
}

function languageOf(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
