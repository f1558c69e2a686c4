import type { Warning } from '../core/document.ts';
import type { ReadContext } from './context.ts';

/** What all parts of a reading share: the place it is read in, and what could not be kept of it so far. */
export interface Reader {
  readonly context: ReadContext;
  readonly warnings: readonly Warning[];
  warn(construct: string, detail?: string): void;
}

export function createReader(context: ReadContext): Reader {
  const warnings: Warning[] = [];
  return {
    context,
    warnings,
    warn(construct, detail) {
      warnings.push(detail === undefined ? { construct } : { construct, detail });
    },
  };
}
