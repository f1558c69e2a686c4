/** Raised when other characters go or stay: documents are then rendered anew. */
export const INVISIBLE_RULES = 1;

export interface Visible {
  readonly text: string;
  /** How many characters were taken out. */
  readonly removed: number;
}

/**
 * Every character that is made not to be seen: default ignorable ones (zero width, bidirectional and tag characters,
 * fillers, variation selectors, https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point), interlinear
 * annotations, and controls but for tab and line ends. The flags of England, Scotland and Wales are taken as a whole.
 */
const candidates =
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}|[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/gu;
const anyCandidate = new RegExp(candidates.source, 'u');

/**
 * Scripts that write with joiners: letters that join (https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters,
 * A1), and those with a virama (A2, B). Wider than identifiers may be: in words, joiners end abbreviations and old spellings too.
 */
const joining = [
  ...['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Phag', 'Mani', 'Adlm', 'Rohg', 'Sogd'],
  ...['Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt'],
  ...['Bali', 'Java', 'Sund', 'Cakm', 'Newa', 'Gran', 'Tirh', 'Kthi', 'Modi', 'Shrd', 'Lana', 'Cham'],
]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('');
const joins = new RegExp(`^(?=[\\p{L}\\p{M}])[${joining}]$`, 'u');

const mongolian = /^(?=\p{L})\p{Script=Mongolian}$/u;
const ideograph = /^\p{Ideographic}$/u;
/** What variation selectors 1 to 14 are defined for (https://www.unicode.org/Public/UCD/latest/ucd/StandardizedVariants.txt). */
const variable =
  /^[\p{Ideographic}\p{Sm}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}\u3001\u3002\uFF01-\uFF1F]$/u;
const emoji = /^(?![#*0-9])\p{Emoji}$/u;
const keycap = /^[#*0-9]$/;
const pictograph = /^\p{Extended_Pictographic}/u;
const endsPictograph = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u;
const mark = /^(?!\p{Default_Ignorable_Code_Point})\p{M}/u;
/** Letters written from right to left, by block, without the marks among them. */
const rightToLeft =
  /[\u0590-\u061B\u061D-\u08FF\uFB1D-\uFDCF\uFDF0-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const directional = /^[\u061C\u200E\u200F]$/;

/**
 * The text as a reader sees it. Invisible characters can hide instructions, reorder code (https://trojansource.codes)
 * and split a secret's shape; they go, wherever they stand. What scripts and emoji cannot be written without stays:
 * a joiner within an emoji or after a letter of a script that uses it, one variation selector after a base that has
 * such a variant, and direction marks in a line with letters written from right to left. Noncharacters stay.
 * Applied to its own result, it changes nothing.
 */
export function stripInvisible(text: string): Visible {
  if (!anyCandidate.test(text)) return { text, removed: 0 };
  const kept: string[] = [];
  const lines = linesOf(text);
  let removed = 0;
  let from = 0;
  /** The last character kept. */
  let before = '';
  for (const { 0: found, index } of text.matchAll(candidates)) {
    const between = text.slice(from, index);
    kept.push(between);
    before = lastCharacter(between) ?? before;
    from = index + found.length;
    if (staysAfter(before, found, text, from, lines)) {
      kept.push(found);
      before = lastCharacter(found) ?? before;
    } else removed += 1;
  }
  kept.push(text.slice(from));
  return { text: kept.join(''), removed };
}

function staysAfter(
  before: string,
  found: string,
  text: string,
  end: number,
  lines: (index: number) => boolean,
): boolean {
  const code = found.codePointAt(0) ?? 0;
  const next = String.fromCodePoint(text.codePointAt(end) ?? 0);
  if (code === 0x1f3f4) return true;
  if (code === 0x200d && endsPictograph.test(before) && pictograph.test(next)) return true;
  if (code === 0x200c || code === 0x200d) return joins.test(before);
  if (code === 0xfe0e || code === 0xfe0f)
    return emoji.test(before) || variable.test(before) || (keycap.test(before) && next === '\u20E3');
  if (code >= 0xfe00 && code <= 0xfe0d) return variable.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return ideograph.test(before);
  if ((code >= 0x180b && code <= 0x180d) || code === 0x180f) return mongolian.test(before);
  if (code === 0x180e) return mongolian.test(before) && mongolian.test(next);
  if (code === 0x034f) return mark.test(before) && mark.test(next);
  return directional.test(found) && !directional.test(before) && lines(end - 1);
}

/** Whether the line around an offset has letters written from right to left; offsets ascend. */
function linesOf(text: string): (index: number) => boolean {
  let end = -1;
  let answer = false;
  return (index) => {
    if (index > end) {
      const start = text.lastIndexOf('\n', index) + 1;
      const newline = text.indexOf('\n', index);
      end = newline < 0 ? text.length : newline;
      answer = rightToLeft.test(text.slice(start, end));
    }
    return answer;
  };
}

function lastCharacter(text: string): string | undefined {
  if (text === '') return undefined;
  const last = text.codePointAt(text.length - 2) ?? 0;
  return last > 0xffff ? String.fromCodePoint(last) : text.slice(-1);
}
