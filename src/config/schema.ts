import { z } from 'zod';
import { SECRET_KINDS } from '../core/secret-kinds.ts';
import { maxAge, text } from './fields.ts';
import { hooks } from './hooks.ts';
import { search } from './search.ts';
import { type ConfluenceSource, confluence } from './sources/confluence.ts';
import { email } from './sources/email.ts';
import { files } from './sources/files.ts';
import { git } from './sources/git.ts';
import { github } from './sources/github.ts';
import { type JiraSource, jira } from './sources/jira.ts';
import { slack } from './sources/slack.ts';
import { suggest } from './suggest.ts';

/** Runs beside other problems, so that one run names them all. */
const uniqueIds = z.check<{ id?: unknown }[]>(({ value, issues }) => {
  for (const [index, { id }] of value.entries()) {
    if (value.findIndex((other) => other.id === id) === index) continue;
    issues.push({
      code: 'custom',
      input: id,
      path: [index, 'id'],
      message: 'must be unique among the sources',
    });
  }
});
uniqueIds._zod.def.when = ({ value }) => Array.isArray(value);

const secretKind = z
  .enum(SECRET_KINDS, {
    error: ({ input }) => {
      const meant = suggest(String(input), SECRET_KINDS);
      return `must be a kind of secret, as it stands in [redacted:<kind>]${meant ? `; did you mean ${meant}?` : ''}`;
    },
  })
  .describe(
    'The kind of secret, as it stands in [redacted:<kind>]. A text that several rules find stays only if each is allowed.',
  );

const allowance = z.strictObject({
  rule: secretKind,
  path: text.describe(
    "A glob for <source>/<folders>/<id>: the folders of the repository up to the space or view (for blog posts, up to the year), then the page's id or the ticket's key, such as confluence/ENG/** or jira/ASSIGNED/SHOP-12; for text files, attachments/<source>/<id of the attachment>; for files of memory, their path as ctx gather shows it, such as ~/notes/**. Titles have no part in it, because they are searched too before paths are made of them.",
  ),
});

const secrets = z
  .strictObject({
    allow: z
      .array(allowance)
      .default([])
      .describe(
        'What may stay although it looks like a secret, such as an example in a manual. Counted as allowed in the report of a run.',
      ),
  })
  .default({ allow: [] })
  .describe('How secrets are looked for. A change renders everything anew.');

const sourceTypes = ['confluence', 'jira', 'slack', 'email', 'github', 'git', 'files'] as const;

export const configSchema = z
  .strictObject({
    version: z.literal(1, 'must be 1').describe("The version of this file's format."),
    repo: z
      .strictObject({
        path: text.describe("The repository's folder; ~ is the home folder, other paths start at this file."),
        remote: text
          .nullable()
          .default(null)
          .describe(
            'Where ctx build --push pushes: a URL, git@host:path, a path (~ is the home folder, others start at this file), or null.',
          ),
        branch: text.default('main').describe('The branch that is built.'),
        commit: z
          .enum(['per-run', 'per-revision'], 'must be per-run or per-revision')
          .default('per-run')
          .describe(
            'One commit for each run that changes something, or, before it, one for each change that somebody made since the last run, with their name and its time.',
          ),
      })
      .describe('The repository that is built.'),
    max_age: maxAge
      .optional()
      .describe(
        'How long ago a source may have been read last before ctx status calls it stale and exits with 4: 24h unless told; sources may differ.',
      ),
    secrets,
    search,
    hooks,
    sources: z
      .array(
        z.discriminatedUnion(
          'type',
          [confluence, jira, slack, email, github, git, files],
          `must be one of ${sourceTypes.join(', ')}`,
        ),
      )
      .min(1, 'must name at least one source')
      .check(uniqueIds)
      .describe('What is read, in the order of the index.'),
  })
  .meta({
    title: 'context-sync configuration',
    description: `What 'ctx build' reads and where it writes. Any text may hold variables, written \${NAME}.`,
  });

/** The file as it is after defaults and variables. */
export type Config = z.output<typeof configSchema>;
/** A product of Atlassian's, of one site. */
export type AtlassianSource = ConfluenceSource | JiraSource;
export type SourceConfig = Config['sources'][number];
