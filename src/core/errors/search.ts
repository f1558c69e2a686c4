import { entry } from './entry.ts';

/** Failures of the index, of what it is made with and of what searches it. */
export const searchErrors = {
  'search.index-busy': entry<{ path: string }>({
    kind: 'failed',
    message: ({ path }) =>
      `The index ${path} is being written by another process, which did not end in time.`,
    hint: () => 'Run again when the other `ctx` has ended.',
  }),
  'search.index-corrupt': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `The index ${path} cannot be used: ${reason}.`,
    hint: ({ path }) => `Delete ${path} and run \`ctx index\`: all of it is made again from the repository.`,
  }),
  'search.index-refused': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `The index ${path} cannot be read or written: ${reason}.`,
    hint: ({ reason }) =>
      /full/.test(reason)
        ? 'Make room on the disk, then run again; the index is as it was.'
        : 'Check that its folder is there and that this user may write in it, then run again.',
  }),
  'search.model-corrupt': entry<{ part: string; problem: string }>({
    kind: 'failed',
    message: ({ part, problem }) => `The index has a damaged model of meaning: ${part}: ${problem}.`,
    hint: () =>
      'Delete the index and run `ctx index`: all of it is made again from what the repositories hold.',
  }),
};
