import { z } from 'zod';
import { common, credentials, excluded, text, token, url, wholeDays } from '../fields.ts';

/** Runs beside other problems, so that one run names them all. */
const tokenOrExport = z.check<{ auth?: unknown; path?: unknown; attachments?: unknown }>(
  ({ value, issues }) => {
    const problem = (message: string, ...path: string[]) =>
      issues.push({ code: 'custom', input: value, path, message });
    const isExport = value.path !== undefined;
    if (!isExport && value.auth === undefined) problem('must have auth, or the path of an export');
    if (isExport && value.auth !== undefined)
      problem('must not stand beside auth: an export is read without a token', 'path');
    if (isExport && value.attachments === 'all')
      problem('must be none for an export: it has no files, and links to them alone', 'attachments');
  },
);
tokenOrExport._zod.def.when = ({ value }) => typeof value === 'object' && value !== null;

const conversations = (whom: string, description: string) =>
  z.union([z.literal('all'), z.array(text)], `must be a list of ${whom}, or all`).describe(description);

export const slack = z
  .strictObject({
    id: common.id,
    type: z.literal('slack'),
    url: url('The origin of the Web API; another one only for GovSlack.').default('https://slack.com'),
    files_url: url('The origin of files, the only one that they are fetched from.').default(
      'https://files.slack.com',
    ),
    auth: z.strictObject({ token }).optional().describe(credentials),
    path: text
      .optional()
      .describe(
        'In place of auth: the ZIP of an export of the workspace, or the folder that it was unpacked to; ~ is the home folder, other paths start at this file.',
      ),
    workspace: text
      .optional()
      .describe(
        "Of an export: the workspace's name in addresses, such as acme of acme.slack.com, where its files don't tell; of an organization's export, the workspace to read.",
      ),
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
    days: wholeDays(1)
      .optional()
      .describe(
        'How many days back the first build reads: 90 by default. Of an export, its last so many days; all by default.',
      ),
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
    threads: z
      .union([z.boolean(), z.literal('later')], 'must be true, false or later')
      .default(true)
      .describe(
        'Whether to read the replies of threads. With `later`, new threads have their first message alone until a run reads the rest.',
      ),
    workers: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(16, 'must be at most 16')
      .default(3)
      .describe('How many channels are read side by side.'),
    direction: z
      .enum(['backwards', 'forwards'], 'must be backwards or forwards')
      .default('backwards')
      .describe(
        'Whether the last days of a channel are read first, or the first ones. Both end at the same.',
      ),
    delay: z
      .number()
      .min(0, 'must not be less than 0')
      .max(600, 'must be at most 600')
      .default(0)
      .describe('The least time between two requests of one method, in seconds.'),
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
    max_age: common.max_age,
    exclude: excluded(
      /^[A-Z][A-Z0-9]+(?:-(?:\d+\.\d{6}|\d{4}-\d\d-\d\d))?$/,
      'the id of a channel, a thread or a day, such as C012AB3CD-1763625600.000100',
      'Ids of channels, threads and days to leave out, with their files; what is in the repository of them is removed.',
    ),
  })
  .check(tokenOrExport)
  .meta({ title: 'Slack' });

export type SlackSource = z.output<typeof slack>;
