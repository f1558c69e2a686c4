/**
 * How many tokens a text takes at most, nearly: by kinds of characters, in hundredths of a token. English prose, markdown and code come
 * to between 1.0 and 1.3 times what GPT's encodings (`o200k_base`, `cl100k_base`) make of them; strings without sense, such as hashes,
 * can come to less. The estimate of a whole is the sum of its parts', but for rounding.
 */
export function tokensOf(text: string): number {
  let hundredths = 0;
  for (let index = 0; index < text.length; index += 1) hundredths += costAt(text, index);
  return Math.ceil(hundredths / 100);
}

const LETTER = 27;
const DIGIT = 70;
const SIGN = 75;
const SPACE = 10;
const LINE_END = 60;
const OTHER_LETTER = 80;
const UNSPACED = 120;
/** Of each half of what lies beyond 16 bits, such as emoji. */
const RARE = 130;

function costAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return LETTER;
    if (code >= 0x30 && code <= 0x39) return DIGIT;
    if (code === 0x20) return SPACE;
    return code === 0x0a || code === 0x09 ? LINE_END : SIGN;
  }
  if (code >= 0xd800 && code <= 0xdfff) return RARE;
  // Scripts without spaces, and Korean: a token is about a character.
  const isUnspaced =
    (code >= 0x0e00 && code <= 0x0eff) ||
    (code >= 0x1780 && code <= 0x17ff) ||
    (code >= 0x2e80 && code <= 0xd7ff);
  if (isUnspaced || code >= 0xf900) return UNSPACED;
  // Latin, Greek, Cyrillic, Arabic and Indian letters; signs beyond them are rare.
  return code < 0x2000 ? OTHER_LETTER : RARE;
}
