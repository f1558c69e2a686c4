import type { Fidelity, Warning } from '../core/document.ts';
import type { ReadContext } from './context.ts';

/** What all parts of a reading share: the place it is read in, and what became of its constructs so far. */
export interface Reader {
  readonly context: ReadContext;
  /** Page properties by name, as the text shows them. */
  readonly properties: Map<string, string>;
  readonly warnings: readonly Warning[];
  readonly fidelity: Fidelity;
  /** Counts a construct, once for each. It is kept unless it is degraded or lost. */
  construct(): void;
  /** Its content is in the text, but not all that its form said. */
  degrade(construct: string, detail?: string): void;
  /** The text only marks its place. */
  lose(construct: string, detail?: string): void;
  /** A reader of a text inside this one that was written elsewhere, such as an included page. */
  within(context: ReadContext): Reader;
}

export function createReader(context: ReadContext): Reader {
  return readerWith(context, { warnings: [], constructs: 0 });
}

interface Tally {
  readonly warnings: Warning[];
  constructs: number;
}

function readerWith(context: ReadContext, tally: Tally): Reader {
  const { warnings } = tally;
  const warn = (construct: string, fate: Warning['fate'], detail: string | undefined) => {
    warnings.push({ construct, fate, ...(detail !== undefined && { detail }) });
  };
  return {
    context,
    properties: new Map(),
    warnings,
    get fidelity() {
      const lost = warnings.filter(({ fate }) => fate === 'lost').length;
      const degraded = warnings.length - lost;
      return { kept: Math.max(0, tally.constructs - degraded - lost), degraded, lost };
    },
    construct() {
      tally.constructs++;
    },
    degrade: (construct, detail) => warn(construct, 'degraded', detail),
    lose: (construct, detail) => warn(construct, 'lost', detail),
    within: (inner) => readerWith(inner, tally),
  };
}
