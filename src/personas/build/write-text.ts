import { stripInvisible } from '../../core/invisible.ts';
import { oneLine } from '../../core/one-line.ts';
import { blockquote, paragraph, text } from '../../markdown/nodes.ts';
import { writeMarkdown } from '../../markdown/write.ts';

/** Words that others wrote as part of a line: they mean nothing in markdown. */
export function quotedWords(words: string): string {
  const clean = oneLine(stripInvisible(words).text).replace(/\s+/g, ' ').trim();
  return writeMarkdown({ type: 'root', children: [paragraph([text(clean)])] })
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

/** A text that others wrote, as a quote that nothing in it can end. */
export function quotedText(written: string): string {
  const paragraphs = stripInvisible(written)
    .text.split(/\n+/)
    .map((line) => oneLine(line).trim())
    .filter((line) => line !== '')
    .map((line) => paragraph([text(line)]));
  return writeMarkdown({ type: 'root', children: [blockquote(paragraphs)] }).trimEnd();
}

/** Items as their author wrote them, in markdown. */
export const bullets = (items: readonly string[]): string =>
  items.map((item) => `- ${indented(item, 2)}`).join('\n');

export const steps = (items: readonly string[]): string =>
  items.map((item, n) => `${n + 1}. ${indented(item, `${n + 1}. `.length)}`).join('\n');

function indented(item: string, by: number): string {
  return item
    .trim()
    .split(/\r?\n/)
    .map((line, n) => (n === 0 || line === '' ? line : `${' '.repeat(by)}${line}`))
    .join('\n');
}
