import { entry } from './entry.ts';

/** Of what is too old to be relied upon. */
export const statusErrors = {
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
