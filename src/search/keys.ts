/** Keys of tickets, decisions and the like, such as `PROJ-123` and `DEC-0054`: what people write to name one thing exactly. */
const KEY = /(?<![\p{L}\p{N}_/-])\p{L}[\p{L}\p{N}_]{1,19}-\d{1,7}(?![\p{L}\p{N}_])(?!-\d)/gu;
/** `acme/api#42`, or `api#42` in short. */
const NUMBERED = /(?<![\w/.-])(?:[\w-][\w.-]{0,99}\/)?[\w-][\w.-]{0,99}#\d{1,9}(?!\w)/g;
/** What every key has. */
const SIGN = /[-#]\d/;

/** The keys in a text, in capitals, each once. What only looks like one (`utf-8`) names nothing, and finds nothing more. */
export function keysIn(text: string): string[] {
  // Most texts have none, and classes of Unicode take a millisecond to compile.
  if (!SIGN.test(text)) return [];
  const found = [...text.matchAll(KEY), ...text.matchAll(NUMBERED)];
  return [...new Set(found.map(([key]) => key.toUpperCase()))];
}

/** All that a document with this key is called: none if it is no key, and the short form beside the long one. */
export function namesIn(key: string): string[] {
  const [first] = keysIn(key);
  if (first === undefined || first.length !== key.trim().length) return [];
  return first.includes('/') ? [first, first.slice(first.indexOf('/') + 1)] : [first];
}
