import { z } from 'zod';
import { text } from './fields.ts';

const command = z
  .array(text)
  .min(1, 'must name a command')
  .describe(
    'A command and its arguments, started without a shell in the folder of this file. It gets one JSON object on its standard input.',
  );

export const hooks = z
  .strictObject({
    on_failure: command
      .optional()
      .describe(
        'Run after a build that ended with an exit code other than 0, as a command and its arguments.',
      ),
    on_change: command
      .optional()
      .describe('Run after a build that made a commit, as a command and its arguments.'),
    time_limit: z
      .int('must be a whole number of seconds')
      .min(1, 'must be at least 1')
      .max(600, 'must be at most 600')
      .default(30)
      .describe('Seconds after which a command is stopped.'),
  })
  .optional()
  .describe(
    'Commands that are told what became of a build. They see none of the secrets of this file, do not run in dry runs, and change no exit code.',
  );
