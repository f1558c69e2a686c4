import { type Afford, allowance } from '../allowance.ts';
import type { Reader } from '../reader.ts';
import { findBrackets } from './brackets.ts';
import { findMacros, type Span } from './macros.ts';

/** A text that is read, with what was found in it before its blocks and words are looked at. */
export interface Source {
  /** Line ends are `\n`. */
  readonly text: string;
  readonly reader: Reader;
  /** Macros and tags, by where they begin. */
  readonly spans: ReadonlyMap<number, Span>;
  /** Where the bracket closes that opens at a position. */
  readonly brackets: ReadonlyMap<number, number>;
  /** The next occurrence at or after a position, or -1. */
  readonly next: { readonly lineEnd: Find; readonly monospaceEnd: Find; readonly exclamation: Find };
  /** Warns once that deep nesting was flattened. */
  readonly flatten: () => void;
  readonly afford: Afford;
}

type Find = (from: number) => number;

/** Below this many levels of macros and lists everything is flat. */
export const MAX_DEPTH = 100;

export function openSource(text: string, reader: Reader): Source {
  const spans = findMacros(text, (name) => reader.degrade(`macro:${name}`, 'not closed'));
  let flattened = false;
  return {
    text,
    reader,
    spans,
    brackets: findBrackets(text, spans),
    next: {
      lineEnd: finder(text, '\n'),
      monospaceEnd: finder(text, '}}'),
      exclamation: finder(text, '!'),
    },
    flatten() {
      if (!flattened) reader.degrade('depth');
      flattened = true;
    },
    afford: allowance(text.length, reader),
  };
}

/** All occurrences are found once, so that no search runs over the same text again. */
function finder(text: string, wanted: string): Find {
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) found.push(at);
  return (from) => {
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((found[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return found[low] ?? -1;
  };
}
