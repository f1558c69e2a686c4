const { charCodeAt } = String.prototype;

/**
 * As `text.charCodeAt(at)`, for loops over all of a text. V8 keeps strings in ten ways, and where it has seen more than four it looks
 * the method up anew for each character.
 */
export function unitAt(text: string, at: number): number {
  return charCodeAt.call(text, at);
}
