import type { z } from 'zod';
import { batches } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import { type GithubAnswer, type GithubFailure, isTooMuch } from '../../http/github-transport.ts';
import type { PendingKind } from './checkpoint.ts';
import type { GithubClient } from './client.ts';
import { DOCUMENTS, PULL_STATES } from './queries.ts';
import { discussion, issue, pullRequest, pullState, release } from './schema.ts';

/** What became of one id. */
export type Detail<T> =
  | { readonly id: string; readonly node: T }
  /** GitHub knows no such node, or none for this token. */
  | { readonly id: string; readonly isGone: true }
  | { readonly id: string; readonly error: CtxError };

const QUERIES = {
  pulls: { ...DOCUMENTS.pulls, schema: pullRequest, atOnce: 25 },
  issues: { ...DOCUMENTS.issues, schema: issue, atOnce: 25 },
  discussions: { ...DOCUMENTS.discussions, schema: discussion, atOnce: 25 },
  releases: { ...DOCUMENTS.releases, schema: release, atOnce: 25 },
  states: { name: 'PullStates', text: PULL_STATES, schema: pullState, atOnce: 50 },
} as const;

type Query = typeof QUERIES;
type NodeOf<K extends keyof Query> = z.output<Query[K]['schema']>;

/** So many that fail one by one in a row mean that the service is out of order, and not that one of them is too large. */
const FAILURES_IN_A_ROW = 3;

/**
 * Asks for nodes of one kind. Where GitHub gives up on a query it is asked for half as much, down to a single one, and for no
 * more than that from then on.
 */
export async function* readDetails<K extends PendingKind | 'states'>(
  { client, source }: { readonly client: GithubClient; readonly source: string },
  kind: K,
  ids: Iterable<string>,
): AsyncGenerator<Detail<NodeOf<K>>> {
  const { name, text, schema, atOnce } = QUERIES[kind];
  let atMost: number = atOnce;
  let failures = 0;

  async function* read(batch: readonly string[]): AsyncGenerator<Detail<NodeOf<K>>> {
    const isSingle = batch.length === 1;
    const what = isSingle ? `document ${batch[0]}` : `${batch.length} documents (${kind})`;
    let answer: GithubAnswer;
    try {
      const variables = { ids: batch };
      answer = await client.transport.graphql({ name, text, variables, isDivisible: !isSingle }, what);
      failures = 0;
    } catch (error) {
      if (!isCtxError(error) || !isTooMuch(error)) throw error;
      if (isSingle) {
        failures += 1;
        if (failures === FAILURES_IN_A_ROW) throw error;
        return yield { id: batch[0] as string, error: failed(source, batch[0] as string, error) };
      }
      const half = Math.ceil(batch.length / 2);
      atMost = Math.min(atMost, half);
      yield* read(batch.slice(0, half));
      return yield* read(batch.slice(half));
    }
    const nodes = Array.isArray(answer.data.nodes) ? (answer.data.nodes as readonly unknown[]) : [];
    for (const [index, id] of batch.entries()) {
      const failure = answer.errors.find((each) => isAbout(each, index) && !isHidden(each));
      if (failure?.type === 'NOT_FOUND' && failure.path.length === 2) yield { id, isGone: true };
      else if (failure) yield { id, error: unreadable(source, id, `GitHub answered ${failure.type}`) };
      else yield parsed(source, id, nodes[index], schema as unknown as z.ZodType<NodeOf<K>>);
    }
  }

  const waiting = [...batches(ids, atOnce)];
  for (const batch of waiting) for (const part of batches(batch, atMost)) yield* read(part);
}

function parsed<T>(source: string, id: string, node: unknown, schema: z.ZodType<T>): Detail<T> {
  const result = schema.safeParse(node);
  if (result.success && (node as { readonly id?: unknown }).id === id) return { id, node: result.data };
  const [issue] = result.error?.issues ?? [];
  const problem = issue ? `${issue.path.join('.') || 'the answer'} (${issue.code})` : 'its id';
  return { id, error: unreadable(source, id, `the answer is not as expected: ${problem}`) };
}

function isAbout({ path }: GithubFailure, index: number): boolean {
  return path[0] !== 'nodes' || path[1] === index;
}

/** What a token may have no permission for, and is told without: checks, and teams that are to review. */
const OPTIONAL = new Set<string | number>(['statusCheckRollup', 'requestedReviewer']);

function isHidden({ type, path }: GithubFailure): boolean {
  return type === 'FORBIDDEN' && path.length > 2 && path.some((step) => OPTIONAL.has(step));
}

export function failed(source: string, id: string, error: unknown): CtxError {
  if (!isCtxError(error) || error.kind === 'credentials') throw error;
  return unreadable(source, id, error.message, error);
}

function unreadable(source: string, id: string, reason: string, cause?: unknown): CtxError {
  return ctxError('source.document-failed', { source, id, reason }, cause);
}
