import type { ListItem } from 'mdast';
import { type Flow, list, listItem, toFlow } from '../nodes.ts';
import { example } from './example.ts';
import type { MacroDefinition } from './macro.ts';
import { titled } from './tabs.ts';

/** Steps that follow each other, as a numbered list. */
export const stepsMacro: MacroDefinition = {
  names: ['ui-steps', 'steps'],
  example: example(
    'ui-steps',
    {},
    {
      rich:
        example('ui-step', {}, { rich: '<p>Open the door.</p>' }) +
        example('ui-step', {}, { rich: '<p>Go in.</p>' }),
    },
  ),
  render({ body }) {
    const items: ListItem[] = [];
    const flow: Flow[] = [];
    for (const node of body()) {
      if (node.type === 'list' && node.data?.step) items.push(...node.children);
      else flow.push(node);
    }
    return items.length === 0 ? flow : [...flow, list(items, true)];
  },
};

export const stepMacro: MacroDefinition = {
  names: ['ui-step', 'step'],
  example: example('ui-step', { title: 'First' }, { rich: '<p>Open the door.</p>' }),
  render(call) {
    const content = toFlow(titled(call));
    return content.length === 0 ? [] : [{ ...list([listItem(content)], true), data: { step: true } }];
  },
};

declare module 'mdast' {
  interface ListData {
    /** Set where the list is one step of several. */
    step?: boolean;
  }
}
