import type { Section } from '../item.ts';

export const TITLE = 'Knowledge Context';

/** In the order in which they stand. */
export const SECTION_HEADINGS: Readonly<Record<Section, string>> = {
  slack: 'Relevant Slack Conversations',
  code: 'Relevant Code',
  jira: 'Related Jira Issues',
  docs: 'Relevant Documents',
  memory: 'Current Work Context',
};

export const HEADINGS: readonly string[] = [TITLE, ...Object.values(SECTION_HEADINGS)];

/** Of an item's own heading. */
export const ITEM_LEVEL = 3;

/** What an item stands between: `<retrieved-…>` and `</retrieved-…>`. */
export const TAG = 'retrieved-';
