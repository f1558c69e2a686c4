import { entry } from './entry.ts';

/** Of `ctx fetch`. */
export const fetchErrors = {
  'fetch.unknown': entry<{ name: string; known: readonly string[] }>({
    kind: 'usage',
    message: ({ name }) => `${name} calls no document of a configured Confluence or Jira.`,
    hint: ({ known }) =>
      `Name a page by its id or address, a ticket by its key or address${known.length > 0 ? `; configured: ${known.join(', ')}` : ''}.`,
  }),
  'fetch.withheld': entry<{ name: string }>({
    kind: 'guard',
    message: ({ name }) => `${name} is there, and is not shown: only some people may see it.`,
    hint: () =>
      'With `include_restricted: true` of its source in context.config.yaml, builds and ctx fetch show it.',
  }),
};
