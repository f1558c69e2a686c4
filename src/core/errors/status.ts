import { entry } from './entry.ts';

/** Of what is asked about a set-up. */
export const statusErrors = {
  'spaces.no-source': entry<{ file: string }>({
    kind: 'usage',
    message: ({ file }) => `${file} has no source of type confluence or jira to ask.`,
    hint: () => 'Add one under sources, or run `ctx init` in an empty folder: it lists them, too.',
  }),
  'status.stale': entry<{ source: string; ago: string | null; maxAge: string }>({
    kind: 'partial',
    message: ({ source, ago, maxAge }) =>
      ago === null
        ? `${source} was never read here; it may be ${maxAge} old.`
        : `${source} was last read ${ago} ago; it may be ${maxAge} old.`,
    hint: () =>
      'Run `ctx build`; `ctx doctor` says what stands in its way. How old it may be is `max_age` in context.config.yaml.',
  }),
};
