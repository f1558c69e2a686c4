import { type CtxError, isCtxError } from '../core/errors/index.ts';

/** The result, or the error if it is one of a single answer; refused credentials and aborts end the run. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | CtxError> {
  try {
    return await work();
  } catch (error) {
    if (isCtxError(error) && error.kind !== 'credentials') return error;
    throw error;
  }
}
