import { z } from 'zod';
import { SECRET_KINDS } from '../core/secret-kinds.ts';
import { suggest } from './suggest.ts';

/** What `${NAME}` may be called, as the shell has it. */
export const variablePattern = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

const text = z
  .string()
  .min(1, 'must not be empty')
  .refine(
    (value) => !value.replace(variablePattern, '').includes('${'),
    `must name variables as \${NAME}, of letters, digits and _`,
  );

const url = (description: string) =>
  text
    .refine((value) => value.includes('${') || isHttpUrl(value), 'must be an http(s) URL or a variable')
    .describe(description);

/** True for http and https URLs without a user name or password in them. */
export function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

const token = z
  .string()
  .regex(
    /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/,
    `must be a variable, written \${NAME}: secrets do not belong in this file`,
  )
  .describe(`The variable that holds the API token, written \${NAME}. Never the token itself.`);

const credentials = 'Credentials, from the environment or a .env file.';

const auth = z
  .strictObject({
    username: text
      .optional()
      .describe("The account's e-mail address. Without it, the token is sent as a bearer token."),
    token,
  })
  .describe(credentials);

/**
 * Ids of documents. Written bare they are numbers in YAML, which is fine for as long as none of their digits is lost.
 */
const excluded = (pattern: RegExp, what: string, description: string) => {
  const message = `must be ${what}; put ids of more than 15 digits into quotes`;
  const bare = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String);
  return z
    .array(z.union([z.string().regex(pattern, message), bare], message))
    .default([])
    .describe(description);
};

const noDate = 'must be a date, such as 2024-01-01, or all';

const common = {
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens, such as confluence')
    .max(64, 'must be at most 64 characters')
    .refine(
      (id) => id !== 'attachments',
      'must not be attachments: that folder holds the files of all sources',
    )
    .describe('Names the source in messages and is its folder in the repository.'),
  auth,
  comments: z.boolean().default(true).describe('Write comments below their document.'),
  attachments: z
    .enum(['referenced', 'all', 'none'], 'must be referenced, all or none')
    .default('referenced')
    .describe(
      'Which files to keep in the repository: those that a text shows or links to, all of them, or none. The others stay links.',
    ),
  max_attachment_mb: z
    .number()
    .positive('must be more than 0')
    .max(100, 'must be at most 100: git hosts refuse larger files')
    .default(25)
    .describe('The largest file to keep, in megabytes; what is larger stays a link.'),
  optional: z
    .boolean()
    .default(false)
    .describe(
      'Skip the source, and say so, when its variables are not set. Otherwise the build fails (exit 3).',
    ),
  include_restricted: z
    .boolean()
    .default(false)
    .describe(
      'Write documents too that only some people may see. Everyone who reads the repository then sees them.',
    ),
  history: z
    .strictObject({
      since: z
        .string()
        .regex(/^(?:all|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?)$/, noDate)
        .refine((value) => value === 'all' || !Number.isNaN(Date.parse(value)), noDate)
        .describe('From when on former versions are told; of each document, the one of that time too.'),
      max_versions: z
        .int()
        .min(1, 'must be at least 1')
        .optional()
        .describe('No more than the last so many versions of a document.'),
    })
    .optional()
    .describe(
      'Former versions of documents that come into the repository, each as a commit of its own. They hold what people have since taken out, so that this is left to you. Told with commit: per-revision, and by ctx backfill.',
    ),
  gateway: url('The origin of the API gateway that scoped tokens need.').default('https://api.atlassian.com'),
};

const confluence = z
  .strictObject({
    id: common.id,
    type: z.literal('confluence'),
    url: url('The site, such as https://your-team.atlassian.net; /wiki may follow.'),
    auth: common.auth,
    spaces: z
      .union([z.literal('all'), z.array(text).min(1)], 'must be a list of space keys, or all')
      .describe('Keys of the spaces to read, or all that the account may see.'),
    comments: common.comments,
    attachments: common.attachments,
    max_attachment_mb: common.max_attachment_mb,
    optional: common.optional,
    include_restricted: common.include_restricted,
    history: common.history,
    exclude: excluded(
      /^\d+$/,
      'the id of a page or blog post',
      'Ids of pages and blog posts to leave out, with their files; what is in the repository of them is removed. Pages below them stay, in the folder of the space.',
    ),
    gateway: common.gateway,
  })
  .meta({ title: 'Confluence Cloud' });

const jira = z
  .strictObject({
    id: common.id,
    type: z.literal('jira'),
    url: url('The site, such as https://your-team.atlassian.net.'),
    auth: common.auth,
    views: z
      .record(
        z
          .string()
          .regex(
            /^[A-Za-z_][A-Za-z0-9_-]*$/,
            'must be letters, digits, _ and -, and begin with a letter: it names a folder',
          ),
        text,
      )
      .refine((views) => Object.keys(views).length > 0, 'must name at least one view')
      .refine(
        (views) =>
          new Set(Object.keys(views).map((name) => name.toLowerCase())).size === Object.keys(views).length,
        'must differ by more than upper and lower case: they name folders',
      )
      .describe('Folder name to JQL. A ticket lives in the folder of the first view that it matches.'),
    comments: common.comments,
    fields: z
      .array(text)
      .optional()
      .describe('Names of the custom fields to show. Without it, all that have a value.'),
    attachments: common.attachments,
    max_attachment_mb: common.max_attachment_mb,
    optional: common.optional,
    include_restricted: common.include_restricted,
    history: common.history,
    exclude: excluded(
      /^(?:\d+|[A-Za-z][A-Za-z0-9_]*-\d+)$/,
      'the id or key of a ticket',
      'Ids or keys of tickets to leave out, with their files; what is in the repository of them is removed.',
    ),
    gateway: common.gateway,
  })
  .meta({ title: 'Jira Cloud' });

