import { Parser } from 'htmlparser2';
import { headLength, isAttribution, isSeparator } from './attributions.ts';
import type { Passage } from './repeated.ts';

/** A stretch of the source, such as the text of a passage or a whole element. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface HtmlPassage extends Passage {
  readonly ranges: readonly Range[];
}

export interface HtmlPassages {
  readonly passages: readonly HtmlPassage[];
  /** The elements that are quotes, by the number of the quote. */
  readonly elements: ReadonlyMap<number, Range>;
  /** Where a message begins that the text has below, unmarked but for its head; it is the last quote. */
  readonly tail?: { readonly quote: number; readonly start: number };
}

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub' +
    ' sup time tt u var wbr o:p'
  ).split(' '),
);
const UNSEEN = new Set(['head', 'script', 'style', 'template', 'title', 'noscript']);

/** Elements around a quote that may hold what introduces it, and answers in between (Gmail, Proton, Yahoo, Outlook). */
const AROUND = /(?:^|\s)(?:gmail_quote|protonmail_quote|yahoo_quoted|zmail_extra)(?:\s|$)/;
const AROUND_ID = /^(?:mail-editor-reference-message-container|isForwardContent|isReplyContent)$/;
const ATTRIBUTION = /(?:^|\s)(?:gmail_attr|moz-cite-prefix|moz-email-headers-table)(?:\s|$)/;
const SIGNATURE = /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block)(?:\s|$)/;
const SIGNATURE_ID = /^(?:Signature|ms-outlook-mobile-signature|ymail_android_signature)$/i;
/** Outlook on the web and new Outlook: the head of the message below, which goes on to the end. */
const HEAD_ID = /^(?:x_)*divRplyFwdMsg$/;

/** What an open element says of the text in it; all but `starts` it has from those around it. */
interface Open {
  readonly blockquote?: number | undefined;
  readonly around?: number | undefined;
  readonly role?: Passage['role'] | undefined;
  readonly unseen?: boolean;
  /** The quote that the element itself is, or is around. */
  readonly starts?: number | undefined;
}

interface Draft {
  text: string;
  readonly ranges: Range[];
  readonly role: Passage['role'];
  readonly blockquote: number | undefined;
  readonly around: number | undefined;
  readonly headsTail: boolean;
}

/**
 * The passages of an HTML text and where they are in its source, so that they can be left out of it. Anything that mail
 * programs mark as a quote is one, and any `blockquote`.
 */
export function htmlPassages(html: string): HtmlPassages {
  const drafts: Draft[] = [];
  const elements = new Map<number, { start: number; end: number }>();
  const open: Open[] = [];
  let count = 0;
  let draft: Draft | undefined;
  let nextHeadsTail = false;
  const begin = (role?: Passage['role']): Draft => {
    const around = open.at(-1);
    const next: Draft = {
      text: '',
      ranges: [],
      role: role ?? around?.role ?? 'words',
      blockquote: around?.blockquote,
      around: around?.around,
      headsTail: nextHeadsTail,
    };
    nextHeadsTail = false;
    drafts.push(next);
    return next;
  };
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        const range = { start: parser.startIndex, end: parser.endIndex + 1 };
        const outer = open.at(-1) ?? {};
        if (!INLINE.has(name)) draft = undefined;
        if (name === 'img' || name === 'hr') {
          begin(name === 'hr' ? 'rule' : 'picture').ranges.push(range);
          draft = undefined;
        }
        const { class: classes = '', id = '' } = attributes;
        const isQuote = name === 'blockquote' && outer.blockquote === undefined;
        const isAround = name !== 'blockquote' && (AROUND.test(classes) || AROUND_ID.test(id));
        if (HEAD_ID.test(id) && outer.blockquote === undefined) nextHeadsTail = true;
        const starts = isQuote || isAround ? ++count : undefined;
        if (starts !== undefined) elements.set(starts, { start: range.start, end: html.length });
        open.push({
          blockquote: isQuote ? starts : outer.blockquote,
          around: isAround ? starts : outer.around,
          role: roleOf(classes, id) ?? outer.role,
          unseen: outer.unseen === true || UNSEEN.has(name),
          starts,
        });
      },
      ontext(data) {
        if (open.at(-1)?.unseen) return;
        draft ??= data.trim() === '' ? undefined : begin();
        if (!draft) return;
        draft.text += data;
        draft.ranges.push({ start: parser.startIndex, end: parser.endIndex + 1 });
      },
      onclosetag(name) {
        if (!INLINE.has(name)) draft = undefined;
        const element = elements.get(open.pop()?.starts ?? 0);
        if (element) element.end = Math.max(element.start, parser.endIndex + 1);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return assign(drafts, elements, count);
}

function roleOf(classes: string, id: string): Passage['role'] | undefined {
  if (ATTRIBUTION.test(classes)) return 'attribution';
  return SIGNATURE.test(classes) || SIGNATURE_ID.test(id) ? 'signature' : undefined;
}

/** Gives each passage its quote: an element around quotes is none itself, and what heads another message ends the author's. */
function assign(drafts: readonly Draft[], elements: ReadonlyMap<number, Range>, count: number): HtmlPassages {
  const holdsQuote = new Set(
    drafts.filter(({ blockquote }) => blockquote !== undefined).map(({ around }) => around),
  );
  const texts = drafts.map(({ text }) => text.replace(/\s+/g, ' ').trim());
  const quoteOf = ({ blockquote, around }: Draft) =>
    blockquote ?? (holdsQuote.has(around) ? undefined : around);
  const tail = tailOf(drafts, texts, quoteOf);
  const tailQuote = count + 1;
  const passages = drafts.map((draft, index): HtmlPassage => {
    const text = texts[index] ?? '';
    const inTail = tail !== undefined && index >= tail.start;
    const quote = inTail ? tailQuote : quoteOf(draft);
    const isHead = inTail && index < tail.body;
    const introduces = isHead || isAttribution(text) || isSeparator(text);
    const beforeQuote = drafts.slice(index + 1, index + 4).some((next) => quoteOf(next) !== undefined);
    const role =
      draft.role === 'words' && introduces && (quote !== undefined || beforeQuote)
        ? 'attribution'
        : draft.role;
    return { text, role, ranges: draft.ranges, ...(quote !== undefined && { quote }) };
  });
  const start = tail && drafts[tail.start]?.ranges[0]?.start;
  return { passages, elements, ...(start !== undefined && { tail: { quote: tailQuote, start } }) };
}

function tailOf(
  drafts: readonly Draft[],
  texts: readonly string[],
  quoteOf: (draft: Draft) => number | undefined,
): { readonly start: number; readonly body: number } | undefined {
  const own = drafts.map((draft, index) => (quoteOf(draft) === undefined ? (texts[index] ?? '') : '>'));
  for (const [index, text] of own.entries()) {
    const isHead = drafts[index]?.headsTail === true && text !== '>';
    if (!isHead && !isSeparator(text) && headLength(own, index) === 0) continue;
    const head = isSeparator(text) ? index + 1 : index;
    return { start: index, body: Math.max(index + 1, head + headLength(own, head)) };
  }
  return undefined;
}
