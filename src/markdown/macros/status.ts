import { inlineCode, type Mixed } from '../nodes.ts';
import type { MacroDefinition } from './macro.ts';

export const statusMacro: MacroDefinition = {
  names: ['status'],
  example:
    '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">DONE</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro>',
  render: ({ parameter }) => status(parameter('title') ?? parameter('colour') ?? ''),
};

/** A status lozenge: code, which stands out as it did and is found as it is written. */
export function status(label: string): Mixed {
  const name = label.replace(/\s+/g, ' ').trim();
  return name ? [inlineCode(name)] : [];
}
