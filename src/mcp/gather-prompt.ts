import {
  type GetPromptResult,
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Knowledge } from '../context/knowledge.ts';
import type { KnowledgeOptions } from './knowledge.ts';
import type { OpenedRepository } from './live-repository.ts';
import { visible } from './retrieved.ts';
import { known } from './tool.ts';

const args = z.object({
  query: z.string().min(1).max(20_000).describe('What the conversation is about'),
  max_tokens: z
    .string()
    .regex(/^[1-9]\d{2,5}$/, 'It is no whole number from 100 to 999999.')
    .describe('How long it may be; 4000 by default')
    .optional(),
});

/** What a team knows about a question, for a conversation that begins with it. */
export function addGatherPrompt(server: McpServer, knowledge: KnowledgeOptions): void {
  server.registerPrompt(
    'gather',
    {
      title: 'Gather context',
      description: 'What pages, tickets, threads, code and memory say about a question, as one text',
      argsSchema: args,
    },
    async ({ query, max_tokens }, { mcpReq: { signal } }): Promise<GetPromptResult> => {
      const maxTokens = max_tokens === undefined ? undefined : Number(max_tokens);
      const text = await gathered({ query, maxTokens, signal }, knowledge);
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    },
  );
}

async function gathered(
  request: { readonly query: string; readonly maxTokens: number | undefined; readonly signal: AbortSignal },
  knowledge: KnowledgeOptions,
): Promise<string> {
  try {
    return await knowledge.repository.use(async (opened) => {
      const injector = knowledge.injector(async () => knowledgeOf(opened));
      const { formatted, sources } = await injector.gatherContext(request);
      const errors = sources.flatMap(({ source, error }) => (error === null ? [] : [`${source}: ${error}`]));
      return [formatted || 'Nothing was found.', ...errors.map((error) => visible(error))].join('\n\n');
    });
  } catch (error) {
    const { message, hint } = known(error, knowledge);
    throw new ProtocolError(ProtocolErrorCode.InternalError, visible(`${message} ${hint}`));
  }
}

/** The index as it is kept open: whoever gathers asks it in turn with others, and does not close it. */
function knowledgeOf({ asking }: OpenedRepository): Knowledge {
  return {
    refresh: () => asking(async ({ index, notes }) => [...notes, ...(await index.refresh())]),
    search: (query, options) => asking(({ index }) => index.search(query, options)),
    read: (work) => asking(({ index }) => index.read(work)),
    [Symbol.asyncDispose]: async () => {},
  };
}
