import { ContextInjector, type GatheredContext } from '../../context/injector.ts';
import { systemClock } from '../../core/clock.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { memoryOf } from '../memory.ts';
import type { Output } from '../output.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { type IndexOptions, openIndex } from '../search-index.ts';

export interface GatherCommandOptions extends ReadingOptions, IndexOptions {
  readonly maxTokens: number;
  readonly limit: number;
  readonly timeLimit: number;
  readonly slack: boolean;
  readonly code: boolean;
  readonly jira: boolean;
  readonly docs: boolean;
  /** Folders beside those that are found by themselves; false for none at all. */
  readonly memory?: readonly string[] | false;
  readonly boundary?: string;
}

/** `ctx gather`: what a prompt needs to know about a question, on the standard output. Nothing found is an empty answer. */
export async function gatherCommand(
  words: readonly string[],
  options: GatherCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { output, signal, now } = context;
  const { slack, code, jira, docs, memory, maxTokens, limit, timeLimit, boundary } = options;
  const { repo: opened, cwd } = await openRepository(options, context);
  await using repo = opened;
  const { index: made, loaded, notes } = await openIndex(repo, options, context);
  await using index = made;
  const injector = new ContextInjector({
    knowledge: async () => index,
    memory: memory === false ? undefined : memoryOf(memory, loaded, cwd, context),
    clock: { now, sleep: systemClock.sleep },
    ...{ limit, timeLimit: timeLimit * 1000 },
    ...(boundary !== undefined && { boundary: () => boundary }),
  });
  const gathered = await injector.gatherContext({
    ...{ query: words.join(' '), maxTokens, signal },
    ...{ includeSlack: slack, includeCode: code, includeJira: jira, includeDocs: docs },
    includeMemory: memory !== false,
  });
  output.endProgress();
  for (const note of notes) output.warn(note);
  if (options.json) output.json({ repository: repo.path, ...gathered });
  else show(gathered, output);
  const failed = gathered.sources.filter(({ error }) => error !== null);
  if (failed.length === 0) return EXIT.done;
  return failed.length === gathered.sources.length ? EXIT.failed : EXIT.partial;
}

function show({ sources, formatted }: GatheredContext, output: Output): void {
  for (const note of new Set(sources.flatMap((source) => source.notes))) output.warn(note);
  for (const { source, error } of sources) if (error !== null) output.warn(`${source}: ${error}`);
  if (formatted === '') output.info('Nothing was found.');
  else output.print(formatted.trimEnd());
}
