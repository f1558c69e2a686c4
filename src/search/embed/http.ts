import type { Clock } from '../../core/clock.ts';
import { concurrently } from '../../core/concurrently.ts';
import { type CtxError, ctxError, isCtxError } from '../../core/errors/index.ts';
import type { EmbeddingsFailure } from '../../core/errors/search.ts';
import type { Logger } from '../../core/logger.ts';
import { isLoopback } from '../../core/loopback.ts';
import { createHttpClient, type HttpClientOptions } from '../../http/client.ts';
import type { Network } from '../../http/network.ts';
import type { Embedder, Embedding } from './embedder.ts';
import { embeddingsIn } from './http-answer.ts';

export interface HttpEmbedderOptions {
  /** What `/embeddings` is appended to, such as `https://api.openai.com/v1` or `http://localhost:11434/v1`. */
  readonly url: string;
  /** Lets texts travel unencrypted to another machine. */
  readonly unencrypted?: boolean;
  readonly model: string;
  readonly apiKey?: string;
  /** Of the vectors that come. */
  readonly dimensions: number;
  /** Whether to ask for vectors of so many dimensions, where the model has more: not every service knows how. */
  readonly shortened?: boolean;
  /** What the model wants to be said before a question and before a text, such as `search_query: `. */
  readonly queryPrefix?: string;
  readonly documentPrefix?: string;
  /** The most of one text that is sent, 8,000 characters unless told: services refuse what is longer than their model reads. */
  readonly mostCharacters?: number;
  readonly batch?: Partial<BatchSize>;
  /** How many requests at a time, 4 unless told. */
  readonly concurrency?: number;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly network?: Network | undefined;
  /** Overrides of the client's policies. */
  readonly client?: Pick<HttpClientOptions, 'timeouts' | 'retry' | 'random'>;
}

/** The most that one request asks for. */
export interface BatchSize {
  readonly texts: number;
  readonly characters: number;
}

export interface HttpEmbedder extends Embedder, AsyncDisposable {}

const DEFAULTS = { mostCharacters: 8_000, batch: { texts: 64, characters: 100_000 }, concurrency: 4 };
/** A model on a processor takes its time over a batch. */
const TIMEOUTS = { headers: 180_000 };
/** Somebody waits for the answer to a question. */
const QUERY_ATTEMPTS = 2;

/**
 * Embeddings of any service that answers `POST {url}/embeddings` as OpenAI does
 * (https://platform.openai.com/docs/api-reference/embeddings): Ollama, vLLM, Voyage and others. A text of nothing but spaces is not
 * sent. Fails with `search.embeddings-address` if texts would travel unencrypted.
 */
export function createHttpEmbedder(options: HttpEmbedderOptions): HttpEmbedder {
  const { model, dimensions, shortened = false, queryPrefix = '', documentPrefix = '' } = options;
  const { mostCharacters = DEFAULTS.mostCharacters, concurrency = DEFAULTS.concurrency } = options;
  const batchSize = { ...DEFAULTS.batch, ...options.batch };
  const url = endpointOf(options);
  const http = createHttpClient({
    ...options.client,
    source: 'embeddings',
    origin: url.origin,
    log: options.log,
    concurrency,
    network: options.network,
    timeouts: { ...TIMEOUTS, ...options.client?.timeouts },
    ...(options.clock && { clock: options.clock }),
    ...(options.apiKey !== undefined && { authorization: `Bearer ${options.apiKey}` }),
  });

  function failed(failure: EmbeddingsFailure, cause?: unknown): CtxError {
    return ctxError('search.embeddings-failed', { endpoint: url.host + url.pathname, model, failure }, cause);
  }

  async function request(input: readonly string[], rest: { signal?: AbortSignal; attempts?: number }) {
    const json = { model, input, ...(shortened && { dimensions }) };
    let answer: unknown;
    try {
      answer = await http.json({ ...rest, method: 'POST', url, json });
    } catch (error) {
      if (!isCtxError(error)) throw error;
      const failure = failureOf(error);
      // What a service says against a request can quote the texts in it.
      throw failure.type === 'request' ? failed(failure) : failed(failure, error);
    }
    const embeddings = embeddingsIn(answer, { count: input.length, dimensions });
    if ('type' in embeddings) throw failed(embeddings);
    return embeddings;
  }

  function prepared(prefix: string, text: string): string {
    const most = mostCharacters - prefix.length;
    // Not between the halves of a character.
    const end = /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most;
    return prefix + (text.length > most ? text.slice(0, end) : text);
  }

  return {
    dimensions,
    fingerprint: JSON.stringify([
      'http',
      url.host + url.pathname,
      model,
      dimensions,
      queryPrefix,
      documentPrefix,
      mostCharacters,
    ]),
    async embedDocuments(texts, signal) {
      const embeddings = texts.map((): Embedding => new Float32Array(dimensions));
      const inputs = texts
        .map((text, place) => ({ place, input: prepared(documentPrefix, text), isBlank: text.trim() === '' }))
        .filter(({ isBlank }) => !isBlank);
      const answers = concurrently(batchesOf(inputs, batchSize), concurrency, async (batch) => {
        const found = await request(
          batch.map(({ input }) => input),
          signal ? { signal } : {},
        );
        return batch.map(({ place }, n) => [place, found[n]] as const);
      });
      for await (const placed of answers)
        for (const [place, embedding] of placed) if (embedding) embeddings[place] = embedding;
      return embeddings;
    },
    async embedQuery(text, signal) {
      const none = new Float32Array(dimensions);
      if (text.trim() === '') return none;
      const rest = { attempts: QUERY_ATTEMPTS, ...(signal && { signal }) };
      const [embedding = none] = await request([prepared(queryPrefix, text)], rest);
      return embedding;
    },
    [Symbol.asyncDispose]: () => http.close(),
  };
}

function endpointOf({ url: base, unencrypted = false }: HttpEmbedderOptions): URL {
  const refused = (problem: string) => ctxError('search.embeddings-address', { problem });
  if (!URL.canParse(base)) throw refused('is no URL');
  const url = new URL(base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('is no http(s) URL');
  if (url.username !== '' || url.password !== '') throw refused('has credentials in it');
  if (url.protocol === 'http:' && !unencrypted && !isLoopback(url.hostname))
    throw refused(`sends texts to ${url.host} unencrypted`);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/embeddings`;
  return url;
}

function failureOf(error: CtxError): EmbeddingsFailure {
  if (error.is('http.unauthorized') || error.is('http.forbidden'))
    return { type: 'credentials', status: error.is('http.forbidden') ? error.params.status : 401 };
  if (error.is('http.not-found')) return { type: 'model' };
  if (error.is('http.bad-request') || error.is('http.unexpected-status'))
    return { type: 'request', status: error.params.status };
  return { type: 'unavailable', reason: error.message };
}

function* batchesOf<T extends { readonly input: string }>(
  inputs: readonly T[],
  { texts, characters }: BatchSize,
): Generator<T[]> {
  let batch: T[] = [];
  let size = 0;
  for (const each of inputs) {
    if (batch.length > 0 && (batch.length === texts || size + each.input.length > characters)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(each);
    size += each.input.length;
  }
  if (batch.length > 0) yield batch;
}
