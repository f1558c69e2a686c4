import { answerRecent } from '../../answers/recent.ts';
import { diffMarkdown } from '../../history/diff-markdown.ts';
import type { CommandContext } from '../command-context.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';

export interface DiffCommandOptions extends ReadingOptions {
  readonly since: string;
  readonly until?: string;
  readonly source?: string;
  readonly patch?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** `ctx diff`: what became of the documents since a date. */
export async function diffCommand(options: DiffCommandOptions, context: CommandContext): Promise<number> {
  const { limit } = options;
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const { since, diff, json } = await answerRecent(
    repo,
    { ...options, limit: limit === 0 ? Number.POSITIVE_INFINITY : limit },
    { now: context.now() },
  );
  if (options.json) context.output.json({ repository: repo.path, ...json });
  else context.output.print(diffMarkdown(diff, since));
  return 0;
}
