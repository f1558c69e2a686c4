import { createContext, Script } from 'node:vm';

const context = createContext({ work: undefined });
const script = new Script('work()');

/** Runs `work` to its end. Undefined when that takes longer: V8 then stops it, within a regular expression too. */
export function withinTime<T>(milliseconds: number, work: () => T): { readonly result: T } | undefined {
  context.work = () => ({ result: work() });
  try {
    return script.runInContext(context, { timeout: milliseconds }) as { readonly result: T };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    context.work = undefined;
  }
}
