import { z } from 'zod';
import { common, excluded, text, url } from '../fields.ts';

export const confluence = z
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
    max_age: common.max_age,
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

export type ConfluenceSource = z.output<typeof confluence>;
