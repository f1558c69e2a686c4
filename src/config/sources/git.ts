import { z } from 'zod';
import { common, credentials, text, token, url } from '../fields.ts';

/** What git calls a remote, but for programs (`ext::`) and folders, which are named by `path`. */
const REMOTE = /^(?:(?:https?|ssh|git|file):\/\/[^\s]|\$\{|(?:[\w.-]+@)?[\w.-]+:(?![:/\\])\S)/i;

export const globs = (description: string) => z.array(text, 'must be a list of globs').describe(description);

export const git = z
  .strictObject({
    id: common.id,
    type: z.literal('git'),
    path: text
      .optional()
      .describe(
        'The top folder of a repository of this machine; ~ is the home folder, other paths start at this file. It is read as it was committed, and never written.',
      ),
    remote: text
      .regex(REMOTE, 'must be an https, ssh, git or file URL, or user@host:path; a folder is named by path')
      .refine(
        (value) => !/^[a-z]+:\/\/[^/?#]*:[^/?#]*@/i.test(value),
        'must hold no password: auth.token names the variable that does',
      )
      .optional()
      .describe('The address of a repository elsewhere. A copy of it is kept in the cache.'),
    branch: text
      .optional()
      .describe("The branch to read. Without it, the one that the repository's HEAD names."),
    auth: z
      .strictObject({
        username: text.default('x-access-token').describe('Hosts that take tokens take any name.'),
        token,
      })
      .optional()
      .describe(
        `${credentials} For http(s) remotes; without it, git asks the credential helpers and keys that the user has set up.`,
      ),
    url: url(
      'Where the repository is shown on the web, for links to its files. Known for github, gitlab, bitbucket, codeberg and hosts that are called so.',
    ).optional(),
    documents: globs(
      'Globs of the files that become documents. Default: READMEs, CONTRIBUTING, ARCHITECTURE, CHANGELOG, SECURITY, AGENTS.md, CLAUDE.md, and what is in docs, doc, adr, decisions and .github; of a wiki, all pages.',
    ).optional(),
    exclude: globs(
      'Globs or paths of files to leave out; what is in the repository of them is removed.',
    ).default([]),
    optional: common.optional,
    max_age: common.max_age,
  })
  .refine(
    ({ path, remote }) => (path === undefined) !== (remote === undefined),
    'must have either a path or a remote',
  )
  .refine(({ auth, remote = '' }) => auth === undefined || /^https?:|^\$\{/i.test(remote), {
    error: 'is for http(s) remotes alone',
    path: ['auth'],
  })
  .meta({ title: 'A git repository' });

export type GitSource = z.output<typeof git>;
