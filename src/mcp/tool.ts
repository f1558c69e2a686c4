import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { ctxError, isCtxError, systemRefusal } from '../core/errors/index.ts';
import type { KnowledgeOptions } from './knowledge.ts';
import { visible } from './retrieved.ts';

export interface Answer {
  readonly text: string;
  readonly structured: object;
}

/** One thing that agents may ask. What it answers is read from the repository, which it does not change. */
export interface Tool<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Schema;
  /** By codes of failures: what to try with the tools here, beside what the failure says itself. */
  readonly waysOut?: Readonly<Record<string, string>>;
  answer(asked: z.infer<Schema>, knowledge: KnowledgeOptions, signal: AbortSignal): Promise<Answer>;
}

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

export function addTool<Schema extends z.ZodObject>(
  server: McpServer,
  tool: Tool<Schema>,
  knowledge: KnowledgeOptions,
): void {
  const { name, title, description, input } = tool;
  const answer = async (asked: unknown, context: ServerContext): Promise<CallToolResult> => {
    try {
      // The schema has checked it.
      const { text, structured } = await tool.answer(
        asked as z.infer<Schema>,
        knowledge,
        context.mcpReq.signal,
      );
      return { content: [{ type: 'text', text }], structuredContent: { ...visible(structured) } };
    } catch (error) {
      // Whoever took the question back waits for no answer.
      context.mcpReq.signal.throwIfAborted();
      return failure(error, tool, knowledge);
    }
  };
  const inputSchema: z.ZodObject = input;
  server.registerTool(name, { title, description, inputSchema, annotations: READ_ONLY }, answer);
}

/** As an answer, since a model can do something about it. */
function failure(
  error: unknown,
  { waysOut = {} }: Pick<Tool, 'waysOut'>,
  knowledge: KnowledgeOptions,
): CallToolResult {
  const { code, message, hint } = known(error, knowledge);
  const hints = [hint, waysOut[code] ?? []].flat().join(' ');
  const structured = visible({ error: { code, message, hint: hints } });
  return {
    isError: true,
    content: [{ type: 'text', text: `${structured.error.message} ${structured.error.hint}` }],
    structuredContent: structured,
  };
}

/** What a client may hear of a failure; of what we know nothing about, that there was one. */
export function known(
  error: unknown,
  { onFailure }: Pick<KnowledgeOptions, 'onFailure'>,
): { readonly code: string; readonly message: string; readonly hint: string } {
  const understood = systemRefusal(error) ?? error;
  if (isCtxError(understood)) return understood;
  onFailure(error);
  return ctxError('mcp.failed', undefined, error);
}
