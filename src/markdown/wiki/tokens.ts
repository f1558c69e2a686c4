import { DomUtils, parseDocument } from 'htmlparser2';
import { inlineCode, type Mixed } from '../nodes.ts';
import type { InlineToken } from '../paired-marks.ts';
import { isSpace, isWord, scanFor } from '../words.ts';
import { autolinkAt } from './autolinks.ts';
import { emoticonAt } from './emoticons.ts';
import { imageAt, imageNodes } from './images.ts';
import { spanAt } from './lines.ts';
import { linkAt } from './links.ts';
import { wikiMacro } from './macro-call.ts';
import { MARK_NAMES, markAt } from './marks.ts';
import type { Source } from './source.ts';

/** A stretch of one block's text. */
export interface Stretch {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  /** The number of macros and lists around it. */
  readonly depth: number;
  /** It is a link's label, in which nothing else is a link. */
  readonly inLink: boolean;
}

interface Lexed {
  readonly token: InlineToken;
  readonly end: number;
}
type Lexer = (stretch: Stretch, at: number) => Lexed | undefined;

const textToken = (value: string): InlineToken => ({ kind: 'text', value });
const nodesToken = (nodes: Mixed): InlineToken => ({ kind: 'nodes', nodes });

/** By the first character, in the order in which they are tried. */
const LEXERS: Readonly<Record<string, readonly Lexer[]>> = {
  '\n': [(_, at) => ({ token: { kind: 'break', forced: false }, end: at + 1 })],
  '\\': [backslash],
  '{': [span, monospace],
  '`': [span],
  '[': [bracket],
  '!': [exclamation],
  '&': [entity],
  ':': [emoticon],
  ';': [emoticon],
  '(': [emoticon],
  '-': [dash],
};

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const toNotable = scanFor(`\n\\{\`[!&:;(-*_?+^~${LETTERS_AND_DIGITS}`);
const REST_OF_WORD = /[\p{L}\p{N}]+/uy;

export function tokenise(stretch: Stretch): InlineToken[] {
  const { source, start, end } = stretch;
  const { text } = source;
  const tokens: InlineToken[] = [];
  let plain = start;
  for (let at = toNotable(text, start, end); at < end; ) {
    const lexed = lex(stretch, at, text[at] ?? '');
    let next = at + 1;
    if (lexed && lexed.end <= end) {
      if (plain < at) tokens.push(textToken(text.slice(plain, at)));
      tokens.push(lexed.token);
      plain = lexed.end;
      next = lexed.end;
    } else {
      REST_OF_WORD.lastIndex = at;
      if (REST_OF_WORD.test(text)) next = REST_OF_WORD.lastIndex;
    }
    at = toNotable(text, next, end);
  }
  if (plain < end) tokens.push(textToken(text.slice(plain, end)));
  return tokens;
}

function lex(stretch: Stretch, at: number, char: string): Lexed | undefined {
  for (const lexer of LEXERS[char] ?? []) {
    const lexed = lexer(stretch, at);
    if (lexed) return lexed;
  }
  if (char === '{' || MARK_NAMES.has(char)) {
    const token = markAt(stretch.source.text, at);
    return token && { token, end: at + token.written.length };
  }
  if (stretch.inLink || !isWord(char) || isWord(stretch.source.text[at - 1])) return undefined;
  const found = autolinkAt(stretch.source, at, stretch.end);
  return found && { token: nodesToken(found.nodes), end: found.end };
}

/** Punctuation that a backslash takes the meaning of; before anything else it is a backslash. */
const ESCAPABLE = /[!-/:-@[-`{-~]/;

function backslash({ source: { text } }: Stretch, at: number): Lexed | undefined {
  const next = text[at + 1];
  if (next === '\\') return { token: { kind: 'break', forced: true }, end: at + 2 };
  return next !== undefined && ESCAPABLE.test(next) ? { token: textToken(next), end: at + 2 } : undefined;
}

function span({ source, depth }: Stretch, at: number): Lexed | undefined {
  const found = spanAt(source, at, depth);
  if (!found) return undefined;
  return { token: nodesToken(found.kind === 'macro' ? wikiMacro(source, found, depth) : []), end: found.end };
}

/** `{{code}}`; braces that the code ends with belong to it. */
function monospace({ source }: Stretch, at: number): Lexed | undefined {
  const { text, next, reader } = source;
  if (!text.startsWith('{{', at) || isWord(text[at - 1])) return undefined;
  let close = next.monospaceEnd(at + 2);
  const lineEnd = next.lineEnd(at);
  if (close === -1 || (lineEnd !== -1 && lineEnd < close)) return undefined;
  while (text[close + 2] === '}') close++;
  const value = withoutEscapes(text.slice(at + 2, close));
  if (value.trim() === '') return undefined;
  reader.construct();
  return { token: nodesToken([inlineCode(value)]), end: close + 2 };
}

function withoutEscapes(value: string): string {
  return value.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function bracket({ source, depth, inLink }: Stretch, at: number): Lexed | undefined {
  const found = inLink ? undefined : linkAt(source, at, depth);
  return found && { token: nodesToken(found.nodes), end: found.end };
}

function exclamation({ source }: Stretch, at: number): Lexed | undefined {
  const found = imageAt(source, at);
  return found && { token: nodesToken(imageNodes(source, found)), end: found.end };
}

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,31});/iy;

function entity({ source: { text } }: Stretch, at: number): Lexed | undefined {
  ENTITY.lastIndex = at;
  const written = ENTITY.exec(text)?.[0];
  if (!written) return undefined;
  return { token: textToken(DomUtils.textContent(parseDocument(written))), end: at + written.length };
}

function emoticon({ source: { text, reader } }: Stretch, at: number): Lexed | undefined {
  if (isWord(text[at - 1])) return undefined;
  const found = emoticonAt(text, at);
  const end = at + (found?.written.length ?? 0);
  if (!found || isWord(text[end])) return undefined;
  reader.construct();
  return { token: textToken(found.shown), end };
}

/** `--` and `---` between spaces are dashes. */
function dash({ source: { text } }: Stretch, at: number): Lexed | undefined {
  if (text[at + 1] !== '-' || !isSpace(text[at - 1])) return undefined;
  const end = text[at + 2] === '-' ? at + 3 : at + 2;
  return isSpace(text[end]) ? { token: textToken(end - at === 3 ? '—' : '–'), end } : undefined;
}
