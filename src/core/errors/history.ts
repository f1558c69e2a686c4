import { entry } from './entry.ts';

/** Refusals of the commands that read history: `ctx log`, `ctx diff`, `ctx blame`, `ctx show`. */
export const historyErrors = {
  'history.no-repository': entry<{ searched: readonly string[] }>({
    kind: 'usage',
    message: ({ searched }) => `There is no context repository: looked in ${searched.join(', ')}.`,
    hint: () =>
      'Run it inside a clone of one, or name one with --repo FOLDER; `ctx build` makes one, and so does `ctx demo`.',
  }),
  'history.needs-git': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `The history of ${path} can only be read by git itself, which is not installed.`,
    hint: () => 'Install git 2.30 or later, so that it is found in PATH, and run again.',
  }),
  'history.unreadable': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `git cannot read ${path}: ${reason}`,
    hint: () =>
      'Check that this user may read all of it; git 2.38 or later also reads what another user owns.',
  }),
  'history.empty': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} has no commit yet.`,
    hint: () => 'Run `ctx build` first.',
  }),
  'history.unknown-document': entry<{ name: string; path: string }>({
    kind: 'usage',
    message: ({ name, path }) => `No document in ${path} is or was called ${name}.`,
    hint: () =>
      'Name it by its path, a path that it had, its key (PROJ-123), the `id` in its frontmatter, or its `url`.',
  }),
  'history.ambiguous': entry<{ name: string; documents: readonly string[] }>({
    kind: 'usage',
    message: ({ name, documents }) => `${name} names several documents: ${list(documents)}.`,
    hint: () => 'Name one of them as SOURCE/ID, as in the list.',
  }),
  'history.unknown-source': entry<{ source: string; known: readonly string[]; path: string }>({
    kind: 'usage',
    message: ({ source, path }) => `${path} has no source ${source}.`,
    hint: ({ known }) => `Its sources: ${known.join(', ')}.`,
  }),
  'history.bad-date': entry<{ text: string }>({
    kind: 'usage',
    message: ({ text }) => `${JSON.stringify(text)} is no date.`,
    hint: () =>
      'Dates are such as 2026-03-02, 2026-03-02T14:30, 2026-03-02T14:30Z, today, yesterday, monday, "2 days ago", "1 week ago".',
  }),
  'history.bad-period': entry<{ since: string; until: string }>({
    kind: 'usage',
    message: ({ since, until }) => `--until ${until} is before --since ${since}.`,
    hint: () => 'Give the earlier date to --since. A day is its beginning there, and its end for --until.',
  }),
  'history.unknown-commit': entry<{ commit: string; path: string }>({
    kind: 'usage',
    message: ({ commit, path }) => `${path} has no commit ${commit} on its branch.`,
    hint: () => '`ctx log` lists the commits.',
  }),
  'history.before-first': entry<{ when: string; first: string; path: string }>({
    kind: 'usage',
    message: ({ when, first, path }) => `The history in ${path} begins at ${first}, after ${when}.`,
    hint: () => 'Ask for a later date. A shallow clone knows more after `git fetch --unshallow`.',
  }),
  'history.not-there': entry<{ document: string; when: string; known: string }>({
    kind: 'usage',
    message: ({ document, when, known }) => `${document} was not there at ${when}: ${known}.`,
    hint: ({ document }) => `\`ctx log ${document}\` shows when it came and went.`,
  }),
  'history.gone': entry<{ document: string; path: string; since: string; before: string }>({
    kind: 'usage',
    message: ({ document, path, since }) => `${document} is gone since ${since}; it was last at ${path}.`,
    hint: ({ document, before }) => `As it was last: ctx show ${document}@${before}`,
  }),
};

function list(items: readonly string[]): string {
  const shown = items.slice(0, 10).join(', ');
  return items.length > 10 ? `${shown} and ${items.length - 10} more` : shown;
}
