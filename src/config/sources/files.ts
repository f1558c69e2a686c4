import { z } from 'zod';
import { common, text } from '../fields.ts';
import { globs } from './git.ts';

export const files = z
  .strictObject({
    id: common.id,
    type: z.literal('files'),
    path: text.describe('A folder or a file; ~ is the home folder, other paths start at this file.'),
    copy: z
      .boolean()
      .default(false)
      .describe(
        'Copy the files into the repository. Otherwise they are left where they are, and what was copied before is removed.',
      ),
    include: globs('Globs of the files that are meant.').default([
      '**/*.md',
      '**/*.mdx',
      '**/*.yaml',
      '**/*.yml',
      '**/*.jsonl',
    ]),
    exclude: globs('Globs or names of files to leave out.').default([]),
    optional: common.optional,
    max_age: common.max_age,
  })
  .meta({ title: 'A folder of files' });

export type FilesSource = z.output<typeof files>;
