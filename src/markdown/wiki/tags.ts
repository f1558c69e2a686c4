/** A macro's tag: `{name}` or `{name:parameters}`. */
export interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly parameters: string | undefined;
  readonly start: number;
  readonly end: number;
}

const TAG = /\{([A-Za-z][\w-]*)(?::([^{}\n]*))?\}/y;

/** The tag that begins at a position. `{{` is monospaced text, and `${` belongs to a programming language. */
export function tagAt(text: string, start: number): Tag | undefined {
  const before = text[start - 1];
  if (before === '{' || before === '$') return undefined;
  TAG.lastIndex = start;
  const match = TAG.exec(text);
  if (!match) return undefined;
  return { name: (match[1] ?? '').toLowerCase(), parameters: match[2], start, end: TAG.lastIndex };
}

/** Parameters by name; the first without a name has the empty one. */
export function readParameters(written: string | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of (written ?? '').split('|')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    const value = part.slice(equals + 1).trim();
    if (value !== '' && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** True if nothing but space stands before the position on its line. */
export function beginsLine(text: string, position: number): boolean {
  let at = position - 1;
  while (text[at] === ' ' || text[at] === '\t') at--;
  return at < 0 || text[at] === '\n';
}

/** True if nothing but space stands after the position on its line. */
export function endsLine(text: string, position: number): boolean {
  let at = position;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at >= text.length || text[at] === '\n';
}
