import { type Answer, type Call, ok } from './answer.ts';
import type { FaultRule } from './faults.ts';
import type { RouteEntry } from './router.ts';
import * as edits from './workspace/edits.ts';
import { applyMorning } from './workspace/morning.ts';

/**
 * `POST /__control` with `{"op": NAME, "args": […]}`: any function of `workspace/edits.ts` by its name, with its
 * arguments after the workspace; `applyMorning`; `fault` with a rule whose `path` is a pattern's text;
 * `searchLag` with a number; `clearFaults`. Texts are storage format and ADF, as the API has them.
 */
function control(call: Call): Answer {
  const { op, args } = readCommand(call.body);
  try {
    return ok({ op, result: run(call, op, args) ?? null });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function readCommand(body: unknown): { readonly op: string; readonly args: readonly unknown[] } {
  const { op, args } = (body ?? {}) as { readonly op?: unknown; readonly args?: unknown };
  return { op: typeof op === 'string' ? op : '', args: Array.isArray(args) ? args : [] };
}

function run({ workspace, faults }: Call, op: string, args: readonly unknown[]): unknown {
  switch (op) {
    case 'applyMorning':
      return applyMorning(workspace);
    case 'fault':
      return faults.add(readRule(args[0]));
    case 'searchLag':
      faults.searchLag = Number(args[0]) || 0;
      return faults.searchLag;
    case 'clearFaults':
      return faults.clear();
    default: {
      const edit = (edits as Record<string, unknown>)[op];
      if (typeof edit !== 'function') throw new Error(`there is no operation "${op}"`);
      return edit(workspace, ...args);
    }
  }
}

function readRule(value: unknown): FaultRule {
  const { path, ...rule } = value as Omit<FaultRule, 'path'> & { readonly path?: string };
  return path === undefined ? rule : { ...rule, path: new RegExp(path) };
}

const refuse = (message: string): Answer => ({ status: 400, body: { message } });

export const controlRoutes: readonly RouteEntry[] = [['POST /__control', control]];
