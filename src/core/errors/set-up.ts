import { entry } from './entry.ts';

const list = (items: readonly string[]) => items.join(', ');

/** Of `ctx init`. */
export const setUpErrors = {
  'init.missing': entry<{ what: readonly { readonly flag: string; readonly variable: string }[] }>({
    kind: 'usage',
    message: ({ what }) =>
      `Not told, and there is no terminal to ask at: ${list(what.map(({ flag, variable }) => `${flag} (or ${variable})`))}.`,
    hint: () => 'Give the options, or set the variables, in the environment or in .env of the folder.',
  }),
  'init.bad-answer': entry<{ option: string; problem: string }>({
    kind: 'usage',
    message: ({ option, problem }) => `${option}: ${problem}.`,
    hint: ({ option }) => `Give another value to ${option}; ctx init --help shows what it takes.`,
  }),
  'init.unknown-choice': entry<{ option: string; unknown: readonly string[]; known: readonly string[] }>({
    kind: 'usage',
    message: ({ option, unknown }) => `${option}: not there, or not for this account: ${list(unknown)}.`,
    hint: ({ known }) => `There are: ${list(known.slice(0, 30))}${known.length > 30 ? ' …' : ''}.`,
  }),
  'init.nothing-to-read': entry<{ site: string }>({
    kind: 'usage',
    message: ({ site }) => `${site} has neither Confluence nor Jira for this account.`,
    hint: () =>
      'Check the address of the site, and that the account may open it in a browser. Other sources are written by hand: the sample in the package shows each.',
  }),
  'init.differs': entry<{ files: readonly string[] }>({
    kind: 'guard',
    message: ({ files }) => `Left as they were, since they are there with other content: ${list(files)}.`,
    hint: () =>
      'Run it at a terminal to be asked about each, or with --force to replace them as shown above.',
  }),
  'init.stopped': entry({
    kind: 'interrupted',
    message: () => 'Stopped at a question: nothing was written.',
    hint: () => 'Run `ctx init` again.',
  }),
};
