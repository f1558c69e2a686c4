import { entry } from './entry.ts';

/** Why a service made no embeddings. `unavailable` may pass by itself. */
export type EmbeddingsFailure =
  | { readonly type: 'answer'; readonly problem: string }
  | { readonly type: 'credentials'; readonly status: number }
  | { readonly type: 'dimensions'; readonly expected: number; readonly found: number }
  | { readonly type: 'model' }
  | { readonly type: 'request'; readonly status: number }
  | { readonly type: 'unavailable'; readonly reason: string };

const FAILURES: readonly EmbeddingsFailure[] = [
  { type: 'answer', problem: '‹problem›' },
  { type: 'credentials', status: 401 },
  { type: 'dimensions', expected: 1024, found: 768 },
  { type: 'model' },
  { type: 'request', status: 400 },
  { type: 'unavailable', reason: '‹reason›' },
];

export interface Embeddings {
  /** Host and path. */
  readonly endpoint: string;
  readonly model: string;
  readonly failure: EmbeddingsFailure;
}

export interface Refused {
  /** Where the index is, without credentials. */
  readonly store: string;
  readonly reason: string;
}

/** Failures of the index, of what it is made with and of what searches it. None holds a text that was indexed or asked for. */
export const searchErrors = {
  'search.bad-judgements': entry<{ problems: readonly string[] }>({
    kind: 'usage',
    message: ({ problems }) =>
      `The judged queries can't be used:\n${problems.map((each) => `  ${each}`).join('\n')}`,
    hint: () =>
      'Write them as a list of `query:` and `relevant:`, which maps paths of documents to grades from 1 to 3.',
  }),
  'search.embeddings-address': entry<{ problem: string }>({
    kind: 'usage',
    message: ({ problem }) => `The address of the embeddings ${problem}.`,
    hint: () =>
      'Name the service as https://HOST/v1, or as http://localhost:PORT/v1 on this machine; the key stands by itself. Unencrypted to other machines needs to be allowed.',
  }),
  'search.embeddings-failed': entry<Embeddings>({
    kind: 'failed',
    message: ({ endpoint, model, failure }) =>
      `No embeddings by ${model} from ${endpoint}: ${problemOf(failure)}`,
    hint: ({ model, failure }) => nextStepAfter(failure, model),
    examples: FAILURES.map((failure) => ({ endpoint: '‹endpoint›', model: '‹model›', failure })),
  }),
  'search.index-busy': entry<{ path: string }>({
    kind: 'failed',
    message: ({ path }) =>
      `The index ${path} is being written by another process, which did not end in time.`,
    hint: () => 'Run again when the other `ctx` has ended.',
  }),
  'search.index-corrupt': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `The index ${path} cannot be used: ${reason}.`,
    hint: ({ path }) => `Delete ${path} and run \`ctx index\`: all of it is made again from the repository.`,
  }),
  'search.index-refused': entry<{ path: string; reason: string }>({
    kind: 'failed',
    message: ({ path, reason }) => `The index ${path} cannot be read or written: ${reason}.`,
    hint: ({ reason }) =>
      /full/.test(reason)
        ? 'Make room on the disk, then run again; the index is as it was.'
        : 'Check that its folder is there and that this user may write in it, then run again.',
  }),
  'search.model-corrupt': entry<{ part: string; problem: string }>({
    kind: 'failed',
    message: ({ part, problem }) => `The index has a damaged model of meaning: ${part}: ${problem}.`,
    hint: () =>
      'Delete the index and run `ctx index`: all of it is made again from what the repositories hold.',
  }),
  'search.no-query': entry({
    kind: 'usage',
    message: () => 'There is nothing to search for.',
    hint: () => 'Write what you look for: ctx search "how does billing work?"',
  }),
  'search.store-address': entry<{ reason: string }>({
    kind: 'usage',
    message: ({ reason }) => `The index can't be in that database: ${reason}.`,
    hint: () =>
      'Write the address as postgres://USER@HOST:5432/DATABASE?schema=NAME, with the password in PGPASSWORD or behind USER:, as docs/guide/search-postgres.md shows.',
  }),
  'search.store-credentials': entry<Refused>({
    kind: 'credentials',
    message: ({ store, reason }) => `${store}: the login was refused (${reason}).`,
    hint: () => 'Correct the user in the address, and the password there, in PGPASSWORD or in ~/.pgpass.',
  }),
  'search.store-failed': entry<Refused>({
    kind: 'failed',
    message: ({ store, reason }) => `${store}: the database failed (${reason}).`,
    hint: () =>
      'What was indexed before is still there. Correct what it complains of and run `ctx index` again; if its tables were changed by hand, drop the schema first.',
  }),
  'search.store-newer': entry<{ store: string; version: number }>({
    kind: 'usage',
    message: ({ store, version }) =>
      `${store}: the index has the layout ${version}, which a later version of context-sync made.`,
    hint: () => 'Update context-sync on this machine, or give it a schema of its own (`?schema=NAME`).',
  }),
  'search.store-refused': entry<Refused>({
    kind: 'failed',
    message: ({ store, reason }) => `${store}: the database does not allow it (${reason}).`,
    hint: () =>
      'Who indexes must own the schema, and use a server that takes writes; who searches must be granted to read it: docs/guide/search-postgres.md has the statements.',
  }),
  'search.store-unreachable': entry<Refused>({
    kind: 'failed',
    message: ({ store, reason }) => `${store}: no connection (${reason}).`,
    hint: ({ reason }) =>
      /CERT|SELF_SIGNED|ALTNAME/.test(reason)
        ? "The server's certificate is not one that this machine trusts for this name: correct the host, or name the authority's file with `sslrootcert=FILE`."
        : 'Check host and port in the address, and the network.',
  }),
};

function problemOf(failure: EmbeddingsFailure): string {
  switch (failure.type) {
    case 'answer':
      return `the answer is of no use: ${failure.problem}.`;
    case 'credentials':
      return `the key was refused (${failure.status}).`;
    case 'dimensions':
      return `its vectors have ${failure.found} dimensions, and ${failure.expected} were expected.`;
    case 'model':
      return 'it has no such model, or no such path (404).';
    case 'request':
      return `the request was refused (${failure.status}).`;
    case 'unavailable':
      return failure.reason;
  }
}

function nextStepAfter(failure: EmbeddingsFailure, model: string): string {
  switch (failure.type) {
    case 'answer':
      return 'Check that the address is that of a service which answers as OpenAI does, with the version in its path, such as /v1.';
    case 'credentials':
      return 'Check the API key of the embeddings, and whether its account may use the model.';
    case 'dimensions':
      return `Set the dimensions of the embeddings to ${failure.found}, or name the model that was meant.`;
    case 'model':
      return `Check the address and the name of the model; for Ollama, run \`ollama pull ${model}\`.`;
    case 'request':
      return 'Check the name of the model, whether it can shorten its vectors, and how long its texts may be.';
    case 'unavailable':
      return 'Check that the service runs and can be reached, or try again later; search by words needs no embeddings.';
  }
}
