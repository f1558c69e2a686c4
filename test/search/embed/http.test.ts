import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CtxError } from '../../../src/core/errors/index.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { createHttpEmbedder, type HttpEmbedderOptions } from '../../../src/search/embed/http.ts';
import {
  type EmbeddingsServer,
  embeddingsServer,
  type Fault,
  vectorOf,
} from '../../harness/embeddings-server.ts';
import { replayed } from '../../harness/replay.ts';
import { failureOf } from '../../http/client-fixture.ts';
import { fakeClock } from '../../http/server.ts';
import { cosine } from './talk.ts';

const KEY = 'k-secret';

async function service(...faults: (Fault | undefined)[]): Promise<EmbeddingsServer> {
  const server = await embeddingsServer();
  server.faults = faults;
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

function embedder(url: string, options: Partial<HttpEmbedderOptions> = {}) {
  const clock = fakeClock();
  const made = createHttpEmbedder({
    url,
    model: 'tiny',
    apiKey: KEY,
    dimensions: 8,
    log: silentLogger,
    clock,
    ...options,
  });
  onTestFinished(() => made[Symbol.asyncDispose]());
  return Object.assign(made, { clock });
}

function expected(text: string): Float32Array {
  const vector = vectorOf(text, 8);
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (x) => x / length);
}

/** The message, and those of the causes. */
function allOf(error: CtxError): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    parts.push(at.message, JSON.stringify(at), at.stack ?? '');
  return `${parts.join('\n')}\n${error.hint}`;
}

describe('what is asked', () => {
  test('the model, the texts with their prefix, and the key', async () => {
    const { url, received } = await service();
    const { embedDocuments, embedQuery } = embedder(url, { queryPrefix: 'Q: ', documentPrefix: 'D: ' });
    await embedDocuments(['one', 'two']);
    await embedQuery('three');
    expect(received.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
      ['POST', '/v1/embeddings', { model: 'tiny', input: ['D: one', 'D: two'] }],
      ['POST', '/v1/embeddings', { model: 'tiny', input: ['Q: three'] }],
    ]);
    expect(received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('no key where there is none, and a shorter vector only where it is wanted', async () => {
    const server = await service();
    const made = createHttpEmbedder({
      url: `${server.url}/`,
      model: 'tiny',
      dimensions: 4,
      shortened: true,
      log: silentLogger,
    });
    onTestFinished(() => made[Symbol.asyncDispose]());
    expect(await made.embedQuery('pay')).toHaveLength(4);
    expect(server.received[0]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({ dimensions: 4 });
  });

  test('batches hold so many texts and so many characters, and a text longer than that stands alone', async () => {
    const { url, batches } = await service();
    const made = embedder(url, { batch: { texts: 3, characters: 10 }, concurrency: 1 });
    const texts = ['aaaa', 'bbbb', 'cccc', 'd', 'e', 'f', 'g'.repeat(30), 'h'];
    const embeddings = await made.embedDocuments(texts);
    expect(batches).toEqual([['aaaa', 'bbbb'], ['cccc', 'd', 'e'], ['f'], ['g'.repeat(30)], ['h']]);
    expect(embeddings).toEqual(texts.map(expected));
  });

  test('a text is cut where the model would refuse it, between characters', async () => {
    const { url, batches } = await service();
    const made = embedder(url, { mostCharacters: 6, queryPrefix: 'Q: ', documentPrefix: 'D: ' });
    await made.embedDocuments(['ab😀c', 'abc', 'abcd']);
    await made.embedQuery('x'.repeat(10_000));
    expect(batches).toEqual([['D: ab', 'D: abc', 'D: abc'], ['Q: xxx']]);
  });

  test('blank texts are not sent and mean nothing', async () => {
    const { url, received } = await service();
    const made = embedder(url);
    const [blank, text] = await made.embedDocuments([' \n', 'pay']);
    expect(blank).toEqual(new Float32Array(8));
    expect(text).toEqual(expected('pay'));
    expect(await made.embedQuery('')).toEqual(new Float32Array(8));
    expect(await made.embedDocuments([])).toEqual([]);
    expect(received).toHaveLength(1);
  });
});

describe('what is answered', () => {
  test('vectors of length 1, in the order of the texts, whatever order they come in', async () => {
    const texts = ['pay the invoice', 'the invoice is due', 'ship it'];
    for (const fault of [undefined, 'reversed', 'indexless', 'slow'] as const) {
      const { url } = await service(fault);
      const embeddings = await embedder(url).embedDocuments(texts);
      expect(embeddings).toEqual(texts.map(expected));
      for (const each of embeddings) expect(cosine(each, each)).toBeCloseTo(1, 5);
    }
  });

  test('any texts in batches of any size come back in their order', async () => {
    const { url } = await service('reversed');
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 60 }),
        async (texts, count, characters) => {
          const made = embedder(url, { batch: { texts: count, characters } });
          const blank = new Float32Array(8);
          expect(await made.embedDocuments(texts)).toEqual(
            texts.map((each) => (each.trim() === '' ? blank : expected(each))),
          );
        },
      ),
      replayed({ runs: 25 }),
    );
  });

  test('after a limit as long as the service asks, and after other trouble a while', async () => {
    const { url, received } = await service('rate-limited', 'server-error', 'reset', 'garbage', undefined);
    const { embedDocuments, clock } = embedder(url, { client: { random: () => 0 } });
    expect(await embedDocuments(['pay'])).toEqual([expected('pay')]);
    expect(received).toHaveLength(5);
    expect(clock.sleeps).toContain(7_000);
  });
});

