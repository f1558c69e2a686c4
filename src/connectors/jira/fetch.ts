import { batches, concurrently } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { ISSUES_PER_REQUEST, type JiraClient } from './client.ts';
import type { Issue } from './schema.ts';

/** What became of one id that was asked for. `missing` is the service's own answer: gone, or out of sight. */
export type Fetched =
  | { readonly type: 'issue'; readonly id: string; readonly issue: Issue }
  | { readonly type: 'missing'; readonly id: string }
  | { readonly type: 'failed'; readonly id: string; readonly error: CtxError };

export interface FetchOptions {
  readonly client: JiraClient;
  readonly source: string;
  readonly fields: readonly string[];
  readonly expand: string[];
}

/** Batches in flight: enough to hide the service's latency, few enough to hold. */
const BATCHES = 2;
/** So many single requests in a row may fail before the rest of a batch is given up. */
const FAILURES_IN_A_ROW = 3;

/** Reads the issues batch by batch, ahead of whoever works on them. */
export function fetchIssues(ids: Iterable<string>, options: FetchOptions): AsyncGenerator<Fetched[]> {
  return concurrently(batches(ids, ISSUES_PER_REQUEST), BATCHES, (batch) => fetchBatch(batch, options));
}

/**
 * What is asked for is compared with what came: the bulk call leaves out silently what is missing or forbidden, and
 * an issue may be too large for a common answer. Those are asked for one by one, until several in a row fail.
 */
async function fetchBatch(ids: readonly string[], options: FetchOptions): Promise<Fetched[]> {
  const answered = await fetchTogether(ids, options);
  const results: Fetched[] = [];
  let failures = 0;
  let lastError: CtxError | undefined;
  for (const id of ids) {
    if (answered.has(id)) {
      results.push(await outcome(id, options, async () => answered.get(id)));
      continue;
    }
    const givenUp = failures >= FAILURES_IN_A_ROW && lastError;
    const result: Fetched = givenUp
      ? { type: 'failed', id, error: documentFailed(givenUp, id, options.source) }
      : await outcome(id, options, () => options.client.fetchOne(id, options.fields, options.expand));
    failures = result.type === 'failed' ? failures + 1 : 0;
    lastError = result.type === 'failed' ? result.error : undefined;
    results.push(result);
  }
  return results;
}

async function fetchTogether(
  ids: readonly string[],
  options: FetchOptions,
): Promise<ReadonlyMap<string, unknown>> {
  try {
    return (await options.client.bulkFetch(ids, options.fields, options.expand)).issues;
  } catch (error) {
    // One of the issues may be the cause: each is asked for by itself, and fails with its own reason.
    rethrowUnlessPartial(error);
    return new Map();
  }
}

async function outcome(id: string, options: FetchOptions, ask: () => Promise<unknown>): Promise<Fetched> {
  try {
    const answer = await ask();
    if (answer === undefined) return { type: 'missing', id };
    return { type: 'issue', id, issue: options.client.checkIssue(answer, id) };
  } catch (error) {
    return { type: 'failed', id, error: documentFailed(error, id, options.source) };
  }
}

/** An error that concerns one document only. Refused credentials, an interruption and our own faults end the run. */
export function documentFailed(error: unknown, id: string, source: string): CtxError {
  const cause = rethrowUnlessPartial(error);
  if (cause.is('source.access-unknown')) return cause;
  if (cause.is('source.document-failed'))
    return ctxError('source.document-failed', { ...cause.params, id }, cause.cause);
  return ctxError('source.document-failed', { source, id, reason: cause.message }, cause);
}

function rethrowUnlessPartial(error: unknown): CtxError {
  if (!isCtxError(error) || error.kind === 'credentials') throw error;
  return error;
}
