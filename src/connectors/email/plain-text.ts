import { headLength, isAttribution, isSeparator } from './attributions.ts';
import type { MailText } from './mail.ts';
import type { Passage } from './repeated.ts';

export interface TextLine {
  /** In how many quotes it stands. */
  readonly depth: number;
  readonly text: string;
}

export interface TextPassage extends Passage {
  readonly lines: readonly TextLine[];
}

const QUOTE = /^(?:> ?)+/;
const SIGNATURE = /^--\s?$/;
/** Lists and servers put a line across before what they add to each message. */
const FOOTER = /^[_=-]{10,}\s*$/;
/** Deeper quotes are told apart no more (R13). */
const MAX_DEPTH = 10;

/** The lines of a text as it was written: those that its format broke are whole again. */
export function linesOf({ value, flowed, delSp }: MailText): TextLine[] {
  const lines: { depth: number; text: string; goesOn: boolean }[] = [];
  for (const line of value.replace(/\r\n?/g, '\n').split('\n')) {
    const marks = QUOTE.exec(line)?.[0] ?? '';
    const depth = Math.min(marks.replaceAll(' ', '').length, MAX_DEPTH);
    const rest = line.slice(marks.length);
    const text = flowed && depth === 0 && rest.startsWith(' ') ? rest.slice(1) : rest;
    const goesOn = flowed && text.endsWith(' ') && text !== '-- ';
    const last = lines.at(-1);
    if (last?.goesOn && last.depth === depth && text !== '' && text !== '-- ') {
      last.text = (delSp ? last.text.slice(0, -1) : last.text) + text;
      last.goesOn = goesOn;
    } else lines.push({ depth, text, goesOn });
  }
  return lines.map(({ depth, text }) => ({ depth, text: text.trimEnd() }));
}

/** The passages of a text, in its order: each paragraph, with quotes, what introduces them, and signatures told apart. */
export function textPassages(text: MailText): TextPassage[] {
  const lines = linesOf(text);
  const tail = tailOf(lines);
  const passages: TextPassage[] = [];
  let quote = 0;
  let inSignature = false;
  let run: TextLine[] = [];
  let runRole: Passage['role'] = 'words';
  const flush = () => {
    const depth = run[0]?.depth ?? 0;
    if (run.some(({ text }) => text !== ''))
      passages.push({
        text: run.map(({ text }) => text).join('\n'),
        role: depth > 0 ? roleInQuote(run) : runRole,
        lines: run,
        ...(depth > 0 && { quote }),
      });
    run = [];
  };
  for (const [index, line] of lines.entries()) {
    if (tail && index >= tail.start) break;
    const role = roleOf(lines, index, inSignature);
    inSignature = role === 'signature';
    const before = lines[index - 1];
    if (line.text === '' || role !== runRole || line.depth !== (run[0]?.depth ?? line.depth)) flush();
    if (line.depth > 0 && !(before && before.depth > 0) && !isGap(passages, run)) quote++;
    runRole = role;
    if (line.text !== '') run.push(line);
  }
  flush();
  return tail ? [...passages, ...tailPassages(lines, tail, quote + 1)] : passages;
}

/** Whether only empty lines are between a quote and what came before it in the same quote. */
function isGap(passages: readonly TextPassage[], run: readonly TextLine[]): boolean {
  return run.length === 0 && passages.at(-1)?.quote !== undefined;
}

function roleOf(lines: readonly TextLine[], index: number, inSignature: boolean): Passage['role'] {
  const { depth, text } = lines[index] as TextLine;
  if (depth > 0) return 'words';
  if (introduces(lines, index)) return 'attribution';
  return inSignature || SIGNATURE.test(text) || FOOTER.test(text) ? 'signature' : 'words';
}

/** Whether the line is one of up to four in front of a quote that together introduce it. */
function introduces(lines: readonly TextLine[], index: number): boolean {
  let end = index;
  while (end - index < 4 && lines[end]?.depth === 0 && lines[end]?.text !== '') end++;
  let quote = end;
  while (quote - end < 3 && lines[quote]?.depth === 0 && lines[quote]?.text === '') quote++;
  if (!lines[quote]?.depth) return false;
  let first: number | undefined;
  for (let start = end - 1; start >= Math.max(0, end - 4); start--) {
    const line = lines[start];
    if (!line || line.depth > 0 || line.text === '') break;
    const together = lines
      .slice(start, end)
      .map(({ text }) => text)
      .join(' ');
    if (!isAttribution(together)) continue;
    first ??= start;
    // Where the date is, it begins.
    if (DATE.test(together)) return start <= index;
  }
  return first !== undefined && first <= index;
}

const DATE = /\b\d{4}\b|\b\d{1,2}[./-]\d{1,2}\b|\d年/;

/** What introduces a quote within a quote is written anew by each program, and says nothing by itself. */
function roleInQuote(lines: readonly TextLine[]): Passage['role'] {
  const texts = lines.map(({ text }) => text);
  const introduces =
    isAttribution(texts.join(' ')) || texts.every(isSeparator) || headLength(texts, 0) === texts.length;
  return introduces ? 'attribution' : 'words';
}

interface Tail {
  readonly start: number;
  /** The first line behind what heads it. */
  readonly body: number;
}

/** Where a text goes over into another message that it has below, unmarked but for that message's head. */
function tailOf(lines: readonly TextLine[]): Tail | undefined {
  const own = lines.map(({ depth, text }) => (depth === 0 ? text : '>'));
  for (const [index, line] of own.entries()) {
    if (isSeparator(line)) {
      let next = index + 1;
      while (own[next] === '') next++;
      return { start: index, body: Math.max(index + 1, next + headLength(own, next)) };
    }
    const length = headLength(own, index);
    if (length === 0) continue;
    let start = index;
    while (start > 0 && /^_*$/.test(own[start - 1] ?? '')) start--;
    return { start, body: index + length };
  }
  return undefined;
}

function tailPassages(lines: readonly TextLine[], { start, body }: Tail, quote: number): TextPassage[] {
  const deeper = lines
    .slice(start)
    .map(({ depth, text }) => ({ depth: Math.min(depth + 1, MAX_DEPTH), text }));
  const passages: TextPassage[] = [];
  let run: TextLine[] = [];
  const flush = (role?: Passage['role']) => {
    const content = run.filter(({ text }) => text !== '');
    if (content.length > 0)
      passages.push({
        text: content.map(({ text }) => text).join('\n'),
        role: role ?? roleInQuote(content),
        lines: content,
        quote,
      });
    run = [];
  };
  for (const [index, line] of deeper.entries()) {
    const isHead = index < body - start;
    if (!isHead && (line.text === '' || line.depth !== (run[0]?.depth ?? line.depth))) flush();
    run.push(line);
    if (isHead && index === body - start - 1) flush('attribution');
  }
  flush();
  return passages;
}
