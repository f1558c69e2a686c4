import type { RootContent } from 'mdast';
import { oneLine } from '../../core/one-line.ts';
import { linkDocument } from '../../markdown/links.ts';
import { writeMarkdown } from '../../markdown/write.ts';

/** Marks files that the build owns; a file of the same name without it is a person's and stays. */
export const GENERATED_MARK = '<!-- Written by ctx build. Changes are overwritten. -->';

/** Characters of a title: what is cut off stands in the document. */
const TITLE = 160;

/**
 * Labels, paths and names in which nothing has a meaning in markdown, as most have: the writer would leave them as they are, and
 * needs a tenth of a millisecond for each, which is seconds for the tens of thousands of a repository.
 */
const PLAIN_LABEL = /^(?! )(?:[\p{L}\p{M}\p{N},'’()–—/#-]| (?! )|[:.](?= |$))+(?<! )$/u;
const PLAIN_NAME = /^\p{L}[\p{L}\p{M}\p{N}-]*$/u;
const PLAIN_PATH = /^[\p{L}\p{M}\p{N}/._~-]+$/u;

/** A link as a line of markdown, without its end. */
export function linkLine(label: string, url: string): string {
  if (PLAIN_LABEL.test(label) && PLAIN_PATH.test(url)) return `[${label}](${url})`;
  return line({ type: 'link', url, children: [text(label)] });
}

/** Text that marks up nothing. */
export function textLine(value: string): string {
  return PLAIN_NAME.test(value) ? value : line(text(value));
}

/** A title in a line. */
export function shortTitle(title: string): string {
  const characters = [...oneLine(title)];
  return characters.length <= TITLE ? characters.join('') : `${characters.slice(0, TITLE - 1).join('')}…`;
}

/** A generated file: a heading, and blocks of markdown below it. */
export function page(title: string, blocks: readonly string[]): string {
  const heading = markdown([{ type: 'heading', depth: 1, children: [text(title)] }]);
  const rest = blocks.filter((block) => block !== '').map((block) => `\n${block}`);
  return `${GENERATED_MARK}\n\n${heading}${rest.join('')}`;
}

const BULLET = '- ';

function line(child: Parameters<typeof paragraph>[0]): string {
  // As part of a list, so that what would begin a heading or a list of its own is escaped as it must be there.
  const list = markdown([
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: [{ type: 'listItem', spread: false, children: [paragraph(child)] }],
    },
  ]);
  return list.slice(BULLET.length).trimEnd();
}

function paragraph(
  child: ReturnType<typeof text> | { type: 'link'; url: string; children: ReturnType<typeof text>[] },
) {
  return { type: 'paragraph' as const, children: [child] };
}

function text(value: string) {
  return { type: 'text' as const, value };
}

function markdown(children: RootContent[]): string {
  return linkDocument(writeMarkdown({ type: 'root', children }), (url) => url);
}
