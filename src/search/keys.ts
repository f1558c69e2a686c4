/** Keys of tickets, decisions and the like, such as `PROJ-123` and `DEC-0054`: what people write to name one thing exactly. */
const KEY = /(?<![\p{L}\p{N}_/-])\p{L}[\p{L}\p{N}_]{1,19}-\d{1,7}(?![\p{L}\p{N}_])(?!-\d)/gu;

/** The keys in a text, in capitals, each once. What only looks like one (`utf-8`, `covid-19`) names nothing and finds nothing more. */
export function keysIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(KEY), ([key]) => key.toUpperCase()))];
}
