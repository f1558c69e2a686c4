import { answerRelated } from '../../answers/related.ts';
import { oneLine } from '../../core/one-line.ts';
import type { CommandContext } from '../command-context.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { type IndexOptions, openIndex } from '../search-index.ts';

export interface RelatedCommandOptions extends ReadingOptions, IndexOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** `ctx related`: what a document links to and what links to it, its parent, its children, and what is like it. */
export async function relatedCommand(
  name: string,
  options: RelatedCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, signal, now } = context;
  const { repo: opened, cwd } = await openRepository(options, context);
  await using repo = opened;
  const { index: made, notes } = await openIndex(repo, options, context);
  await using index = made;
  const { limit, cursor } = options;
  const found = await answerRelated(
    { repo, cwd, index },
    { document: name, limit, cursor },
    { now: now(), signal },
  );
  const page = { ...found, notes: [...notes, ...found.notes] };
  output.endProgress();
  if (options.json) output.json({ repository: repo.path, ...page });
  else {
    for (const { relations, title, path } of page.results)
      output.print(`${oneLine(title)}\n  ${relations.join(', ')} · ${oneLine(path)}`);
    for (const note of page.notes) output.warn(note);
    if (page.results.length === 0) output.info('Nothing was found.');
    if (page.cursor !== null) output.info(`There is more: --cursor ${page.cursor}`);
  }
  return 0;
}
