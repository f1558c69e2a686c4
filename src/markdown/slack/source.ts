import { type Afford, allowance } from '../allowance.ts';
import type { Reader } from '../reader.ts';

/** A message that is read. */
export interface Source {
  readonly reader: Reader;
  readonly afford: Afford;
  /** Warns once that deep nesting was flattened. */
  readonly flatten: () => void;
}

/** An object of the message, every part of which may be missing or of another type than documented. */
export type Json = Readonly<Record<string, unknown>>;

/** Below this many levels of blocks and elements everything is flat. */
export const MAX_DEPTH = 100;

export function openSource(size: number, reader: Reader): Source {
  let flattened = false;
  return {
    reader,
    afford: allowance(size, reader),
    flatten() {
      if (!flattened) reader.degrade('depth');
      flattened = true;
    },
  };
}
