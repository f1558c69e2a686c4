import { answerRead } from '../../answers/read.ts';
import type { CommandContext } from '../command-context.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { openIndex } from '../search-index.ts';

export interface ShowCommandOptions extends ReadingOptions {
  readonly lines?: string;
  readonly section?: string;
}

/** `ctx show`: a document as it was at the end of a date or in a commit, or else as it is; a note, or code, as it is. */
export async function showCommand(
  name: string,
  { lines, section, ...options }: ShowCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const { repo: opened, cwd } = await openRepository(options, context);
  await using repo = opened;
  const page = await answerRead(
    {
      ...{ repo, cwd },
      index: async (work) => {
        const { index: made } = await openIndex(repo, {}, context);
        await using index = made;
        await index.refresh();
        output.endProgress();
        // Awaited here: it is closed as soon as this returns.
        return await index.read(work);
      },
    },
    { document: name, lines, section },
    { now: context.now() },
  );
  if (options.json) output.json({ repository: repo.path, ...page });
  else output.print(page.content.replace(/\n$/, ''));
  return 0;
}