const conversations = (whom: string, description: string) =>
  z.union([z.literal('all'), z.array(text)], `must be a list of ${whom}, or all`).describe(description);

const wholeDays = (least: number) =>
  z
    .int('must be a whole number of days')
    .min(least, `must be at least ${least}`)
    .max(3650, 'must be at most 3650');

const slack = z
  .strictObject({
    id: common.id,
    type: z.literal('slack'),
    url: url('The origin of the Web API; another one only for GovSlack.').default('https://slack.com'),
    files_url: url('The origin of files, the only one that they are fetched from.').default(
      'https://files.slack.com',
    ),
    auth: z.strictObject({ token }).describe(credentials),
    channels: conversations(
      'names or ids of channels',
      'Names or ids of the channels to read, or all public ones that the token is in. Private channels are read only if they are named.',
    ).default('all'),
    direct_messages: conversations(
      'people',
      'People whose direct messages with the owner of the token to read, by display name or id, or all. Everyone who reads the repository then sees them.',
    ).default([]),
    group_messages: conversations(
      'ids of conversations',
      'Group conversations to read, by name or id, or all. Everyone who reads the repository then sees them.',
    ).default([]),
    days: wholeDays(1).default(90).describe('How many days back the first build reads.'),
    recent_days: wholeDays(1)
      .default(2)
      .describe(
        'The last so many days are read anew in each run, with their threads, for edits and deletions.',
      ),
    late_replies_days: wholeDays(0)
      .default(30)
      .describe(
        'The messages of the last so many days are listed in each run; their threads are read where replies came. Older ones are looked through channel by channel, one in each run.',
      ),
    threads: z.boolean().default(true).describe('Read the replies of threads.'),
    bots: z.boolean().default(false).describe('Write what bots and apps post outside of threads.'),
    joins: z.boolean().default(false).describe('Write who joined, left, or renamed a channel.'),
    attachments: z
      .enum(['all', 'none'], 'must be all or none')
      .default('none')
      .describe('Whether to keep the files that messages share. Otherwise they are links.'),
    max_attachment_mb: common.max_attachment_mb,
    page_size: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(999, 'must be at most 999')
      .default(200)
      .describe(
        'Messages to ask for at once: 15 for apps that are distributed commercially outside of the Slack Marketplace.',
      ),
    requests_per_minute: z
      .record(
        z.string().regex(/^[a-z]+(?:\.[a-zA-Z]+)+$/, 'must be methods, such as conversations.history'),
        z.number().positive('must be more than 0'),
      )
      .default({})
      .describe(
        'The most requests of a method in a minute, where they differ from the tiers that Slack documents: 1 for conversations.history and conversations.replies of apps that are distributed commercially outside of the Slack Marketplace.',
      ),
    optional: common.optional,
    exclude: excluded(
      /^[A-Z][A-Z0-9]+-(?:\d+\.\d{6}|\d{4}-\d\d-\d\d)$/,
      'the id of a thread or of a day, such as C012AB3CD-1763625600.000100',
      'Ids of threads and days to leave out, with their files; what is in the repository of them is removed.',
    ),
  })
  .meta({ title: 'Slack' });

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
    "A glob for <source>/<folders>/<id>: the folders of the repository up to the space or view (for blog posts, up to the year), then the page's id or the ticket's key, such as confluence/ENG/** or jira/ASSIGNED/SHOP-12; for text files, attachments/<source>/<id of the attachment>. Titles have no part in it, because they are searched too before paths are made of them.",
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

const sourceTypes = ['confluence', 'jira', 'slack'] as const;

export const configSchema = z
  .strictObject({
    version: z.literal(1, 'must be 1').describe("The version of this file's format."),
    repo: z
      .strictObject({
        path: text.describe("The repository's folder; ~ is the home folder, other paths start at this file."),
        remote: text
          .nullable()
          .default(null)
          .describe('Where ctx build --push pushes: a URL or path, or null.'),
        branch: text.default('main').describe('The branch that is built.'),
        commit: z
          .enum(['per-run', 'per-revision'], 'must be per-run or per-revision')
          .default('per-run')
          .describe(
            'One commit for each run that changes something, or, before it, one for each change that somebody made since the last run, with their name and its time.',
          ),
      })
      .describe('The repository that is built.'),
    secrets,
    sources: z
      .array(
        z.discriminatedUnion('type', [confluence, jira, slack], `must be one of ${sourceTypes.join(', ')}`),
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
export type ConfluenceSource = z.output<typeof confluence>;
export type JiraSource = z.output<typeof jira>;
/** A product of Atlassian's, of one site. */
export type AtlassianSource = ConfluenceSource | JiraSource;
export type SlackSource = z.output<typeof slack>;
export type SourceConfig = Config['sources'][number];
