import { entry } from './entry.ts';

/** Of files of this machine that a source reads. */
export const filesErrors = {
  'files.not-found': entry<{ path: string }>({
    kind: 'failed',
    message: ({ path }) => `${path}: nothing is there.`,
    hint: () =>
      'Correct the path in the configuration; relative paths start at that file. What is in the repository stays.',
  }),
  'files.unreadable': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `${path}: can't be read (${reason}).`,
    hint: ({ reason }) =>
      reason === 'EACCES' || reason === 'EPERM'
        ? 'Give the user that runs ctx the right to read it. What is in the repository stays.'
        : 'Look at the file and its disk, and run again. What is in the repository stays.',
  }),
};
