import type { Flow, Mixed } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../storage/references.ts';

/** A use of a macro, in storage format or as an ADF extension. */
export interface MacroCall {
  readonly name: string;
  readonly reader: Reader;
  /** A parameter's text; the unnamed parameter's name is the empty string. */
  readonly parameter: (name: string) => string | undefined;
  /** What a parameter, or the macro as a whole, refers to. */
  readonly reference: () => Reference | undefined;
  /** The body if it is plain text, such as code, exactly. */
  readonly plain: string | undefined;
  /** The body if it is rich text, read when asked for. */
  readonly body: () => Flow[];
}

/** What a macro becomes in markdown. */
export type Macro = (call: MacroCall) => Mixed;
