import { type CtxError, ctxError } from '../../../core/errors/index.ts';

/** Classes of SQLSTATE whose messages name objects of the database alone, never values (PostgreSQL, Appendix A). */
const TELLING = ['08', '0A', '25', '28', '3D', '3F', '42', '53', '55', '57'];

/** What the driver threw, as an error of the catalogue. */
export function storeFailure(store: string, error: unknown): CtxError {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  const state = /^[0-9A-Z]{5}$/.test(code);
  if (state && code.startsWith('28'))
    return ctxError('search.store-credentials', { store, reason: message }, error);
  if (code === '42501' || code === '25006')
    return ctxError('search.store-refused', { store, reason: message }, error);
  if (state) {
    const reason = TELLING.includes(code.slice(0, 2)) ? `${message} (${code})` : code;
    return ctxError('search.store-failed', { store, reason }, error);
  }
  // Neither PostgreSQL's nor of a socket: the driver's own, such as a password that it was not given.
  if (/password/i.test(message))
    return ctxError('search.store-credentials', { store, reason: 'no password was given' }, error);
  return ctxError('search.store-unreachable', { store, reason: code || message }, error);
}
