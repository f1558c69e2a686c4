/** How CommonMark's flanking rules see the character beside a delimiter run. */
export type CharacterClass = 'space' | 'punctuation' | 'other';

/**
 * The classes a character may have. Parsers that read UTF-16 units and parsers that read code points differ on
 * symbols beyond the basic plane, such as emoji; those have both classes, and what is written must hold for both.
 */
function classesOf(character: string | undefined): readonly CharacterClass[] {
  if (!character || /^\s/u.test(character)) return ['space'];
  const symbol = /^[\p{P}\p{S}]/u.test(character);
  const astral = (character.codePointAt(0) ?? 0) > 0xffff;
  if (astral) return symbol ? ['punctuation', 'other'] : ['other'];
  return symbol ? ['punctuation'] : ['other'];
}

interface Flanking {
  readonly opens: boolean;
  readonly closes: boolean;
}

/** https://spec.commonmark.org/0.31.2/#delimiter-run; `~` follows the rules of `*`. */
function flanking(marker: string, before: CharacterClass, after: CharacterClass): Flanking {
  const left = after !== 'space' && (after !== 'punctuation' || before !== 'other');
  const right = before !== 'space' && (before !== 'punctuation' || after !== 'other');
  if (marker !== '_') return { opens: left, closes: right };
  return {
    opens: left && (!right || before === 'punctuation'),
    closes: right && (!left || after === 'punctuation'),
  };
}

function each<T>(
  before: string | undefined,
  after: string | undefined,
  test: (b: CharacterClass, a: CharacterClass) => T,
) {
  return classesOf(before).flatMap((b) => classesOf(after).map((a) => test(b, a)));
}

export function surelyOpens(marker: string, before: string | undefined, after: string | undefined): boolean {
  return each(before, after, (b, a) => flanking(marker, b, a).opens).every(Boolean);
}

export function surelyCloses(marker: string, before: string | undefined, after: string | undefined): boolean {
  return each(before, after, (b, a) => flanking(marker, b, a).closes).every(Boolean);
}

/** Beside another delimiter GitHub's grammar and micromark differ: micromark lets both open and close. */
const DELIMITER = /^[*_~]/;

export function mayOpen(marker: string, before: string | undefined, after: string | undefined): boolean {
  return (
    DELIMITER.test(after ?? '') || each(before, after, (b, a) => flanking(marker, b, a).opens).some(Boolean)
  );
}

export function mayClose(marker: string, before: string | undefined, after: string | undefined): boolean {
  return (
    DELIMITER.test(before ?? '') || each(before, after, (b, a) => flanking(marker, b, a).closes).some(Boolean)
  );
}
