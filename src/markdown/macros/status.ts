import { inlineCode, type Mixed } from '../nodes.ts';
import type { Macro } from './macro.ts';

export const statusMacro: Macro = ({ parameter }) => status(parameter('title') ?? parameter('colour') ?? '');

/** A status lozenge: code, which stands out as it did and is found as it is written. */
export function status(label: string): Mixed {
  const name = label.replace(/\s+/g, ' ').trim();
  return name ? [inlineCode(name)] : [];
}
