import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromHtml } from '../../src/markdown/index.ts';
import { context, parse, written } from './render.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) process.stderr.write(`skipped: no corpus at ${CORPUS}\n`);
const files = (pattern: string) => (present ? globSync(pattern, { cwd: CORPUS }).sort() : []);

/** The HTML parts of a message, near enough: reading mail is not this module's work. */
function htmlParts(message: string): string[] {
  const parts = message
    .replaceAll('\r', '')
    .matchAll(/^((?:[\w-]+:.*\n(?:[ \t].*\n)*)+)\n([\s\S]*?)(?=^--\S|(?![\s\S]))/gm);
  return [...parts]
    .filter(([, head = '']) => /^content-type:\s*text\/html/im.test(head) && !/base64/i.test(head))
    .map(([, head = '', body = '']) => (/quoted-printable/i.test(head) ? unquoted(body) : body));
}

function unquoted(body: string): string {
  return body
    .replace(/=\n/g, '')
    .replace(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const mails = files('email/**/*.eml').flatMap((file) =>
  htmlParts(readFileSync(join(CORPUS, file), 'latin1')).map((html, index) => ({ file, index, html })),
);

const words = (text: string) => text.match(/[A-Za-z]{4,}/g) ?? [];

/** What a reader sees, by regular expressions over the HTML. */
function visible(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<(style|script|title|head)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<\/?[a-z!][^>]*>/gi, '\n')
    .replace(/&#?\w+;?/g, ' ');
}

describe.skipIf(!present)('fromHtml on the corpus of mail', () => {
  it('finds messages', () => {
    expect(mails.length).toBeGreaterThan(10);
  });

  it.each(mails)('keeps the words of $file ($index)', ({ html }) => {
    const markdown = written(fromHtml(html, context));
    const shown = new Set(words(markdown));
    expect(words(visible(html)).filter((word) => !shown.has(word) && !markdown.includes(word))).toEqual([]);
    expect(parse(markdown).children.length > 0).toBe(markdown.trim() !== '');
  });
});
