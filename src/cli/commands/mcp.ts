import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ContextInjector } from '../../context/injector.ts';
import { systemClock } from '../../core/clock.ts';
import { ctxError, isCtxError } from '../../core/errors/index.ts';
import { openForReading } from '../../git/reading.ts';
import type { KnowledgeOptions } from '../../mcp/knowledge.ts';
import { LiveRepository } from '../../mcp/live-repository.ts';
import { createServer } from '../../mcp/server.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { memoryOf } from '../memory.ts';
import { openRepository, type ReadingOptions } from '../reading.ts';
import { configurationOf, type IndexOptions, indexFor } from '../search-index.ts';

export interface McpCommandOptions extends ReadingOptions, IndexOptions {
  /** Over HTTP instead of the standard streams, at a port or at one that is free. */
  readonly http?: number | true;
  /** Folders beside those that are found by themselves; false for none at all. */
  readonly memory?: readonly string[] | false;
}

/** What clients over HTTP have to bring, if it is set. */
const TOKEN = 'CTX_MCP_TOKEN';
const LEAST_TOKEN = 16;

/** `ctx mcp`: answers agents until they have gone, or a signal comes. Its talk is on stderr. */
export async function mcpCommand(options: McpCommandOptions, context: CommandContext): Promise<number> {
  const { repo: first, cwd } = await openRepository(options, context);
  const { path } = first;
  const loaded = await configurationOf(first, options, context);
  await first[Symbol.asyncDispose]();
  // When the client has gone, nobody waits for an index.
  const gone = new AbortController();
  const serving = { ...context, signal: AbortSignal.any([context.signal, gone.signal]) };
  await using repository = new LiveRepository({
    repo: () => openForReading(path, serving.signal),
    index: (repo) => indexFor(repo, loaded, options, serving),
  });
  const { memory } = options;
  const clock = { now: context.now, sleep: systemClock.sleep };
  const knowledge: KnowledgeOptions = {
    repository,
    injector: (opened) =>
      new ContextInjector({
        ...{ knowledge: opened, clock },
        memory: memory === false ? undefined : memoryOf(memory, loaded, cwd, context),
      }),
    now: context.now,
    boundary: () => randomBytes(8).toString('hex'),
    onFailure: (error) => {
      if (!serving.signal.aborted) context.output.crash(error);
    },
  };
  const warmed = warm(repository, serving);
  try {
    if (options.http === undefined) await overStdio(knowledge, context);
    else await overHttp(knowledge, options.http === true ? 0 : options.http, context);
  } finally {
    gone.abort();
    await warmed;
  }
  return EXIT.done;
}

/** Brings the index up to date ahead of the first question, which would otherwise wait for it. */
async function warm(repository: LiveRepository, { output, signal }: CommandContext): Promise<void> {
  try {
    const notes = await repository.use(({ asking }) => asking(({ index }) => index.refresh()));
    for (const note of notes) output.warn(note);
  } catch (error) {
    // Whoever searches hears of it again.
    if (signal.aborted) return;
    if (isCtxError(error)) output.warn(`${error.message} ${error.hint}`);
    else output.crash(error);
  } finally {
    output.endProgress();
  }
}

async function overStdio(
  knowledge: KnowledgeOptions,
  { stdin, output, signal }: CommandContext,
): Promise<void> {
  const { serveOverStdio } = await import('../../mcp/stdio.ts');
  await serveOverStdio(() => createServer(knowledge), {
    input: stdin as Readable,
    output: process.stdout,
    signal,
    onError: (error) => output.warn(error.message),
  });
}

async function overHttp(knowledge: KnowledgeOptions, port: number, context: CommandContext): Promise<void> {
  const { output, signal, env } = context;
  const token = tokenOf(env);
  if (token !== undefined) output.hide([token]);
  const { serveOverHttp } = await import('../../mcp/http.ts');
  await using server = await serveOverHttp(() => createServer(knowledge), {
    ...{ port, token },
    onError: (error) => output.warn(error.message),
  });
  output.print(server.address);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function tokenOf(env: NodeJS.ProcessEnv): string | undefined {
  const token = env[TOKEN];
  if (token === undefined || token === '') return undefined;
  if (!/^[\w.~+/=-]+$/.test(token) || token.length < LEAST_TOKEN)
    throw ctxError('mcp.weak-token', { variable: TOKEN, least: LEAST_TOKEN });
  return token;
}
