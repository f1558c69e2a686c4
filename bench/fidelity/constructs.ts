/** What a page holds of each kind, in the form in which it can be found again: one entry a construct. */
export interface Constructs {
  readonly tables: string[];
  readonly rows: string[];
  readonly cells: string[];
  readonly 'list items': string[];
  /** `done` or `open`. */
  readonly tasks: string[];
  /** The code, byte by byte. */
  readonly 'code blocks': string[];
  /** Level and words. */
  readonly headings: string[];
  readonly images: string[];
  readonly links: string[];
  /** Words, so that runs that are split or joined count alike. */
  readonly 'bold words': string[];
  readonly 'italic words': string[];
  /** The words of a block that is set apart. */
  readonly panels: string[];
  /** The words of a label that is set apart from the text around it. */
  readonly 'status labels': string[];
  readonly words: string[];
}

export type Kind = keyof Constructs;

export const emptyConstructs = (): Constructs => ({
  tables: [],
  rows: [],
  cells: [],
  'list items': [],
  tasks: [],
  'code blocks': [],
  headings: [],
  images: [],
  links: [],
  'bold words': [],
  'italic words': [],
  panels: [],
  'status labels': [],
  words: [],
});

export const KINDS = Object.keys(emptyConstructs()) as Kind[];

export const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];

export interface Share {
  readonly kept: number;
  readonly total: number;
}

/** How many of the source's constructs are found again, each once. What else was written counts for nothing. */
export function kept(source: Constructs, written: Constructs, kind: Kind): Share {
  const left = new Map<string, number>();
  for (const entry of written[kind]) left.set(entry, (left.get(entry) ?? 0) + 1);
  let found = 0;
  for (const entry of source[kind]) {
    const key = kind === 'panels' ? [...left.keys()].find((words) => words.includes(entry)) : entry;
    const count = key === undefined ? 0 : (left.get(key) ?? 0);
    if (key === undefined || count === 0) continue;
    found++;
    left.set(key, count - 1);
  }
  return { kept: found, total: source[kind].length };
}

export const sum = (shares: readonly Share[]): Share => ({
  kept: shares.reduce((total, share) => total + share.kept, 0),
  total: shares.reduce((total, share) => total + share.total, 0),
});
