import { type Flow, type Mixed, paragraph, text } from '../nodes.ts';
import type { Reader } from '../reader.ts';
import type { Reference } from '../storage/references.ts';

/** A use of a macro, in storage format or as an ADF extension. */
export interface MacroCall {
  /** In lower case. */
  readonly name: string;
  /** Names this use on its page, in all of the page's forms; absent in hand-written text. */
  readonly id: string | undefined;
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

/** A family of macros that are rendered alike. */
export interface MacroDefinition {
  /** In lower case; the first is the usual one. */
  readonly names: readonly string[];
  /** Storage format that shows it, for the reference page. */
  readonly example: string;
  readonly render: Macro;
}

/** The first of some parameters that says something. */
export function firstParameter({ parameter }: MacroCall, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = parameter(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

/** The body of a macro that arranges prose, for which some programs write plain text. */
export function proseOf({ body, plain }: MacroCall): Flow[] {
  const rich = body();
  return rich.length === 0 && plain?.trim() ? [paragraph([text(plain.trim())])] : rich;
}
