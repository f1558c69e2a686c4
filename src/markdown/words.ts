const WORD = /[\p{L}\p{N}]/u;
const SPACE = /\s/;

/** Letters and digits, which marks may not touch from outside. */
export function isWord(char: string | undefined): boolean {
  return char !== undefined && WORD.test(char);
}

/** The end of the text is space. */
export function isSpace(char: string | undefined): boolean {
  return char === undefined || SPACE.test(char);
}

/** Finds the first of some ASCII characters from a position on; where there is none before `end`, it is `end`. */
export type Scan = (text: string, from: number, end: number) => number;

/** A regular expression would look for its match beyond `end`, and that for every stretch of a text. */
export function scanFor(chars: string): Scan {
  const wanted = new Uint8Array(128);
  for (const char of chars) wanted[char.charCodeAt(0)] = 1;
  return (text, from, end) => {
    let at = from;
    while (at < end && wanted[text.charCodeAt(at)] !== 1) at++;
    return Math.min(at, end);
  };
}
