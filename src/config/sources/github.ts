import { z } from 'zod';
import { common, credentials, excluded, text, token, url, wholeDays } from '../fields.ts';

const REPOSITORY = /^[A-Za-z\d][A-Za-z\d-]*\/(?:\*|[\w.-]+)$/;

export const GITHUB_KINDS = ['pulls', 'issues', 'discussions', 'releases', 'readme'] as const;

export const github = z
  .strictObject({
    id: common.id,
    type: z.literal('github'),
    url: url(
      'The REST API; another one only for GitHub Enterprise Server, such as https://github.example.com/api/v3.',
    ).default('https://api.github.com'),
    auth: z.strictObject({ token }).describe(credentials),
    repositories: z
      .array(z.string().regex(REPOSITORY, 'must be repositories, such as acme/api, or acme/*'))
      .default([])
      .describe('The repositories to read, as owner/name, or owner/* for all of an owner but forks.'),
    include: z
      .array(z.enum(GITHUB_KINDS, `must be of ${GITHUB_KINDS.join(', ')}`))
      .min(1, 'must name at least one kind')
      .default([...GITHUB_KINDS])
      .describe('What of each repository to read.'),
    views: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'must be letters, digits, _ and -, and begin with a letter'),
        text,
      )
      .default({})
      .describe(
        'Names of searches for issues and pull requests, in any repository. What one finds is read, and tells so in its frontmatter; it lives in the folder of its repository.',
      ),
    days: z
      .union([z.literal('all'), wholeDays(1)], 'must be a whole number of days, or all')
      .default(365)
      .describe(
        'How far back the first build reads: what was updated in the last so many days, and all that is open.',
      ),
    comments: common.comments,
    optional: common.optional,
    max_age: common.max_age,
    exclude: excluded(
      /^(?:[A-Za-z\d][A-Za-z\d-]*\/[\w.-]+#\d+|[\w=-]+(?:\/readme)?)$/,
      'an id, or a number in a repository, such as acme/api#42',
      'Ids or names (acme/api#42) of documents to leave out; what is in the repository of them is removed.',
    ),
  })
  .refine(({ repositories, views }) => repositories.length + Object.keys(views).length > 0, {
    message: 'must name repositories, or views',
    path: ['repositories'],
  })
  .meta({ title: 'GitHub' });

export type GithubSource = z.output<typeof github>;
export type GithubKind = (typeof GITHUB_KINDS)[number];
