import type { ListItem } from 'mdast';
import { type Flow, list, listItem, paragraph, text } from './nodes.ts';

export interface Decision {
  readonly decided: boolean;
  readonly content: readonly Flow[];
}

/** Decisions as a list, each opened by what Confluence shows as an arrow: whether it is decided. */
export function decisionList(decisions: readonly Decision[]): Flow[] {
  const items = decisions.map(({ decided, content }): ListItem => {
    const sign = text(decided ? 'Decision: ' : 'Undecided: ');
    const [first, ...rest] = content;
    return first?.type === 'paragraph'
      ? listItem([paragraph([sign, ...first.children]), ...rest])
      : listItem([paragraph([sign]), ...content]);
  });
  return items.length === 0 ? [] : [list(items)];
}
