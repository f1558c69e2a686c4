import { oneLine } from './one-line.ts';

/**
 * Someone else's words within a line of markdown, as code: they mark up nothing, do not end the line, and neither address
 * people nor name tickets where the text is shown.
 */
export function codeSpan(text: string, maxLength = 160): string {
  const characters = [...oneLine(text).replace(/\s+/g, ' ').trim()];
  const shown = characters.length <= maxLength ? characters : [...characters.slice(0, maxLength - 1), '…'];
  const line = shown.join('').toWellFormed() || ' ';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // Spaces that stand on both sides are taken off by who reads it.
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
