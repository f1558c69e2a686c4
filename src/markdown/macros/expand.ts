import { details } from '../details.ts';
import type { MacroDefinition } from './macro.ts';

export const expandMacro: MacroDefinition = {
  names: ['expand', 'ui-expand'],
  example:
    '<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">Why?</ac:parameter><ac:rich-text-body><p>Because.</p></ac:rich-text-body></ac:structured-macro>',
  render: ({ parameter, body }) => details(parameter('title') ?? '', body()),
};
