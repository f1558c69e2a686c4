import { conversationMethods } from './conversations.ts';
import { directoryMethods } from './directory.ts';
import { historyMethods } from './history.ts';
import { type Call, type Method, requireScopes, SlackRefusal } from './method.ts';
import { searchMethods } from './search.ts';
import type { Json } from './workspace.ts';

const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...directoryMethods, ...conversationMethods, ...historyMethods, ...searchMethods }),
);

export const isMethod = (name: string): boolean => METHODS.has(name);

export function callMethod(name: string, call: Call): Json {
  try {
    const method = METHODS.get(name);
    if (method === undefined) throw new SlackRefusal('unknown_method', { req_method: name });
    if (method.only !== undefined && method.only !== call.caller.kind)
      throw new SlackRefusal('not_allowed_token_type');
    requireScopes(call.caller, method.scopes);
    return { ok: true, ...method.run(call) };
  } catch (error) {
    if (error instanceof SlackRefusal) return error.body;
    throw error;
  }
}
