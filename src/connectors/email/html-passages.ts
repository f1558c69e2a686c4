import { Parser } from 'htmlparser2';
import { headLength, isAttribution, isSeparator } from './attributions.ts';
import type { Passage } from './repeated.ts';

/** A stretch of the source, such as the text of a passage or a whole element. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface HtmlPassage extends Passage {
  /** All of it, with the tags of its marks and links. */
  readonly range: Range;
}

export interface QuoteElement extends Range {
  /** It is a `blockquote`; others are quotes by the word of a mail program alone. */
  readonly isBlockquote: boolean;
}

export interface HtmlPassages {
  readonly passages: readonly HtmlPassage[];
  /** The elements that are quotes, by the number of the quote. */
  readonly elements: ReadonlyMap<number, QuoteElement>;
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

/** Elements around a quote that may hold what introduces it, and answers in between (Gmail, Proton, Yahoo, Zoho). */
const AROUND = /(?:^|\s)(?:gmail_quote|protonmail_quote|yahoo_quoted|zmail_extra)(?:\s|$)/;
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
  readonly start: number;
  end: number;
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
  const elements = new Map<number, { start: number; end: number; isBlockquote: boolean }>();
  const open: Open[] = [];
  let count = 0;
  let draft: Draft | undefined;
  let nextHeadsTail = false;
  /** Behind the last tag that is of no passage. */
  let boundary = 0;
  /** A tag that parts passages. */
  const part = (start: number, end: number) => {
    if (draft) draft.end = Math.max(draft.start, start);
    draft = undefined;
    boundary = end;
  };
  const begin = (role?: Passage['role']): Draft => {
    const around = open.at(-1);
    const next: Draft = {
      text: '',
      start: boundary,
      end: html.length,
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
        if (!INLINE.has(name)) part(range.start, range.end);
        if (name === 'img' || name === 'hr') {
          const shown = begin(name === 'hr' ? 'rule' : 'picture');
          Object.assign(shown, range);
        }
        const { class: classes = '', id = '' } = attributes;
        const isQuote = name === 'blockquote' && outer.blockquote === undefined;
        const isAround = name !== 'blockquote' && AROUND.test(classes);
        if (HEAD_ID.test(id) && outer.blockquote === undefined) nextHeadsTail = true;
        const starts = isQuote || isAround ? ++count : undefined;
        if (starts !== undefined)
          elements.set(starts, { start: range.start, end: html.length, isBlockquote: isQuote });
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
      },
      onclosetag(name) {
        if (!INLINE.has(name)) part(parser.startIndex, Math.max(boundary, parser.endIndex + 1));
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
function assign(
  drafts: readonly Draft[],
  elements: ReadonlyMap<number, QuoteElement>,
  count: number,
): HtmlPassages {
  const holdsQuote = new Set(
    drafts.filter(({ blockquote }) => blockquote !== undefined).map(({ around }) => around),
  );
  const texts = drafts.map(({ text }) => text.replace(/\s+/g, ' ').trim());
  const quoteOf = ({ blockquote, around }: Draft) =>
    blockquote ?? (holdsQuote.has(around) ? undefined : around);
  const tail = tailOf(drafts, texts, quoteOf);
  const tailQuote = count + 1;
  const heads = headsIn(texts);
  const passages = drafts.map((draft, index): HtmlPassage => {
    const text = texts[index] ?? '';
    const inTail = tail !== undefined && index >= tail.start;
    const quote = inTail ? tailQuote : quoteOf(draft);
    const isHead = inTail && index < tail.body;
    const introduces = isHead || heads.has(index) || isAttribution(text) || isSeparator(text);
    const beforeQuote = drafts.slice(index + 1, index + 4).some((next) => quoteOf(next) !== undefined);
    const role =
      draft.role === 'words' && introduces && (quote !== undefined || beforeQuote)
        ? 'attribution'
        : draft.role;
    return {
      text,
      role,
      range: { start: draft.start, end: draft.end },
      ...(quote !== undefined && { quote }),
    };
  });
  const start = tail && drafts[tail.start]?.start;
  return { passages, elements, ...(start !== undefined && { tail: { quote: tailQuote, start } }) };
}

/** The passages that are lines of a message's head. */
function headsIn(texts: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const index of texts.keys())
    for (let length = headLength(texts, index); length > 0; length--) found.add(index + length - 1);
  return found;
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
