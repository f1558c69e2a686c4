import { snapshot } from '../../history/show.ts';
import { documentJson, openRepository, type ReadingOptions } from '../reading.ts';
import type { CommandContext } from './build.ts';

/** `ctx show`: a document as it was at the end of a date, or in a commit. */
export async function showCommand(
  name: string,
  options: ReadingOptions,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const { repo: opened, cwd } = await openRepository(options, context);
  await using repo = opened;
  const { found, path, version, content } = await snapshot(repo, name, cwd, new Date(context.now()));
  if (options.json) {
    const { id: commit, committed } = version.commit;
    const document = { ...documentJson(found), path };
    output.json({ repository: repo.path, document, commit, date: committed.toISOString(), content });
  } else output.print(content.replace(/\n$/, ''));
  return 0;
}
