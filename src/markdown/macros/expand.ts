import { details } from '../details.ts';
import { example } from './example.ts';
import { firstParameter, type MacroDefinition, proseOf } from './macro.ts';

export const expandMacro: MacroDefinition = {
  names: ['expand', 'ui-expand', 'expand-macro', 'clickable-expand', 'aura-expand'],
  example: example('expand', { title: 'Why?' }, { rich: '<p>Because.</p>' }),
  render: (call) => details(firstParameter(call, 'title', '') ?? '', proseOf(call)),
};
