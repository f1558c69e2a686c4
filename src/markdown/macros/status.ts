import { label, type Mixed } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroDefinition } from './macro.ts';

export const statusMacro: MacroDefinition = {
  names: ['status', 'aura-status', 'status-handy', 'handy-status', 'ui-status'],
  example: example('status', { title: 'DONE', colour: 'Green' }),
  render: (call) => status(firstParameter(call, 'title', 'status', 'Status', 'colour', 'color') ?? ''),
};

/** A status lozenge: code, which stands out as it did and is found as it is written. */
export function status(title: string): Mixed {
  const name = title.replace(/\s+/g, ' ').trim();
  return name ? [label(name)] : [];
}
