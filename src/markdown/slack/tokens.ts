import type { PhrasingContent } from 'mdast';
import { emphasis, inlineCode, link, plainText, strike, strong, text } from '../nodes.ts';
import type { InlineToken, MarkToken } from '../paired-marks.ts';
import { trimAddress } from '../trim-address.ts';
import { isSpace, isWord } from '../words.ts';
import { addressOf } from './addresses.ts';
import { unescaped } from './entities.ts';
import { reference } from './references.ts';
import type { Source } from './source.ts';

const NOTABLE = /[<`*_~]|https?:\/\//gi;
const REFERENCE = /<([^<>]+)>/y;
const CODE = /`([^`]+)`/y;
const ADDRESS = /https?:\/\/[^\s<>|"`]+/iy;

interface Lexed {
  readonly token: InlineToken;
  readonly end: number;
}

/** One line of mrkdwn. Without marks, only references and addresses mean something. */
export function tokenise(line: string, source: Source, marks: boolean): InlineToken[] {
  const tokens: InlineToken[] = [];
  const notable = new RegExp(NOTABLE);
  let plain = 0;
  for (let match = notable.exec(line); match; match = notable.exec(line)) {
    const lexed = lex(line, match.index, source, marks);
    if (!lexed) continue;
    if (plain < match.index) tokens.push(textToken(line.slice(plain, match.index)));
    tokens.push(lexed.token);
    plain = lexed.end;
    notable.lastIndex = lexed.end;
  }
  if (plain < line.length) tokens.push(textToken(line.slice(plain)));
  return tokens;
}

const textToken = (written: string): InlineToken => ({ kind: 'text', value: unescaped(written) });
const nodesToken = (nodes: PhrasingContent[]): InlineToken => ({ kind: 'nodes', nodes });

function lex(line: string, at: number, source: Source, marks: boolean): Lexed | undefined {
  const char = line[at] ?? '';
  if (char === '<') return referenceAt(line, at, source);
  if (char === 'h' || char === 'H') return addressAt(line, at, source);
  if (!marks) return undefined;
  if (char === '`') return codeAt(line, at, source);
  const token = markAt(line, at);
  return token && { token, end: at + 1 };
}

function referenceAt(line: string, at: number, source: Source): Lexed | undefined {
  REFERENCE.lastIndex = at;
  const [written = '', inner = ''] = REFERENCE.exec(line) ?? [];
  const nodes = inner === '' ? undefined : reference(inner, source);
  return nodes && { token: nodesToken(nodes), end: at + written.length };
}

function addressAt(line: string, at: number, source: Source): Lexed | undefined {
  if (isWord(line[at - 1])) return undefined;
  ADDRESS.lastIndex = at;
  const [longest = ''] = ADDRESS.exec(line) ?? [];
  const bracket = longest.search(/&[lg]t;/);
  const written = trimAddress(bracket === -1 ? longest : longest.slice(0, bracket), line[at - 1]);
  const url = addressOf(unescaped(written), source);
  if (url === undefined) return undefined;
  source.reader.construct();
  return { token: nodesToken([link(url, [text(url)])]), end: at + written.length };
}

function codeAt(line: string, at: number, source: Source): Lexed | undefined {
  CODE.lastIndex = at;
  const [written = '', code = ''] = CODE.exec(line) ?? [];
  if (code.trim() === '') return undefined;
  source.reader.construct();
  return { token: nodesToken([inlineCode(codeText(code, source))]), end: at + written.length };
}

/** Code as Slack shows it: addresses and names that it made references of are words again. */
export function codeText(code: string, source: Source): string {
  const words = code.replace(/<([^<>]+)>/g, (written, inner: string) => {
    const nodes = reference(inner, source);
    // What it says is not to be unescaped again.
    return nodes ? plainText(nodes).replaceAll('&', '&amp;') : written;
  });
  return unescaped(words);
}

/**
 * A mark begins before a visible character and not after a letter or digit, and ends the other way round, so that
 * `snake_case` and `2 * 3` stay as they are. Repeated, as in `**` and `~~`, it is text.
 */
function markAt(line: string, at: number): MarkToken | undefined {
  const mark = line[at] ?? '';
  const before = line[at - 1];
  const after = line[at + 1];
  if (before === mark || after === mark) return undefined;
  const opens = !isWord(before) && !isSpace(after);
  const closes = !isSpace(before) && !isWord(after);
  return opens || closes ? { kind: 'mark', mark, opens, closes, written: mark } : undefined;
}

export function applyMark(mark: string, run: PhrasingContent[]): PhrasingContent[] {
  if (mark === '*') return [strong(run)];
  return [mark === '_' ? emphasis(run) : strike(run)];
}
