import { resolve } from 'node:path';
import { counted } from '../../core/counted.ts';
import { expandHome, homeOf } from '../../core/paths.ts';
import type { CodeRoot } from '../../search/index/code-roots.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { codeRootsOf, distinctRoots, folderRoot, type IndexOptions, openIndex } from '../search-index.ts';

export interface IndexCommandOptions extends ReadingOptions, IndexOptions {
  /** Folders of code repositories, beside those of the configuration. */
  readonly code?: readonly string[];
  readonly rebuild?: boolean;
}

/** `ctx index`: brings the search index up to date, with the code that the configuration and the command line name. */
export async function indexCommand(options: IndexCommandOptions, context: CommandContext): Promise<number> {
  const { output, cwd, env } = context;
  const { repo: opened } = await openRepository(options, context);
  await using repo = opened;
  const { index: made, loaded, notes } = await openIndex(repo, options, context);
  await using index = made;
  const folders = options.code?.map((path) => folderRoot(resolve(cwd, expandHome(path, homeOf(env)))));
  // Without a configuration or folders, the code that the index was given before stays.
  const code: CodeRoot[] | undefined =
    loaded === undefined && folders === undefined
      ? undefined
      : distinctRoots([...(loaded === undefined ? [] : codeRootsOf(loaded)), ...(folders ?? [])]);
  notes.push(...(await (options.rebuild ? index.rebuild(code) : index.refresh(code))));
  output.endProgress();
  const { name, state, ...stats } = await index.stats();
  if (options.json) output.json({ repository: repo.path, index: name, ...stats, notes });
  else {
    for (const note of notes) output.warn(note);
    const size = (stats.bytes / 1024 / 1024).toFixed(1);
    output.print(
      `${counted(stats.documents, 'document')} in ${counted(stats.chunks, 'chunk')}, ${stats.embedded} with embeddings; ${size} MB in ${name}`,
    );
    for (const { source, documents, chunks } of stats.sources)
      output.print(`  ${source}: ${counted(documents, 'document')}, ${counted(chunks, 'chunk')}`);
  }
  return notes.length === 0 ? EXIT.done : EXIT.partial;
}
