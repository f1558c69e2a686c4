import { entry } from './entry.ts';

/** Failures of `ctx render`, which reads one text from a file or the standard input. */
export const renderErrors = {
  'render.unreadable': entry<{ file: string; reason: string }>({
    kind: 'usage',
    message: ({ file, reason }) => `${file} cannot be read (${reason}).`,
    hint: () => 'Name a file that this user may read, or - for the standard input.',
  }),
  'render.unknown-format': entry<{ file: string; formats: readonly string[] }>({
    kind: 'usage',
    message: ({ file }) => `The name ${file} does not tell what the text is written in.`,
    hint: ({ formats }) => `Say so with --from ${formats.join('|')}.`,
  }),
  'render.invalid-json': entry<{ file: string }>({
    kind: 'usage',
    message: ({ file }) => `${file} is not JSON, as the Atlassian Document Format is.`,
    hint: ({ file }) =>
      `If it is another format, say so with --from, as in ctx render ${file} --from storage.`,
  }),
};
