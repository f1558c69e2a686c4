import { type Mixed, paragraph, strong, text } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroCall, type MacroDefinition, proseOf } from './macro.ts';

/** Content under a title that it is chosen by: all of it, each under its title in bold. */
export const tabMacro: MacroDefinition = {
  names: [
    'tab',
    'tabs-page',
    'tab-pane',
    'tabs-tab',
    'ui-tab',
    'auitabspage',
    'card',
    'localtab',
    'aura-tab',
    'horizontal-nav-page',
    'slide',
    'accordion-item',
    'accordionitem',
  ],
  example: example(
    'tabs-group',
    {},
    {
      rich:
        example('tab', { title: 'Linux' }, { rich: '<p>apt</p>' }) +
        example('tab', { title: 'Windows' }, { rich: '<p>winget</p>' }),
    },
  ),
  render: titled,
};

export function titled(call: MacroCall): Mixed {
  const title = firstParameter(call, 'title', 'label', 'name', 'tabTitle', '');
  const heading = title === undefined ? [] : [paragraph([strong([text(title)])])];
  return [...heading, ...proseOf(call)];
}
