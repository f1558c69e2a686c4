import { z } from 'zod';
import { common, excluded, text, url } from '../fields.ts';

export const jira = z
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
    max_age: common.max_age,
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

export type JiraSource = z.output<typeof jira>;