describe('what fails', () => {
  const failures: [Fault, string, RegExp, RegExp][] = [
    ['too-short', 'dimensions', /7 dimensions, and 8 were expected/, /Set the dimensions .* to 7/],
    ['not-a-number', 'answer', /no number/, /answers as OpenAI does/],
    ['missing-one', 'answer', /1 embeddings for 2 texts/, /answers as OpenAI does/],
    ['same-index', 'answer', /indexes/, /answers as OpenAI does/],
    ['without-list', 'answer', /no list of embeddings/, /answers as OpenAI does/],
    ['unauthorized', 'credentials', /key was refused \(401\)/, /Check the API key/],
    ['model-unknown', 'model', /no such model/, /ollama pull tiny/],
    ['quoting-refusal', 'request', /refused \(400\)/, /how long its texts may be/],
    ['garbage', 'unavailable', /not JSON/, /search by words needs no embeddings/],
    ['server-error', 'unavailable', /the service failed \(500\)/, /search by words needs no embeddings/],
    ['rate-limited', 'unavailable', /rate limited/, /search by words needs no embeddings/],
    ['reset', 'unavailable', /connection failed/, /search by words needs no embeddings/],
  ];

  test.each(failures)(
    '%s is said, with what to do, and neither key nor texts',
    async (fault, type, message, hint) => {
      const { url } = await service(fault);
      const error = await failureOf(embedder(url).embedDocuments(['CONFIDENTIAL one', 'two']));
      expect(error.code).toBe('search.embeddings-failed');
      expect(error.params).toMatchObject({ model: 'tiny', failure: { type } });
      expect(error.message).toMatch(message);
      expect(error.hint).toMatch(hint);
      expect(allOf(error)).not.toMatch(/CONFIDENTIAL|k-secret/);
    },
  );

  test('of a question too', async () => {
    const { url } = await service('quoting-refusal', 'too-short');
    for (const type of ['request', 'dimensions']) {
      const error = await failureOf(embedder(url).embedQuery('CONFIDENTIAL'));
      expect(error.params).toMatchObject({ failure: { type } });
      expect(allOf(error)).not.toMatch(/CONFIDENTIAL|k-secret/);
    }
  });

  test('a question is tried twice, texts five times', async () => {
    const { url, received } = await service('server-error');
    const made = embedder(url);
    await failureOf(made.embedQuery('pay'));
    expect(received).toHaveLength(2);
    await failureOf(made.embedDocuments(['pay']));
    expect(received).toHaveLength(7);
  });

  test('an abort ends it with its reason', async () => {
    const { url } = await service('slow');
    const stop = new AbortController();
    const asked = embedder(url).embedDocuments(['pay'], stop.signal);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });

  test('a service that is too slow, or not there', async () => {
    const { url } = await service('slow');
    const slow = embedder(url, { client: { timeouts: { headers: 20, total: 20 }, retry: { attempts: 1 } } });
    expect((await failureOf(slow.embedQuery('pay'))).params).toMatchObject({
      failure: { type: 'unavailable' },
    });
    const gone = await embeddingsServer();
    await gone[Symbol.asyncDispose]();
    expect((await failureOf(embedder(gone.url).embedQuery('pay'))).message).toMatch(/ECONNREFUSED/);
  });
});

describe('the address', () => {
  const make =
    (url: string, options: Partial<HttpEmbedderOptions> = {}) =>
    async () => {
      const made = createHttpEmbedder({ url, model: 'm', dimensions: 2, log: silentLogger, ...options });
      await made[Symbol.asyncDispose]();
      return made.fingerprint;
    };

  test('must be encrypted, but on this machine, or where it is allowed', async () => {
    for (const url of [
      'http://models.example.com/v1',
      'ftp://x/v1',
      'models',
      'https://me:pw@example.com/v1',
    ]) {
      const error = await failureOf(make(url)());
      expect(error.code).toBe('search.embeddings-address');
      expect(error.message).not.toContain('pw');
    }
    await make('https://api.example.com/v1')();
    await make('http://localhost:11434/v1')();
    await make('http://models.example.com/v1', { unencrypted: true })();
  });

  test('vectors of another service, model, size or prefix are told from these', async () => {
    const url = 'https://api.example.com/v1';
    const one = await make(url)();
    expect(await make(`${url}/`, { apiKey: 'other', batch: { texts: 1 }, concurrency: 1 })()).toBe(one);
    const others = await Promise.all([
      make('https://api.example.org/v1')(),
      make(url, { model: 'n' })(),
      make(url, { dimensions: 3 })(),
      make(url, { queryPrefix: 'q' })(),
      make(url, { documentPrefix: 'q' })(),
      make(url, { mostCharacters: 10 })(),
    ]);
    expect(new Set([one, ...others]).size).toBe(7);
  });
});
