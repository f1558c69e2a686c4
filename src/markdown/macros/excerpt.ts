import { example } from './example.ts';
import { type MacroDefinition, proseOf } from './macro.ts';

/** A part of the page that others may show; a hidden one is there for them only. */
export const excerptMacro: MacroDefinition = {
  names: ['excerpt', 'excerpt-plus', 'multiexcerpt', 'multiexcerpt-macro', 'shared-block'],
  example: example('excerpt', { name: 'summary' }, { rich: '<p>In short.</p>' }),
  render(call) {
    if (call.parameter('hidden')?.trim() !== 'true') return proseOf(call);
    call.reader.lose(`macro:${call.name}`, 'hidden');
    return [];
  },
};
